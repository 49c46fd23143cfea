"""CSV, and the HTML tables that a back office names .xls."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from lxml import etree, html

from pipeline.ingest.container import Container, FileRefused, Grid

LARGEST_HTML = 64 * 1024**2
LARGEST_FIELD = 1024**2
DAMAGED = 0.1
"""Real GB18030 read as UTF-8 breaks far more than this share of its characters."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def decode(data: bytes) -> str:
    """Decode UTF-8, with or without BOM, or GB18030; FileRefused for anything else."""
    if b"\x00" in data:
        raise FileRefused(
            "NUL bytes in what should be text",
            "a workbook, or text in UTF-8 or GB18030",
            "export it again; UTF-16 is not read",
        )
    with suppress(UnicodeDecodeError):
        # Some exports of B站 begin with two byte order marks.
        return data.decode("utf-8").lstrip("\ufeff")
    _refuse_damaged_utf8(data)
    with suppress(UnicodeDecodeError):
        return data.decode("gb18030")
    raise FileRefused(
        "bytes that are neither a known format nor text",
        "a workbook, or text in UTF-8 or GB18030",
        "export it again",
    )


def _refuse_damaged_utf8(data: bytes) -> None:
    """Refuse UTF-8 with a few broken bytes, which GB18030 would read as other characters."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken < len(_BEYOND_ASCII.findall(text)) * DAMAGED:
        raise FileRefused(
            f"UTF-8 text with {broken} broken characters, the first on line "
            f"{text[: text.index(chr(0xFFFD))].count(chr(10)) + 1}",
            "whole UTF-8, or GB18030",
            "export it again",
        )


def read_csv(text: str, escape: str | None = None) -> Container:
    """Read comma-separated text; quoted fields may hold newlines.

    A record's line is the physical line it starts on. escape: what stands before a quote inside
    a quoted field; None where such a quote is doubled instead.
    """
    # Newlines inside a quoted field are kept as they are, so the reader gets the text unsplit.
    grid = list(records(io.StringIO(text, newline=""), escape=escape))
    rows, lines = [row for _, row in grid], [line for line, _ in grid]
    return Container("csv", (Grid(None, rows, lines),))


def records(
    lines: Iterable[str], first: int = 1, escape: str | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Give each record of comma-separated text with the line it starts on.

    lines: with their line ends, as they are; first: the number of the first of them; escape: as
    for `read_csv`. Raises FileRefused where a record cannot be read.
    """
    csv.field_size_limit(LARGEST_FIELD)
    reader = csv.reader(lines, strict=True, escapechar=escape, doublequote=escape is None)
    start = first
    try:
        for row in reader:
            yield start, row
            start = first + reader.line_num
    except csv.Error as error:
        raise FileRefused(
            f"a record starting on line {start} that cannot be read ({error})",
            "comma-separated text with quotes in pairs",
            "export it again, and do not edit it by hand",
        ) from None


def read_html(text: str) -> Container:
    """Read every table of an HTML page; a row's line is its row in the table."""
    if len(text) > LARGEST_HTML:
        raise FileRefused("a very large HTML page", f"at most {LARGEST_HTML:,}", "export less")
    if "</table" not in text.lower():
        raise FileRefused("HTML without a complete table", "a <table> that ends", "export it again")
    # The HTML parser expands no entities a document declares, and fetches nothing.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        page = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise FileRefused(
            f"HTML that cannot be read ({error})", "an HTML table", "export it again"
        ) from None
    return Container("html", tuple(_table(table) for table in page.iter("table")))


def _table(table: html.HtmlElement) -> Grid:
    rows = [
        [cell.text_content().strip() for cell in row.iter("td", "th")] for row in table.iter("tr")
    ]
    return Grid(None, rows, range(1, len(rows) + 1))
