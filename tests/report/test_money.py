import itertools
from dataclasses import fields, replace
from datetime import date

import pytest

from pipeline.databases import opened
from pipeline.report import charts, range_charts
from pipeline.report.facts import load
from pipeline.report.facts.money import Money, load_money
from pipeline.report.facts.people import load_people
from pipeline.report.facts.reader import Reader
from pipeline.report.language import speaking
from pipeline.report.place import BANK
from pipeline.report.sections import attribution, money
from tests.report.drawn_money import HOSTILE
from tests.report.words_left import chinese

NOTHING: dict[str, list] = {one.name: [] for one in fields(Money)}
OWN = frozenset({HOSTILE, "抽奖", "财富管理", *(f"实验EXP-{n}" for n in range(1, 5))})


@pytest.fixture(scope="module")
def empty(facts):
    return replace(facts, money=replace(facts.money, **NOTHING))


@pytest.fixture(scope="module")
def older(home):
    with opened(home / "funnel.duckdb") as connection:
        return load(connection, "2026-W41")


def blocks(module, facts):
    return {one.id: one for row in module.section(facts, "").blocks for one in row}


def table(module, facts, id):
    """The table of a block by its id: of a figure, the table behind it."""
    found = blocks(module, facts)[id]
    return getattr(found, "data", found)


def lines(shown):
    return {row[0].text: [cell.text for cell in row[1:]] for row in shown.rows}


def test_the_month_credited_is_the_latest_whose_lookback_was_over(facts, older):
    assert {str(row.month) for row in facts.money.credits} == {"2026-09-01"}
    assert {str(row.month) for row in older.money.credits} == {"2026-08-01"}


def test_the_title_names_where_the_rules_disagree_most_and_what_nobody_touched(facts):
    assert attribution.title(facts) == (
        "2026年9月各规则分歧最大的是小红书在信用卡申请中的份额：20.0%–35.0%；新户中 21.1% 没有触点"
    )


def test_each_share_is_the_stored_one_beside_its_range(facts):
    shown = lines(table(attribution, facts, "attribution-new-customer"))
    assert shown["条线"] == ["40.0%", "41.0%", *["40.0%"] * 5, "40.0%–41.0%"]
    assert shown["微博"] == ["不展示"] * 8
    assert shown["没有触点"] == ["21.1%"] * 8
    assert list(shown) == ["条线", "小红书", "抖音", "微博", "没有触点"]


def test_channels_without_a_share_to_show_are_counted_not_drawn(facts):
    figure = blocks(attribution, facts)["attribution-new-customer"]
    assert figure.spec["layout"]["yaxis"]["ticktext"] == ["条线", "小红书", "没有触点"]
    assert "共 498 次转化" in figure.caption and "2 个渠道" in figure.caption


def test_the_title_says_what_a_new_customer_cost_and_where_most(facts):
    assert money.title(facts) == "2026年10月每个新户花费 510元；总行最贵，910元"


def test_costs_are_the_stored_ones_of_complete_months(facts):
    rows = [[cell.text for cell in row] for row in table(money, facts, "money-cac").rows]
    bank = [row for row in rows if row[0] == "全行"]
    assert [row[1] for row in bank] == ["2026-10", "2026-09", "2026-08", "2026-07"]
    assert bank[0][2:] == ["3,000元", "432", "284元", "188", "510元", "—"]
    assert bank[1][7] == "255元" and bank[3][2:4] == ["—", "432"]


def test_a_withheld_count_withholds_its_cost_and_an_unpaid_month_is_no_zero(facts):
    shown = lines(table(money, facts, "money-tiers"))
    assert shown["分行"] == ["700元", "—", "不展示", "—"]
    assert shown["全行"] == ["3,000元", "284元", "510元", "255元"]
    july = [row for row in table(money, facts, "money-cac").rows if row[0].text == "全行"][-1]
    assert july[1].text == "2026-07" and july[2].why == july[6].why == "当月没有交付费用"


def test_campaigns_show_their_return_or_why_there_is_none(facts):
    rows = table(money, facts, "money-campaigns").rows
    told = [(row[0].text, row[1].text, row[-1].text, row[-1].state) for row in rows]
    assert told == [
        ("抽奖", "30 天", "不展示", "suppressed"),
        ("抽奖", "60 天", "观察期未满", "missing"),
        (HOSTILE, "30 天", "−96.7%", ""),
        (HOSTILE, "60 天", "未设定回报口径", "missing"),
        (HOSTILE, "90 天", "观察期未满", "missing"),
    ]
    assert [cell.text for cell in rows[2][2:8]] == [
        "1.68万元",
        "123",
        "48",
        "350元",
        "2.10万元",
        "559元",
    ]


