"""Files in the containers that the back offices really write, built from rows in the test."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq
import xlwt

Rows = Sequence[Sequence[Any]]

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def cells(drawn: str) -> list[str]:
    """Read a drawn row: cells separated by ` | `, as a header is written down."""
    return drawn.split(" | ")


def poi_xlsx(
    sheets: dict[str, Rows], created: str = "2026-11-09T01:02:03Z", *, shared: bool = False
) -> bytes:
    """Write an xlsx as Apache POI does (inline strings, 439.0), or re-saved with shared strings."""
    strings: list[str] = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _relations(["officeDocument:xl/workbook.xml"]))
        names = "".join(
            f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"/>'
            for i, name in enumerate(sheets, 1)
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>{names}</sheets></workbook>',
        )
        targets = [f"worksheet:worksheets/sheet{i}.xml" for i in range(1, len(sheets) + 1)]
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _relations([*targets, "sharedStrings:sharedStrings.xml"])
        )
        for i, rows in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{i}.xml", _sheet(rows, strings, shared))
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{items}</sst>')
        if created:
            archive.writestr(
                "docProps/core.xml",
                '<cp:coreProperties xmlns:cp="c" xmlns:dcterms="d" xmlns:xsi="x">'
                f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created>'
                "</cp:coreProperties>",
            )
    return buffer.getvalue()


def _relations(targets: list[str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{i}" Type="{_RELS}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate((t.split(":", 1) for t in targets), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{items}</Relationships>'


def _sheet(rows: Rows, strings: list[str], shared: bool) -> str:
    lines = []
    for r, row in enumerate(rows, 1):
        cells = "".join(_cell(f"{_letters(c)}{r}", v, strings, shared) for c, v in enumerate(row))
        lines.append(f'<row r="{r}">{cells}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cell(place: str, value: Any, strings: list[str], shared: bool) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, int | float):
        return f'<c r="{place}" t="n"><v>{float(value)}</v></c>'
    if not shared:
        text = escape(value)
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    strings.append(value)
    return f'<c r="{place}" t="s"><v>{len(strings) - 1}</v></c>'


def _letters(index: int) -> str:
    return chr(65 + index) if index < 26 else chr(64 + index // 26) + chr(65 + index % 26)


def biff8(rows: Rows, sheet: str = "New Sheet1") -> bytes:
    """Write a BIFF8 .xls; None is a cell that is not there."""
    book = xlwt.Workbook()
    page = book.add_sheet(sheet)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                page.write(r, c, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def html_xls(rows: Rows) -> bytes:
    """Write the HTML table that the 公众号 back office names .xls."""
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    head = "<html><head><meta charset='utf-8'></head><body>"
    return f"{head}<table>{lines}</table></body></html>".encode()


def csv_text(rows: Rows, *, encoding: str = "utf-8", newline: str = "\n") -> bytes:
    """Write CSV as 视频号 does: text quoted, numbers bare."""
    lines = (",".join(_csv_cell(cell) for cell in row) for row in rows)
    return "".join(line + newline for line in lines).encode(encoding)


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    return '"' + str(value).replace('"', '""') + '"'


def parquet(columns: dict[str, Any]) -> bytes:
    """Write Parquet from columns, each a list or an Arrow array."""
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def excelize_xlsx(rows: Rows) -> bytes:
    """Write an xlsx as Go Excelize does for 头条: t="str", a wrong dimension, an empty fill."""
    lines = []
    for r, row in enumerate(rows, 1):
        places = [f"{_letters(c)}{r}" for c in range(len(row))]
        cells = "".join(map(_excelize_cell, places, row))
        lines.append(f'<row r="{r}">{cells}</row>')
    parts = {
        "[Content_Types].xml": _TYPES.replace(
            "</Types>",
            '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            '<Override PartName="/xl/styles.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
        ),
        "_rels/.rels": _relations(["officeDocument:xl/workbook.xml"]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ["worksheet:worksheets/sheet1.xml", "styles:styles.xml"]
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill></fill></fills><borders count="1"><border/></borders>'
        "</styleSheet>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><dimension ref="A1"/>'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def _excelize_cell(place: str, value: Any) -> str:
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="str"><v>{escape(value)}</v></c>'
