"""A published table as a workbook: Chinese headers, formats, and a sheet of notes.

Other workbooks are begun by `begun`, and their values written by `write_value`, too.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from pipeline.analysts.names import chinese
from pipeline.analysts.tables import Column, Table
from pipeline.errors import InputError

_MOST_ROWS = 2**20 - 1
_SHARES = ("rate", "coverage", "change", "stickiness", "bridge", "rate_low", "rate_high")
FORMATS = {
    "day": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
    "count": "#,##0",
    "amount": "#,##0.00",
    "share": "0.0%",
    "number": "#,##0.####",
    "text": "@",
}
_WIDTHS = {"day": 12, "moment": 17, "text": 18}


def begun(to: Path | IO[bytes], title: str) -> Any:
    """Begin a workbook in which no text is a formula or a link; the same content, the same bytes.

    To be closed, as a context does. Rows are written from top to bottom, each from left to right.
    """
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(to if hasattr(to, "write") else str(to), options)
    # A fixed moment, or the same table would give other bytes each time.
    book.set_properties({"title": title, "created": dt.datetime(2000, 1, 1)})
    return book


def write_workbook(table: Table, rows: pa.Table, to: Path) -> None:
    """Write a workbook of two sheets: the rows, and what their columns mean.

    InputError where there are more rows than a sheet holds, OSError where it cannot be written.
    """
    if rows.num_rows > _MOST_ROWS:
        raise InputError(
            f"{table.name} 有 {rows.num_rows:,} 行，一张工作表只容 {_MOST_ROWS:,} 行；"
            "请导出为 .parquet 或 .csv（too many rows for a sheet）"
        )
    from xlsxwriter.exceptions import FileCreateError

    try:
        with to.open("wb") as file, begun(file, table.name) as book:
            _write_rows(book, table, rows)
            _write_notes(book, table)
    except FileCreateError as error:
        raise error.args[0] from None


def _write_rows(book: Any, table: Table, rows: pa.Table) -> None:
    sheet = book.add_worksheet(table.name[:31])
    head = book.add_format({"bold": True, "bg_color": "#EDEFF2", "text_wrap": True})
    looks = {name: book.add_format({"num_format": form}) for name, form in FORMATS.items()}
    kinds = [_kind(column) for column in table.columns]
    for number, (column, kind) in enumerate(zip(table.columns, kinds, strict=True)):
        sheet.set_column(number, number, _WIDTHS.get(kind, 14), looks[kind])
        sheet.write_string(0, number, chinese(column.name), head)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows.num_rows, len(kinds) - 1)
    for line, row in enumerate(_values(rows), start=1):
        for number, (value, kind) in enumerate(zip(row, kinds, strict=True)):
            write_value(sheet, line, number, value, looks[kind])


def _values(rows: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in rows.to_batches(max_chunksize=10_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def write_value(sheet: Any, line: int, number: int, value: Any, look: Any) -> None:
    """Write a value as what it is: a text stays text, whatever it begins with; None nothing."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(line, number, "是" if value else "否", look)
    elif isinstance(value, dt.date):
        sheet.write_datetime(line, number, value, look)
    elif isinstance(value, str):
        sheet.write_string(line, number, value, look)
    elif value == value and abs(value) != float("inf"):
        sheet.write_number(line, number, float(value), look)


def _kind(column: Column) -> str:
    if column.kind == "DOUBLE":
        return "share" if column.name.endswith(_SHARES) else "number"
    if column.kind.startswith("DECIMAL"):
        return "amount"
    return {
        "DATE": "day",
        "TIMESTAMP": "moment",
        "BIGINT": "count",
        "INTEGER": "count",
    }.get(column.kind, "text")


def _write_notes(book: Any, table: Table) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 2, 80)
    sheet.write_string(0, 0, table.name)
    sheet.write_string(0, 2, table.purpose)
    for line, column in enumerate(table.columns, start=2):
        for number, text in enumerate((column.name, chinese(column.name), column.note)):
            sheet.write_string(line, number, text)
