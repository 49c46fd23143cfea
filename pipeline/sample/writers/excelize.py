"""Workbooks as Go Excelize writes them for 今日头条: openpyxl cannot open their empty fill."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from pipeline.sample.writers.archive import write_archive
from pipeline.sample.writers.workbook import (
    HEAD,
    MAIN,
    OFFICE,
    PACKAGE,
    SHEET_TYPE,
    Cell,
    column_letter,
)

PARTS = {"xl/workbook.xml": "sheet.main", "xl/worksheets/sheet1.xml": "worksheet"}
STYLES = (
    '<fonts count="1"><font/></fonts><fills count="1"><fill></fill></fills>'
    '<borders count="1"><border/></borders>'
)


def write_excelize(path: Path, rows: Sequence[Sequence[Cell]]) -> None:
    """Write one sheet: text as t="str", the dimension A1 whatever there is, an empty fill."""
    body = "".join(_row(number, row) for number, row in enumerate(rows, start=1))
    types = "".join(
        f'<Override PartName="/{part}" ContentType="{SHEET_TYPE}.{kind}+xml"/>'
        for part, kind in (PARTS | {"xl/styles.xml": "styles"}).items()
    )
    defaults = (
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{defaults}{types}</Types>',
        "_rels/.rels": _relations({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml"}
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/>'
        f"<sheetData>{body}</sheetData></worksheet>",
    }
    write_archive(path, {name: HEAD + text for name, text in parts.items()})


def _row(number: int, row: Sequence[Cell]) -> str:
    cells = "".join(
        _cell(f"{column_letter(column)}{number}", value)
        for column, value in enumerate(row)
        if value is not None
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(reference: str, value: Cell) -> str:
    if isinstance(value, str):
        return f'<c r="{reference}" t="str"><v>{escape(value)}</v></c>'
    return f'<c r="{reference}"><v>{value}</v></c>'


def _relations(targets: dict[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'
