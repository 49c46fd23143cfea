from dataclasses import fields, replace
from itertools import pairwise

import pytest

from pipeline.databases import opened
from pipeline.report.facts import load
from pipeline.report.facts.money import load_money
from pipeline.report.facts.people import People, load_people
from pipeline.report.facts.reader import Reader
from pipeline.report.facts.rows import Month
from pipeline.report.language import speaking
from pipeline.report.place import Place
from pipeline.report.sections import lifecycle, money, retention, wealth
from tests.report.words_left import chinese

NOBODY: dict[str, list] = {one.name: [] for one in fields(People)}


@pytest.fixture(scope="module")
def empty(facts):
    return replace(facts, people=replace(facts.people, **NOBODY))


@pytest.fixture(scope="module")
def older(home):
    with opened(home / "funnel.duckdb") as connection:
        return load(connection, "2026-W43")


def block(module, facts, id):
    """The table of a block by its id: of a figure, the table behind it."""
    found = {one.id: one for row in module.section(facts, "").blocks for one in row}
    return getattr(found[id], "data", found[id])


def lines(table):
    return {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}


def test_the_title_says_whether_more_came_than_went(facts):
    assert lifecycle.title(facts) == "2026年10月走的比来的多：流失 250，首次活跃 120，回流 50"
    last = [row for row in facts.people.moves if row.part is None][-1]
    more = replace(facts.people, moves=[replace(last, lost=169)])
    assert lifecycle.title(replace(facts, people=more)).startswith("2026年10月来的比走的多")
    same = replace(facts.people, moves=[replace(last, lost=170)])
    assert lifecycle.title(replace(facts, people=same)).startswith("2026年10月来去相当")


def test_moves_are_the_stored_ones_of_complete_months_and_add_up(facts):
    rows = block(lifecycle, facts, "lifecycle-moves").rows
    shown = [[cell.text for cell in row] for row in rows]
    assert [row[:2] for row in shown] == [
        ["全行", "2026-10"],
        ["全行", "2026-09"],
        ["全行", "2026-08"],
        ["总行", "2026-10"],
        ["分行", "2026-10"],
    ]
    assert shown[0][3:] == ["1,200", "120", "50", "250", "0", "0"]
    months = [row for row in facts.people.moves if row.level == "bank"]
    for before, now in pairwise(months):
        was = before.new_active + before.retained + before.returned
        assert was == now.retained + now.lost


def test_a_row_of_moves_with_one_withheld_withholds_all(facts):
    branch = block(lifecycle, facts, "lifecycle-moves").rows[-1]
    assert {cell.state for cell in branch[3:]} == {"suppressed"}


def test_the_chart_draws_what_the_table_says_and_the_lost_below_zero(facts):
    figure = lifecycle.section(facts, "").blocks[0][0]
    drawn = {trace["name"]: trace["y"] for trace in figure.spec["data"]}
    assert drawn["留存"] == [900, 1100, 1200] and drawn["活跃流失"] == [-100, -150, -250]


def test_states_that_are_withheld_or_not_known_yet_say_so(facts, older):
    now = block(lifecycle, facts, "lifecycle-states")
    assert lines(now)["全行"] == ["1,001", "1,002", "1,003", "1,004", "1,005"]
    assert [row[-1].state for row in now.rows] == ["", "suppressed", ""]
    past = block(lifecycle, older, "lifecycle-states")
    assert past.rows[-1][-1].why == "事件数据还不够久，不能判断"


def test_flows_show_what_is_stored_nobody_and_what_is_withheld(facts):
    flow = block(lifecycle, facts, "lifecycle-flow")
    assert lines(flow)["新客"] == ["—", "—", "77", "—", "—", "77"]
    assert flow.rows[0][1].why == "没有客户这样流转"
    assert lines(flow)["沉睡"][2] == "不展示"
    assert lines(flow)["合计"][1:3] == ["210", "88"]


def test_stickiness_is_that_of_the_weeks_last_day(facts, older):
    shown = lines(block(lifecycle, facts, "lifecycle-stickiness"))
    assert shown == {
        "分行": ["不展示", "61", "232", "不展示"],
        "全行": ["216", "1,086", "2,404", "8.98%"],
    }
    assert older.people.rolling == []


def test_cohorts_show_each_stored_rate_and_leave_open_weeks_blank(facts):
    table = block(retention, facts, "retention-cohorts")
    assert [row[0].text for row in table.rows] == ["W41", "W42", "W43", "W44", "W45", "W46"]
    shown = lines(table)
    assert shown["W41"] == ["200", "30.0%", "27.0%", "24.0%", "21.0%", "18.0%", "15.0%"]
    assert shown["W42"] == ["201", "30.3%", "27.4%", "不展示", "21.4%", "18.4%", ""]
    assert "空格为尚未过完的周" in table.note
    unbounded = lines(block(retention, facts, "retention-unbounded"))
    assert unbounded["W41"][1:3] == ["60.0%", "54.0%"]