def test_the_model_is_called_one_and_says_what_it_would_win(facts):
    figure = blocks(money, facts)["money-mix"]
    assert figure.title == "模型：换个分法每周多 2.0 位新户（0.2 至 4.0）"
    assert "模型，不是结论" in figure.caption
    shown = lines(figure.data)
    assert shown["抖音"] == ["13", "347", "1,343元", "2,378元", "2.1"]
    assert shown["知乎"] == ["3", "25", "—", "—", "—"]
    zhihu = next(row for row in figure.data.rows if row[0].text == "知乎")
    assert zhihu[4].why == "周数太少"


def test_a_gain_that_may_be_nothing_is_not_promised(facts):
    mix = [replace(row, gain_low=-0.5) if row.channel is None else row for row in facts.money.mix]
    figure = blocks(money, replace(facts, money=replace(facts.money, mix=mix)))["money-mix"]
    assert figure.title == "模型：换个分法看不出好处（每周 2.0 位新户，−0.5 至 4.0）"


def test_curves_are_drawn_with_their_interval(facts):
    spec = blocks(money, facts)["money-curves"].spec
    area, line = spec["data"][:2]
    assert line["name"] == "小红书" and line["y"] == [0.0, 5.5, 11.0]
    assert area["y"] == [0.0, 7.0, 14.0, 8.0, 4.0, 0.0]


def test_experiments_say_what_was_found_or_why_nothing_is_read(facts):
    rows = table(money, facts, "money-experiments").rows
    told = [(row[1].text, row[5].text, row[5].note, row[6].text, row[7].text) for row in rows]
    assert told == [
        ("old", "—", "", "—", "—"),
        ("new", "+10.1", "+5.49 至 +14.7", "高于对照", "6.48"),
        ("push", "+10.1", "−19.4 至 +10.4", "看不出差异", "6.48"),
        ("new", "—", "", "分流不符，不读差异", "—"),
        ("few", "不展示", "", "人数过少", "不展示"),
    ]
    assert (rows[3][6].state, rows[3][8].text, rows[3][8].state) == (
        "attention",
        "<0.001",
        "attention",
    )
    assert [row[0].note for row in rows[1:3]] == ["只读一次", "随时可看"]


def test_an_older_week_shows_no_model_no_experiment_and_no_later_month(older):
    assert (older.money.mix, older.money.curves, older.money.variants) == ([], [], [])
    assert max(row.month for row in older.money.costs).month == 9
    assert [(row.campaign_id, row.horizon_days) for row in older.money.campaigns] == [
        ("CMP-1", 30),
        ("CMP-1", 60),
        ("CMP-1", 90),
    ]
    assert older.money.campaigns[1] == replace(older.money.campaigns[2], horizon_days=60)


def test_a_week_that_the_run_does_not_reach_shows_no_month_that_is_not_complete(facts, home):
    later = replace(facts.week, name="2026-W49", starts=date(2026, 11, 30))
    with opened(home / "funnel.duckdb") as connection:
        read = Reader(connection, BANK, later)
        money, people = load_money(read), load_people(read)
    assert {row.month for row in money.credits} == {date(2026, 9, 1)}
    assert max(row.month for row in money.costs) == date(2026, 10, 1)
    assert max(row.month for row in people.moves) == date(2026, 10, 1)


@pytest.mark.parametrize("module", [attribution, money])
def test_without_rows_a_section_still_reads(module, empty):
    assert module.title(empty)
    assert module.section(empty, module.title(empty)).lede


@pytest.mark.parametrize("module", [attribution, money])
@pytest.mark.parametrize("which", ["facts", "empty", "older"])
def test_in_english_nothing_is_left_in_chinese(module, which, request):
    with speaking("en"):
        facts = request.getfixturevalue(which)
        assert chinese(module.section(facts, module.title(facts)), but=OWN) == set()


def test_the_names_at_the_ends_of_curves_stand_apart_on_paper_too():
    ends = [charts.end_label(1.0, value, str(value)) for value in (20.0, 20.4, 19.9)]
    pixels = 200
    placed = sorted(
        one["y"] / (20.4 * 1.08) * pixels + one["yshift"]
        for one in charts.apart(ends, 20.4, pixels)
    )
    assert min(b - a for a, b in itertools.pairwise(placed)) >= 15
    curve = [(1.0, 2.0), (19.0, 20.0)]
    bands = [
        range_charts.Band(name, *curve, (18.0, 19.0), (20.0, 21.0), ("a", "b")) for name in "甲乙"
    ]
    spec = range_charts.bands(bands, "元", {})
    first, second = (one["yshift"] for one in spec["layout"]["annotations"])
    assert abs(first - second) >= 15
