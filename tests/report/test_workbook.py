"""The page's tables as a workbook, read back by another library."""

import json
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from pipeline.report import Wanted, write
from pipeline.report.language import speaking
from pipeline.report.page import briefing
from pipeline.report.view import Section
from pipeline.report.workbook import as_workbook


@pytest.fixture(scope="module")
def told(facts):
    return briefing(facts)


def read(facts, told):
    return openpyxl.load_workbook(BytesIO(as_workbook(facts, told)))


@pytest.fixture(scope="module")
def book(facts, told):
    return read(facts, told)


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_there_is_a_sheet_for_each_section_between_the_week_and_the_definitions(book, told):
    assert book.sheetnames == ["本周要点", *(one.kicker for one in told.sections), "口径"]


def test_a_number_is_the_stored_one_and_formatted_as_what_it_is(book, told):
    head, first, *_ = values(book["账号明细"])[3:]
    line = dict(zip(head, first, strict=True))
    assert (line["账号"], line["账号（附注）"]) == ("江屿银行官方号", "hq-xhs")
    assert line["阅读/观看"] == 29750
    formats = {
        name: book["账号明细"].cell(5, at).number_format for at, name in enumerate(head, start=1)
    }
    assert formats["阅读/观看"] == "#,##0"
    assert formats["阅读环比"] == "0.0%"


def test_the_workbook_holds_every_table_of_the_facts(settings):
    page, *others = write(settings, languages=("zh",), wanted=Wanted(xlsx=True))
    told = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(others[-1])
    for section in told["sections"]:
        rows = values(book[section["kicker"]])
        for table in section["tables"]:
            assert any(row[0] == table["title"] for row in rows), table["id"]
            for line in table["rows"]:
                wanted = [(c["text"] or None) if c["value"] is None else c["value"] for c in line]
                assert any(_within(wanted, row) for row in rows), (table["id"], wanted)


def _within(wanted, row):
    """Whether the values stand in a row in their order, with notes between them."""
    left = iter(row)
    return all(any(_same(value, other) for other in left) for value in wanted)


def _same(value, other):
    if isinstance(value, float) and isinstance(other, float):
        return value == pytest.approx(other, rel=1e-12)  # a sheet keeps 16 digits
    return value == other


def test_withheld_missing_and_immature_cells_say_so_and_why(book):
    texts = {value for sheet in book for row in values(sheet) for value in row}
    assert {"不展示", "—"} <= texts
    assert "不展示：人数少于小单元阈值，或可由其推出，故不展示" in texts
    assert "灰色的数：观察窗口尚未走完，数值还会上升" in texts


def test_a_table_alone_on_its_sheet_keeps_its_head_in_sight(book):
    assert (book["账号明细"].freeze_panes, book["账号明细"].auto_filter.ref[:2]) == ("B5", "A4")
    assert book["全链路漏斗"].freeze_panes == "B2"


def test_no_text_of_the_data_is_a_formula_or_a_link(facts):
    hostile = ['=HYPERLINK("http://x","y")', "+1+1", "-2", "@SUM(A1)", "http://example.invalid/"]
    posts = [replace(facts.posts[0], title=title) for title in hostile]
    made = replace(facts, posts=posts)
    sheet = read(made, briefing(made))["内容"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value in hostile]
    assert [cell.value for cell in found if cell.column == 1] == hostile
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in found)


def test_the_same_facts_give_the_same_bytes(facts, told):
    assert as_workbook(facts, told) == as_workbook(facts, told)


def test_names_that_no_sheet_may_have_are_mended_and_told_apart(facts, told):
    names = ["a/b:c", "a b c", "x" * 40, "x" * 40]
    sections = [Section(str(at), name, "") for at, name in enumerate(names)]
    book = read(facts, replace(told, sections=sections))
    assert book.sheetnames[1:-1] == ["a b c", "a b c 2", "x" * 31, "x" * 28 + " 2"]


def test_in_english_it_holds_english(facts):
    with speaking("en"):
        book = read(facts, briefing(facts))
    assert book.sheetnames[0] == "Key points"
    assert book.sheetnames[-1] == "Definitions"