def test_a_higher_rate_is_never_paler(facts):
    table = block(retention, facts, "retention-cohorts")
    shades = [
        (float(cell.sort), cell.state)
        for row in table.rows
        for cell in row[2:]
        if cell.state.startswith("seq-")
    ]
    assert [shade for _, shade in sorted(shades)] == sorted(shade for _, shade in shades)
    assert {shade for _, shade in shades} == {f"seq-{step}" for step in range(1, 6)}


def test_tiers_stand_beside_the_bank_at_the_chosen_age(facts):
    shown = lines(block(retention, facts, "retention-tiers"))
    assert shown == {"条线": ["45.0%", "46.3%"], "全行": ["18.0%", "18.4%"]}
    notes = [row[1].note for row in block(retention, facts, "retention-tiers").rows]
    assert notes == ["36.0%–56.3%", "14.4%–22.5%"]


def test_the_title_compares_the_two_newest_cohorts_of_that_age(facts, older):
    assert retention.title(facts) == "W42 到达的客户，第 4 周有 18.4% 登录；前一批 18.0%"
    assert retention.title(older) == "还没有一批到达客户满 4 周"


def test_an_older_week_shows_no_later_week_and_nobody_who_came_back_later(older):
    shown = lines(block(retention, older, "retention-cohorts"))
    assert shown["W41"] == ["200", "30.0%", "27.0%", "24.0%"] and "W44" not in shown
    assert "retention-unbounded" not in str(retention.section(older, "").blocks)


def test_wealth_names_the_tier_that_holds_most_and_shows_each_number(facts):
    assert wealth.title(facts) == "金卡客户占客户数的 15.0%，持有 50.0% 的资产"
    rows = [[cell.text for cell in row[1:]] for row in block(wealth, facts, "wealth-shares").rows]
    assert rows[1] == ["金卡", "150", "15.0%", "1,600万元", "50.0%", "10.67万元", "31", "—", "12"]
    assert rows[2][:3] == ["白金", "不展示", "不展示"] and rows[2][6] == "不展示"
    assert rows[3][:4] == ["钻石", "0", "0.00%", "—"]


def test_only_wealth_tiers_with_people_to_show_are_drawn(facts):
    figure = wealth.section(facts, "").blocks[0][0]
    assert figure.spec["layout"]["yaxis"]["ticktext"] == ["大众", "金卡"]


def test_changes_are_those_of_months_that_are_over(facts):
    table = block(wealth, facts, "wealth-changes")
    assert lines(table) == {"2026-09": ["8,238元", "−1,469元"], "2026-10": ["不展示", ""]}
    assert table.rows[0][1].note == "195 人"


def test_a_product_no_balance_tells_of_is_unknown_not_zero(facts):
    table = block(wealth, facts, "wealth-products")
    assert lines(table)["全行"] == ["86.9%", "—", "18.6%", "—", "—"]
    assert lines(table)["条线"][2] == "不展示"
    assert table.rows[-1][4].why == "余额数据不含这类产品"


def test_the_page_of_a_tier_shows_the_tier_alone(facts, home):
    with opened(home / "funnel.duckdb") as connection:
        read = Reader(connection, Place("tier", "head_office"), facts.week)
        told = {"people": load_people(read), "money": load_money(read)}
        months = read.months(Month, "complete")
    tier = replace(facts, place=read.place, parts={}, months=months, **told)
    assert lifecycle.title(tier) == "2026年10月走的比来的多：流失 160，首次活跃 70，回流 30"
    assert lines(block(lifecycle, tier, "lifecycle-moves")) == {
        "总行": ["2026-10", "7,840", "800", "70", "30", "160", "25", "15"]
    }
    assert tier.people.flow == [] and tier.money.credits == [] and tier.money.variants == []
    assert money.title(tier) == "2026年10月每个新户花费 910元"


@pytest.mark.parametrize("module", [lifecycle, retention, wealth])
def test_without_rows_a_section_still_reads(module, empty):
    told = module.section(empty, module.title(empty))
    assert told.title and told.blocks


@pytest.mark.parametrize("module", [lifecycle, retention, wealth])
@pytest.mark.parametrize("which", ["facts", "empty", "older"])
def test_in_english_nothing_is_left_in_chinese(module, which, request):
    with speaking("en"):
        facts = request.getfixturevalue(which)
        assert chinese(module.section(facts, module.title(facts))) == set()
