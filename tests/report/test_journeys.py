from dataclasses import replace

import pytest

from pipeline.report.language import speaking
from pipeline.report.sections import journeys

TITLE = "最难的一步：信用卡的「申请信用卡」，15.0% 走到"


@pytest.fixture(scope="module")
def section(facts):
    return journeys.section(facts, journeys.title(facts))


def table(section, row):
    return section.blocks[row][0] if row else section.blocks[0][0].data


def test_only_months_whose_window_is_over_are_shown(facts):
    assert {str(row.starts_on) for row in facts.journeys} == {"2026-09-01"}


def test_the_title_names_the_step_that_loses_most(section):
    assert section.title == TITLE


def test_every_step_shows_its_stored_number(section):
    shown = [(line[1].text, line[2].text, line[3].text) for line in table(section, 1).rows]
    assert shown == [
        ("引流点击", "400", "200"),
        ("申请信用卡", "60", "30"),
        ("核卡", "45", "22"),
        ("首刷", "30", "15"),
        ("引流点击", "120", "60"),
        ("vip_day", "不展示", "—"),
        ("登录", "24", "12"),
    ]


def test_a_time_is_said_in_the_unit_people_use(section):
    assert [line[7].text for line in table(section, 1).rows[:3]] == ["—", "1.0 天", "2.1 天"]
    assert journeys.span(59) == "1.0 分钟"
    assert journeys.span(7200) == "2.0 小时"
    assert journeys.span(3_000_000) == "35 天"


def test_a_withheld_step_has_no_rates_and_says_why(section):
    withheld = table(section, 1).rows[5]
    assert [cell.state for cell in withheld[4:6]] == ["suppressed", "suppressed"]
    assert withheld[2].why


def test_a_level_nobody_entered_says_so(section):
    card, own = table(section, 0).rows
    assert [cell.text for cell in (card[-1], own[-1])] == ["7.50%", "20.0%"]
    assert own[1].why == "这一层级没有人进入"


def test_a_funnel_of_the_banks_own_keeps_its_name_in_english(facts):
    with speaking("en"):
        names = {line[0].text for line in table(journeys.section(facts, ""), 1).rows}
    assert names == {"Credit card", "<b>贵宾</b>日"}


def test_without_a_mature_funnel_the_section_says_so(facts):
    none = replace(facts, journeys=[])
    assert journeys.title(none) == "还没有一个漏斗走完观察窗口"
    assert journeys.section(none, "").blocks == []
