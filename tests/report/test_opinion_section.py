"""Comments and answers as the page shows them, against what stands in the database."""

from dataclasses import replace

import pytest

from pipeline.databases import opened
from pipeline.report.facts import load
from pipeline.report.language import speaking
from pipeline.report.place import Place
from pipeline.report.sections import opinion
from tests.report.drawn_texts import HOSTILE
from tests.report.places import seen_from


@pytest.fixture(scope="module")
def section(facts):
    return opinion.section(facts, opinion.title(facts))


def block(section, id):
    return next(one for row in section.blocks for one in row if one.id == id)


def shown(table):
    return [[cell.text for cell in line] for line in table.rows]


def test_the_title_counts_comments_the_grave_and_the_unanswered(section):
    assert section.title == "本周 56 条评论，负面占 21.4%，2 条严重；4 条提问还没有回复"


def test_aspects_are_drawn_by_severity_from_the_stored_counts(section):
    figure = block(section, "opinion-aspects")
    assert figure.spec["layout"]["yaxis"]["ticktext"] == ["诈骗", "服务"]
    assert [trace["x"] for trace in figure.spec["data"]] == [[0, 3], [0, 6], [0, 0], [2, 0]]
    assert figure.spec["data"][3]["marker"]["pattern"]["shape"] == "/"


def test_the_table_behind_them_holds_every_count_and_the_total(section):
    assert shown(block(section, "opinion-aspects").data) == [
        ["诈骗", "2", "0", "0", "0", "2", "100.0%"],
        ["服务", "9", "3", "6", "0", "0", "66.7%"],
        ["全部评论", "56", "44", "3", "7", "2", "21.4%"],
    ]


def test_tiers_show_shares_with_their_n_and_grey_those_of_few(section):
    table = block(section, "opinion-tiers")
    assert shown(table) == [
        ["条线", "31", "9", "29.0%", "8", "2"],
        ["分行", "25", "3", "12.0%", "12", "0"],
        ["全行", "56", "12", "21.4%", "20", "2"],
    ]
    assert [line[3].note for line in table.rows] == ["n=31", "n=25", "n=56"]
    assert [line[3].state for line in table.rows] == ["", "small", ""]


def test_grave_comments_name_the_account_and_what_they_are_about(section):
    assert shown(block(section, "opinion-grave")) == [
        [f"信用卡{HOSTILE}", "条线", "视频号", "2", "诈骗"]
    ]


def test_answers_tell_none_from_all(section):
    table = block(section, "opinion-answers")
    assert shown(table) == [
        ["分行", "提问", "3", "0", "3", "—", "6"],
        ["全行", "提问", "14", "10", "4", "5.0", "6"],
        ["全行", "投诉", "12", "12", "0", "4.9", "—"],
    ]
    assert table.rows[0][5].why == "一条也没有回复" and table.rows[2][6].why == "都已回复"


def test_what_waits_for_an_answer_stands_the_oldest_first_within_the_trend(section):
    lines = block(section, "opinion-waiting").rows
    assert [(line[3].text, line[5].text, line[6].text) for line in lines] == [
        ("2026-W44", "1", "19"),
        ("2026-W46", "1", "2"),
    ]


def test_an_older_week_shows_its_own_comments_only(home):
    with opened(home / "funnel.duckdb") as connection:
        older = load(connection, "2026-W45")
    assert opinion.title(older) == "本周 333 条评论，负面占 33.3%"
    assert {row.week for row in older.texts.unanswered} == {"2026-W44"}


def test_a_tier_shows_its_own_comments_and_accounts(facts, home):
    line, branch = (seen_from(Place("tier", one), facts, home) for one in ("line", "branch"))
    assert opinion.title(line) == "本周 31 条评论，负面占 29.0%，2 条严重"
    assert opinion.title(branch) == "本周 25 条评论，负面占 12.0%；3 条提问还没有回复"
    assert [row.account_id for row in line.texts.grave if row.aspect is None] == ["card-sph"]
    assert branch.texts.grave == branch.texts.unanswered == []


def test_without_comments_the_section_says_so(facts):
    none = replace(facts.texts, opinions=[], grave=[], answers=[], unanswered=[])
    quiet = replace(facts, texts=none)
    assert opinion.title(quiet) == "本周没有交付评论"
    assert opinion.section(quiet, "").blocks == []


def test_one_is_told_from_many_in_english(facts):
    asked = [
        replace(row, unanswered=1) if row.level == "bank" else row for row in facts.texts.answers
    ]
    one = replace(facts, texts=replace(facts.texts, answers=asked))
    with speaking("en"):
        assert opinion.title(one).endswith(", 2 grave; 1 complaint still unanswered")
