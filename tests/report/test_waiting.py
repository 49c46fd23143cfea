"""What a page shows where there is nothing to show: why, and what to deliver."""

import re
from dataclasses import replace

from pipeline.report import charts
from pipeline.report.page import briefing, render
from pipeline.report.sections import waiting
from pipeline.report.view import Figure, Table
from tests.report.test_findings import moved

OF_THE_BANK = ("bank_events", "bank_links", "bank_balances")


def without_the_bank(facts):
    """The facts of a bank that has delivered nothing but exports."""
    datasets = [row for row in facts.datasets if row.dataset not in OF_THE_BANK]
    people = replace(facts.people, **{name: [] for name in vars(facts.people)})
    none = {key: [] for key in ("cards", "card_products", "subscriptions", "months", "journeys")}
    return replace(facts, datasets=datasets, people=people, cohorts=[], account_months=[], **none)


def test_sections_without_a_delivery_are_listed_in_one_with_what_they_need(facts):
    told = {section.id: section for section in briefing(without_the_bank(facts)).sections}
    listed = told["waiting"].blocks[0][0]
    needs = {row[0].text: row[1].text for row in listed.rows}
    assert needs["月活到资产"] == "行内·转化事件、行内·资产余额"
    assert needs["卡种点击"] == "行内·转化事件、行内·引流链接"
    assert told["waiting"].title == f"另有 {len(needs)} 节还没有数据"
    assert not {"assets", "cards", "lifecycle", "wealth"} & told.keys()
    assert [*told][-2:] == ["waiting", "quality"]
    assert 'href="#cards"' not in render(without_the_bank(facts))


def test_where_all_was_delivered_nothing_waits(facts):
    assert "waiting" not in {section.id for section in briefing(facts).sections}


def test_a_section_keeps_its_sentence_where_its_data_came_and_there_was_none(facts):
    delivered = replace(facts, cards=[], card_products=[], datasets=facts.datasets)
    known = {row.dataset for row in facts.datasets}
    every = [replace(facts.datasets[0], dataset=one) for one in OF_THE_BANK if one not in known]
    quiet = replace(delivered, datasets=[*facts.datasets, *every])
    cards = next(one for one in briefing(quiet).sections if one.id == "cards")
    assert cards.title == "本周没有可展示的卡种点击" and cards.blocks == []


def test_every_section_that_needs_a_delivery_is_one_of_the_page(facts):
    assert waiting.NEEDS.keys() <= {section.id for section in briefing(facts).sections}


def test_a_chart_of_withheld_numbers_says_so_and_draws_no_axes(facts):
    names = "mau,stable_mau,mau_per_follower"
    hidden = [replace(row, mau=None, suppressed=names) for row in facts.account_months]
    page = render(replace(facts, account_months=hidden))
    (panel,) = re.findall(r'<figure[^>]*"followers-accounts-title">.*?</figure>', page, re.S)
    assert "能画的数都因人数过少而不展示" in panel and 'class="plot"' not in panel
    assert '"followers-accounts":' not in page


def test_zeros_among_unknown_weeks_draw_no_line():
    zeros = charts.Line("分行", "branch", [0, None, 0], ["0", "不展示", "0"])
    flat = charts.Line("总行", "head_office", [0, 0, 0], ["0", "0", "0"])
    weeks = ["W44", "W45", "W46"]
    assert [trace["name"] for trace in charts.lines(weeks, [zeros, flat])["data"]] == ["总行"]
    empty = Figure("one", "", "", charts.lines(weeks, [zeros]), Table("data", "", ("",), []))
    assert not empty.drawn


def test_a_line_that_ends_before_the_others_says_in_which_week():
    ended = charts.Line("分行", "branch", [3, 7, None], ["3", "7", "不展示"])
    lasts = charts.Line("总行", "head_office", [1, 2, 4], ["1", "2", "4"])
    spec = charts.lines(["W44", "W45", "W46"], [ended, lasts])
    texts = {one["text"] for one in spec["layout"]["annotations"]}
    assert texts == {"<b>分行</b> 7（W45）", "<b>总行</b> 4"}


def test_an_earlier_week_says_that_it_holds_what_matured_since(facts):
    note = "往期重出：当周之后才成熟的数也在内"
    assert note not in render(facts)
    assert note in render(replace(facts, period=replace(facts.period, is_report_week=False)))


def test_where_no_step_fell_the_headline_names_what_asks_for_attention(facts):
    told = briefing(moved(facts, read=0.1, arrival=0.1))
    first = told.findings[0]
    assert first.kind == "attention"
    assert told.headline == f"阅读多了 10%，到达多了 10%；{first.title}"
