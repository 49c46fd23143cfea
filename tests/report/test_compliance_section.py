"""Findings, open posts and review as the page shows them, against what stands in the database."""

from dataclasses import replace

import pytest

from pipeline.databases import opened
from pipeline.report.facts import load
from pipeline.report.language import speaking
from pipeline.report.page import render
from pipeline.report.place import Place
from pipeline.report.sections import compliance
from tests.report.drawn_texts import FORMULA, HOSTILE
from tests.report.places import seen_from


@pytest.fixture(scope="module")
def section(facts):
    return compliance.section(facts, compliance.title(facts))


def table(section, id):
    found = {
        one.id: one
        for row in section.blocks
        for block in row
        for one in (block, getattr(block, "data", block))
    }
    return found[id]


def with_texts(facts, **changed):
    return replace(facts, texts=replace(facts.texts, **changed))


def test_the_title_says_how_many_titles_have_a_finding_and_how_many_are_still_online(section):
    assert section.title == "本周 40 篇在线标题中 3 篇命中规则（7.50%）；3 处至今未改"


def test_a_week_without_findings_says_so_with_how_many_were_reviewed(facts):
    clean = [
        replace(row, posts_found=0, found_share=0.0)
        for row in facts.texts.findings
        if row.category is None
    ]
    quiet = with_texts(facts, findings=clean, open_findings=[])
    assert compliance.title(quiet) == "本周在线标题未见命中规则（审 40 篇）"
    ids = [[one.id for one in row] for row in compliance.section(quiet, "").blocks]
    assert ids[0] == ["compliance-tiers", "compliance-reviews"]


def test_without_any_reviewed_title_the_section_still_reads(facts):
    none = with_texts(facts, findings=[], open_findings=[], repeats=[], reviews=[])
    assert compliance.title(none) == "本周没有可审的在线标题"
    assert [[one.id for one in row] for row in compliance.section(none, "").blocks] == [
        ["compliance-tiers"]
    ]


def test_every_tier_shows_its_stored_counts_with_the_interval(section):
    shown = {line[0].text: [cell.text for cell in line[1:]] for line in rows(section)}
    assert shown == {
        "总行": ["20", "0", "0.00%", "0", "—"],
        "条线": ["12", "1", "8.33%", "0", "—"],
        "分行": ["8", "2", "25.0%", "1", "2.0"],
        "全行": ["40", "3", "7.50%", "1", "2.0"],
    }
    notes = {line[0].text: line[3].note for line in rows(section)}
    assert notes["全行"] == "n=40　2.58%–19.9%"
    whys = {line[0].text: line[5].why for line in rows(section)}
    assert (whys["总行"], whys["条线"]) == ("本周没有命中", "命中的都还没有改")


def rows(section):
    return table(section, "compliance-tiers").rows


def test_few_posts_are_greyed_and_many_are_not(section):
    assert rows(section)[0][3].why == "基数少于 30，仅供参考"
    states = {line[0].text: line[3].state for line in rows(section)}
    assert states == {"总行": "small", "条线": "small", "分行": "small", "全行": ""}


def test_categories_are_drawn_and_tabled_without_the_single_rules(section):
    figure = next(one for one in section.blocks[0] if one.id == "compliance-categories")
    assert figure.spec["data"][0]["x"] == [2, 1]
    assert [line[0].text for line in figure.data.rows] == ["变相承诺收益", f"行规{HOSTILE}"]
    assert HOSTILE not in str(figure.spec)


def test_open_posts_stand_the_gravest_and_the_longest_open_first(section):
    lines = table(section, "compliance-open").rows
    assert [line[0].text for line in lines] == [HOSTILE, FORMULA, "—"]
    assert [line[7].text for line in lines] == ["5", "3", "—"]
    assert [line[3].text for line in lines] == ["重", "重", "轻"]
    assert [line[4].text for line in lines] == ["违规", "违规", "odd"]
    assert lines[0][5].text == "《办法》第十条" and lines[0][5].note == "不得明示保本"
    assert lines[0][6].text == "改为业绩比较基准"
    assert lines[2][7].why


def test_a_title_that_was_fixed_is_not_listed(facts):
    assert "已经改好的标题" not in render(facts)


def test_repeat_offenders_show_weeks_posts_and_those_still_open(section):
    first, gone = table(section, "compliance-repeats").rows
    assert [cell.text for cell in first[2:]] == ["4", "6", "2", "2026-W46", "2026-W46"]
    assert (gone[0].text, gone[0].note, gone[1].text) == ("gone", "", "行规")


def test_review_shows_the_latest_whole_month_of_bank_and_tiers(section):
    lines = table(section, "compliance-reviews-latest").rows
    shown = [[line[0].text, line[0].note, *(c.text for c in line[1:])] for line in lines]
    assert shown == [
        ["条线", "", "30", "5", "5", "20.0%", "4.5", "4", "—"],
        ["分行", "", "6", "1", "2", "—", "—", "0", "—"],
        ["全行", "", "259", "32", "40", "14.6%", "7.7", "22", "18.2%"],
        ["全行", "人写", "107", "8", "15", "8.70%", "6.4", "12", "16.7%"],
        ["全行", "AI 写", "152", "24", "25", "18.9%", "8.3", "10", "20.0%"],
    ]
    assert lines[1][4].why == "不足 10 篇，不给比率"
    assert lines[1][5].why == "没有改后通过的稿件"
    assert lines[2][6].note == "漏检 4 篇" and lines[2][4].note == "n=219　10.5%–19.9%"


def test_rejection_rates_are_drawn_where_there_are_enough_texts(section):
    figure = next(one for row in section.blocks for one in row if one.id == "compliance-reviews")
    drawn = {trace["name"]: (trace["x"], trace["y"]) for trace in figure.spec["data"]}
    assert drawn == {
        "全行": (["2026-09", "2026-10"], [0.171, 0.1461]),
        "条线": (["2026-10"], [0.2]),
    }


def test_an_older_week_lists_nothing_of_how_things_stand_today(home):
    with opened(home / "funnel.duckdb") as connection:
        older = load(connection, "2026-W40").texts
    assert older.open_findings == older.repeats == older.findings == []
    assert {str(row.month) for row in older.reviews} == {"2026-09-01"}


def test_an_account_shows_its_own_posts(facts, home):
    card = Place("account", "line", "cards", "信用卡部", "wechat_channels", "card-sph", "卡")
    account = seen_from(card, facts, home)
    other = seen_from(Place("tier", "branch"), facts, home)
    assert compliance.title(account) == "本周 12 篇在线标题中 1 篇命中规则（8.33%）；2 处至今未改"
    assert [row.account_id for row in account.texts.repeats] == ["card-sph"]
    assert other.texts.open_findings == other.texts.repeats == []


def test_a_banks_own_category_keeps_its_name_in_english(facts):
    with speaking("en"):
        section = compliance.section(facts, compliance.title(facts))
    assert section.title.startswith("3 of 40 titles online this week break a rule (7.50%)")
    names = [line[2].text for line in table(section, "compliance-open").rows]
    assert names == ["Promised returns", "Promised returns", f"行规{HOSTILE}"]
