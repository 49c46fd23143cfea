import re
from dataclasses import replace

import pytest

from pipeline.report import charts, words
from pipeline.report.findings import fallen_steps, findings, headline
from pipeline.report.sections import money, watch
from pipeline.report.titles import titles


def moved(facts, **changes):
    """The facts with other changes for the bank's stages, and no step that fell."""
    steps = [
        replace(step, change=changes.get(step.stage), step_rate=None)
        if step.level == "bank" and step.week == facts.week.name
        else replace(step, step_rate=None)
        for step in facts.steps
    ]
    return replace(facts, steps=steps)


@pytest.mark.parametrize(
    ("read", "arrival", "want"),
    [
        (0.21, 0.11, "阅读多了 21%，到达只多了 11%"),
        (0.05, 0.11, "阅读多了 5%，到达多了 11%"),
        (0.21, -0.03, "阅读多了 21%，到达却少了 3%"),
        (-0.04, 0.03, "阅读少了 4%，到达反而多了 3%"),
        (-0.04, -0.10, "阅读少了 4%，到达少了 10%"),
        (0.001, 0.0, "阅读持平，到达持平"),
        (0.08, 0.001, "阅读多了 8%，到达持平"),
    ],
)
def test_the_headline_says_how_reading_and_arriving_moved(facts, read, arrival, want):
    assert headline(moved(facts, read=read, arrival=arrival)) == want


def test_clicks_stand_in_where_arrivals_cannot_be_compared(facts):
    assert headline(moved(facts, read=0.1, click=0.2)) == "阅读多了 10%，引流点击多了 20%"


def test_without_a_week_before_the_headline_gives_the_numbers(facts):
    assert headline(moved(facts)).endswith("（没有可比的上周）")


def test_the_headline_names_the_step_that_fell_most(facts):
    assert headline(facts).endswith("：分行「意向 → 引流点击」掉得最多")
    now, past = fallen_steps(facts)[0]
    assert (now.tier, now.stage) == ("branch", "click")
    assert now.step_rate < 0.95 * past.step_rate


def test_three_to_five_findings_and_the_missing_source_is_one(facts):
    found = findings(facts)
    assert 3 <= len(found) <= 5
    assert any("成都分行抖音" in one.words and one.kind == "data" for one in found)


def test_every_finding_points_to_a_section(facts):
    assert {one.evidence for one in findings(facts)} <= set(titles(facts))


def test_equal_ratios_are_not_told_as_a_difference(facts):
    same = [replace(r, mau_per_follower=0.02 if r.level == "tier" else None) for r in facts.months]
    equal = replace(facts, months=same)
    assert "同占粉丝 2.00%" in titles(equal)["followers"]
    assert not any(one.evidence == "followers" for one in findings(equal))


def test_the_ratio_of_a_single_tier_is_not_compared(facts):
    one = [row for row in facts.months if row.tier in (None, "branch")]
    assert titles(replace(facts, months=one))["followers"].startswith("分行的归因月活占粉丝 ")


def test_all_that_is_out_of_range_is_counted_and_the_gravest_are_listed(facts):
    graver = [row for row in facts.alerts if row.metric != "grave_comments" and row.severity > 1]
    many = replace(facts, alerts=[replace(graver[0], direction="above")] * 30)
    assert titles(many)["watch"] == "30 项偏离较大，都是偏高"
    assert len(watch.section(many, "").blocks[0][0].rows) == 12


def test_the_subscribed_amount_stands_beside_the_week_before(facts):
    own = [row for row in facts.subscriptions if row.part is None]
    told = titles(facts)["subscriptions"]
    assert re.fullmatch(r"\d+ 位客户申购 [\d.]+万元，上周 [\d.]+万元", told)
    now = [row for row in own if row.week == facts.week.name]
    assert "上周" not in titles(replace(facts, subscriptions=now))["subscriptions"]


def test_without_a_week_before_no_step_is_said_to_have_kept_its_pace(facts):
    alone = [replace(row, change=None) for row in moved(facts).steps]
    assert titles(replace(facts, steps=alone))["funnel"].startswith("没有可比的上周")


def test_costs_stand_in_the_order_of_the_page_the_newest_month_first(facts):
    table = money.section(facts, "").blocks[0][0].data
    shown = [(row[0].text, row[1].text) for row in table.rows]
    ranks = [facts.name(part) for part in (None, *facts.parts)]
    assert shown == sorted(
        sorted(shown, key=lambda row: row[1], reverse=True), key=lambda row: ranks.index(row[0])
    )


@pytest.mark.parametrize(
    ("known", "ticks"), [(1, ["1"]), (3, ["1", "2", "3"]), (6, ["2", "4", "6"]), (0, [])]
)
def test_few_months_are_all_named_on_the_axis_and_the_last_of_many(known, ticks):
    spec = charts.lines([f"{at + 1}" for at in range(known)], [])
    assert list(spec["layout"]["xaxis"]["tickvals"]) == ticks


def test_one_account_is_not_spoken_of_as_of_several():
    assert words.reporting(0, 1) == "账号的导出不含此项，或尚未交付"
    assert words.reporting(0, 3) == "3 个账号的导出都不含此项，或尚未交付"
