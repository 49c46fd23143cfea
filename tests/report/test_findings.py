from dataclasses import replace

import pytest

from pipeline.report.findings import fallen_steps, findings, headline
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
