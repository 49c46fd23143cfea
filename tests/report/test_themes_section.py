"""Themes, repeats, hours and followers as the page shows them, against the database."""

from dataclasses import replace

import pytest

from pipeline.databases import opened
from pipeline.report.facts import load
from pipeline.report.language import speaking
from pipeline.report.place import Place
from pipeline.report.sections import themes
from tests.report.drawn_texts import HOSTILE
from tests.report.places import seen_from


@pytest.fixture(scope="module")
def section(facts):
    return themes.section(facts, themes.title(facts))


def block(section, id):
    return next(one for row in section.blocks for one in row if one.id == id)


def shown(table):
    return [[cell.text for cell in line] for line in table.rows]


def test_the_title_leaves_a_theme_of_few_posts_out_of_the_comparison(section):
    assert (
        section.title == "发得最多的是知识科普（占 60.0%），点击率最高的是福利抽奖（27 篇，4.12%）"
    )


@pytest.mark.parametrize(
    ("clicks", "title"),
    [
        ({"welfare": 0.01}, "知识科普发得最多（占 60.0%），点击率也最高（3.17%）"),
        ({"welfare": None, "knowledge": None}, "发得最多的是知识科普（占 60.0%）"),
    ],
)
def test_the_title_fits_what_there_is_to_compare(facts, clicks, title):
    mix = [
        replace(row, click_rate=clicks.get(row.category, row.click_rate)) for row in facts.texts.mix
    ]
    assert themes.title(replace(facts, texts=replace(facts.texts, mix=mix))) == title


def test_only_themes_with_links_and_enough_posts_are_drawn(section):
    figure = block(section, "themes-clicks")
    assert figure.spec["data"][0]["x"] == [0.0317, 0.0412]
    assert figure.spec["data"][0]["text"] == ["3.17% · 60 篇", "4.12% · 27 篇"]


def test_the_table_behind_it_holds_every_theme_and_form(section):
    table = block(section, "themes-clicks").data
    assert shown(table) == [
        ["知识科普", "60", "60.0%", "6.13万", "5.17%", "0.94%", "3.17%"],
        ["福利抽奖", "27", "27.0%", "2.30万", "3.93%", "—", "4.12%"],
        ["IP 形象", "8", "8.00%", "9,000", "5.00%", "0.10%", "—"],
        ["vip<b>", "4", "4.00%", "1,654", "5.32%", "0.56%", "9.73%"],
        ["其他主题", "1", "1.00%", "—", "—", "—", "—"],
        ["不带货", "100", "100.0%", "9.32万", "4.00%", "0.90%", "3.00%"],
    ]
    assert table.rows[2][6].why == "这些作品没有自己的引流链接"
    assert table.rows[3][6].state == "small" and table.rows[3][6].why == "少于 5 篇，仅供参考"


def test_variety_and_repeats_of_each_tier_tell_a_record_that_is_not_whole(section):
    table = block(section, "themes-variety")
    assert shown(table) == [
        ["条线", "61", "1.3", "—", "78.7%", "—"],
        ["全行", "100", "2.3", "1.0", "58.0%", "96.0%"],
    ]
    assert table.rows[0][4].note == "记录不全，只会偏低"
    assert table.rows[1][4].note == "n=100　48.0%–67.0%"
    assert table.rows[1][2].note == "用到 5 类"


def test_months_without_a_whole_past_are_hollow(section):
    bank = block(section, "themes-homogeneity").spec["data"][0]
    assert bank["x"] == ["2026-09", "2026-10"] and bank["y"] == [0.5, 0.58]
    assert [symbol.endswith("-open") for symbol in bank["marker"]["symbol"]] == [True, False]


def test_hours_are_drawn_with_intervals_and_tabled_with_those_of_few_posts(section):
    figure = block(section, "themes-hours")
    assert figure.spec["data"][0]["y"] == [-0.033, 0.21]
    assert shown(figure.data) == [
        ["每天", "6–9 点", "37", "−3.30%"],
        ["每天", "9–12 点", "61", "21.0%"],
        ["每天", "12–15 点", "2", "90.0%"],
        ["周一", "全天", "54", "3.70%"],
        ["周一", "9–12 点", "6", "8.00%"],
    ]
    assert figure.data.rows[1][3].note == "5.00%–38.0%"
    assert figure.data.rows[2][3].state == "small"


def test_giveaways_stand_beside_ordinary_weeks_and_withheld_ones_say_so(section):
    table = block(section, "themes-giveaways")
    assert shown(table) == [
        ["条线", "1", "253", "—", "不展示"],
        ["条线", "102", "2,566", "100.0%", "不展示"],
        ["分行", "106", "642", "76.3%", "520.6"],
        ["全行", "3", "530", "41.0%", "75.5"],
        ["全行", "265", "6,485", "87.0%", "215.9"],
    ]
    assert [line[0].note for line in table.rows[:3]] == ["福利周", "普通周", "普通周"]


def test_followers_are_of_the_newest_week_watched_long_enough(section):
    table = block(section, "themes-stays")
    assert table.title.startswith("2026-W41")
    assert [line[7].text for line in table.rows] == ["41.0%", "—"]
    assert table.rows[1][7].why == "平台不导出取关数"


def test_works_are_those_used_again(section):
    table = block(section, "themes-works")
    assert [line[0].text for line in table.rows] == [f"净值波动{HOSTILE}", "—"]
    assert [cell.text for cell in table.rows[0][2:]] == ["7", "9", "9", "1.16万", "363"]


def test_an_older_week_sees_no_later_month_nor_standing_list(home):
    with opened(home / "funnel.duckdb") as connection:
        older = load(connection, "2026-W40")
    assert older.texts.mix == []
    assert {row.effective_number for row in older.texts.variety} == {9.9}
    assert older.texts.giveaways == older.texts.posting_times == older.texts.works == []
    assert older.texts.stays == []
    assert themes.title(older) == "还没有一个完整月的作品可比"


def test_a_tier_shows_its_own_posts_and_only_the_bank_shows_hours_and_works(facts, home):
    line = seen_from(Place("tier", "line"), facts, home)
    assert themes.title(line) == "知识科普发得最多（占 90.0%），点击率也最高（80.0%）"
    section = themes.section(line, "")
    assert shown(block(section, "themes-variety")) == [["条线", "61", "1.3", "—", "78.7%", "—"]]
    assert [line[0].text for line in block(section, "themes-stays").rows][1:] == ["财富管理"]
    ids = [one.id for row in section.blocks for one in row]
    assert "themes-hours" not in ids and "themes-works" not in ids


def test_a_code_of_the_banks_own_stays_as_it_is_in_english(facts):
    with speaking("en"):
        section = themes.section(facts, themes.title(facts))
        names = [line[0].text for line in block(section, "themes-clicks").data.rows]
    assert (
        section.title == "Most posts: education (60.0%); clicked most: giveaways (27 posts, 4.12%)"
    )
    assert names[3] == "vip<b>"
