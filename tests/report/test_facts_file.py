"""The facts as JSON: what the page says, each number as it is stored."""

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import duckdb
import pytest

from pipeline.report import write
from pipeline.report.facts_file import as_json
from pipeline.report.page import briefing
from tests.report.golden import GOLDEN
from tests.report.published_database import WEEK


class Tables(HTMLParser):
    """The text of every cell of every table of a page, by row."""

    def __init__(self):
        super().__init__()
        self.tables, self.text, self.skipping = [], None, 0

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.text = ""
        elif tag in ("small", "em", "sup"):
            self.skipping += 1

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.tables[-1][-1].append(self.text.strip())
            self.text = None
        elif tag in ("small", "em", "sup"):
            self.skipping -= 1

    def handle_data(self, data):
        if self.text is not None and not self.skipping:
            self.text += data


@pytest.fixture(scope="module")
def told(facts):
    return json.loads(as_json(facts, briefing(facts)))


def cells(told):
    for section in told["sections"]:
        for table in section["tables"]:
            for row in table["rows"]:
                yield from row


def test_the_facts_of_the_drawn_database_are_the_golden_ones(settings):
    made = write(settings)[0].with_suffix(".json").read_text(encoding="utf-8")
    same = made == GOLDEN.read_text(encoding="utf-8")
    assert same, "look at the difference that python -m tests.report.golden makes, and commit it"


def test_every_table_of_the_page_is_there_cell_by_cell_in_its_order(settings):
    page = write(settings)[0]
    read = Tables()
    read.feed(page.read_text(encoding="utf-8"))
    told = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    tables = [table for section in told["sections"] for table in section["tables"]]
    wanted = [
        [table["head"], *([cell["text"].strip() for cell in row] for row in table["rows"])]
        for table in tables
    ]
    assert len(wanted) > 20
    shown = [table for table in read.tables if table[0] != ["参数", "值", "含义"]]
    empty = [["没有数据"]]
    assert shown == [table if table[1:] else [table[0], *empty] for table in wanted]


def test_headline_findings_and_tiles_are_those_of_the_page(settings):
    page = write(settings)[0]
    text = page.read_text(encoding="utf-8")
    told = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert f"<h1>{told['headline']}</h1>" in text
    shown = unescape(text)
    for finding in told["findings"]:
        assert all(finding[name] in shown for name in ("title", "words", "check"))
    raw = dict(re.findall(r'data-tile="([^"]+)".*?<data value="([^"]*)"', text, re.S))
    assert {tile["id"]: tile["value"]["value"] for tile in told["tiles"]} == {
        name: None if value == "" else float(value) for name, value in raw.items()
    }


def test_numbers_are_those_of_the_database(told, home):
    account = next(
        table
        for section in told["sections"]
        for table in section["tables"]
        if table["id"] == "accounts-table"
    )
    read = account["head"].index("阅读/观看")
    found = {row[0]["text"]: row[read]["value"] for row in account["rows"]}
    with duckdb.connect(str(home / "funnel.duckdb"), read_only=True) as connection:
        stored = connection.execute(
            "select coalesce(account_name, account_id), total from published.weekly_funnel"
            f" where level = 'account' and week = '{WEEK}' and stage = 'read'"
        ).fetchall()
    assert stored and found | dict(stored) == found


def test_a_cell_without_a_number_says_why(told):
    for cell in cells(told):
        if cell["value"] is None and cell["text"] != "—":
            assert cell["state"] in ("suppressed", "missing", "attention") and cell["why"], cell
    states = {cell.get("state") for cell in cells(told)}
    assert {"suppressed", "missing", "immature", None} <= states


def test_every_number_shown_is_there_as_it_is_stored(told):
    """A new column must give its cells the value to sort by: that is the value told here."""
    figures = re.compile(r"[▲▼+−]? ?[+−]?[\d,.]+[%万亿元]*")
    bare = [c for c in cells(told) if figures.fullmatch(c["text"]) and c["value"] is None]
    assert bare == []


def test_what_is_withheld_is_not_in_the_facts(facts):
    stages = [
        replace(row, persons=7_654_321, suppressed="persons")
        if (row.stage, row.tier) == ("arrival", "branch")
        else row
        for row in facts.stages
    ]
    made = replace(facts, stages=stages)
    assert "7654321" not in as_json(made, briefing(made))
