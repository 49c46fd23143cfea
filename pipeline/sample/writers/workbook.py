"""Workbooks (.xlsx): as Apache POI writes them, and as they look after WPS has saved them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from xml.sax.saxutils import escape

from pipeline.sample.timeline import SHANGHAI
from pipeline.sample.writers.archive import write_archive

Cell = str | int | float | None

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells; a banner fills each cell of row 1, merged; other merged ranges."""

    name: str
    rows: Sequence[Sequence[Cell]]
    banner: str | None = None
    merged: Sequence[str] = ()


class Strings(Protocol):
    """How a container stores text cells."""

    def cell(self, reference: str, value: Cell) -> str:
        """Return the XML of one cell that is not empty."""

    def part(self) -> str:
        """Return the sharedStrings part."""


class InlineStrings:
    """Apache POI streaming: text inside the cell, integers in float clothing."""

    def cell(self, reference: str, value: Cell) -> str:
        """Return the XML of one cell that is not empty."""
        if isinstance(value, str):
            return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        return f'<c r="{reference}" t="n"><v>{float(value or 0)}</v></c>'

    def part(self) -> str:
        """Return the sharedStrings part, which POI leaves empty."""
        return f'{HEAD}<sst xmlns="{MAIN}" count="0" uniqueCount="0"/>'


class SharedStrings:
    """WPS and Excel: text in the shared part, numbers as short as they can be written."""

    def __init__(self) -> None:
        """Start with no strings."""
        self._index: dict[str, int] = {}
        self._uses = 0

    def cell(self, reference: str, value: Cell) -> str:
        """Return the XML of one cell that is not empty."""
        if isinstance(value, str):
            self._uses += 1
            number = self._index.setdefault(value, len(self._index))
            return f'<c r="{reference}" t="s"><v>{number}</v></c>'
        return f'<c r="{reference}"><v>{value:g}</v></c>'

    def part(self) -> str:
        """Return the sharedStrings part."""
        items = "".join(
            f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self._index
        )
        counts = f'count="{self._uses}" uniqueCount="{len(self._index)}"'
        return f'{HEAD}<sst xmlns="{MAIN}" {counts}>{items}</sst>'


def write_poi_workbook(path: Path, sheets: Sequence[Sheet], exported_at: datetime) -> None:
    """Write sheets as the platform does: inline strings, banner kept, column width 25, height 20.

    `exported_at` is Shanghai wall time; docProps/core.xml states it in UTC as dcterms:created.
    """
    _write(path, sheets, exported_at, InlineStrings(), "Apache POI")


def write_resaved_workbook(path: Path, sheets: Sequence[Sheet], saved_at: datetime) -> None:
    """Write sheets as after a save in WPS: shared strings, and the person deleted the banner."""
    bare = [Sheet(sheet.name, sheet.rows) for sheet in sheets]
    _write(path, bare, saved_at, SharedStrings(), "WPS 表格")


def write_text_workbook(path: Path, sheet: Sheet, exported_at: datetime) -> None:
    """Write one sheet as Go libraries do (抖音, 百家号): the cells are given as text."""
    _write(path, [sheet], exported_at, SharedStrings(), "Go XLSX")


def _write(
    path: Path, sheets: Sequence[Sheet], moment: datetime, strings: Strings, creator: str
) -> None:
    bodies = {
        f"xl/worksheets/sheet{number}.xml": _sheet(sheet, strings)
        for number, sheet in enumerate(sheets, start=1)
    }
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core(moment, creator),
        "xl/sharedStrings.xml": strings.part(),
        "xl/styles.xml": _styles(),
        "xl/workbook.xml": _workbook([sheet.name for sheet in sheets]),
        "xl/_rels/workbook.xml.rels": _workbook_relations(len(sheets)),
    }
    write_archive(path, parts | bodies)


def column_letter(number: int) -> str:
    """Return the letters of a column: 0 -> A, 26 -> AA."""
    first = column_letter(number // 26 - 1) if number >= 26 else ""
    return first + chr(ord("A") + number % 26)


def _sheet(sheet: Sheet, strings: Strings) -> str:
    width = max(len(row) for row in sheet.rows)
    rows: list[Sequence[Cell]] = list(sheet.rows)
    ranges = list(sheet.merged)
    if sheet.banner is not None:
        rows.insert(0, [sheet.banner] * width)
        last = column_letter(width - 1)
        ranges.append(f"A1:{last}1")
    cells = "".join(f'<mergeCell ref="{reference}"/>' for reference in ranges)
    merge = f'<mergeCells count="{len(ranges)}">{cells}</mergeCells>' if ranges else ""
    body = "".join(_row(number, row, strings) for number, row in enumerate(rows, start=1))
    columns = f'<cols><col min="1" max="{width}" width="25.0" customWidth="true"/></cols>'
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetFormatPr defaultRowHeight="20.0"/>{columns}'
        f"<sheetData>{body}</sheetData>{merge}</worksheet>"
    )


def _row(number: int, row: Sequence[Cell], strings: Strings) -> str:
    cells = "".join(
        strings.cell(f"{column_letter(column)}{number}", value)
        for column, value in enumerate(row)
        if value is not None
    )
    return f'<row r="{number}" ht="20.0" customHeight="true">{cells}</row>'


def _content_types(sheets: int) -> str:
    overrides = [
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/xl/sharedStrings.xml", f"{SHEET_TYPE}.sharedStrings+xml"),
        ("/xl/styles.xml", f"{SHEET_TYPE}.styles+xml"),
        ("/xl/workbook.xml", f"{SHEET_TYPE}.sheet.main+xml"),
        *(
            (f"/xl/worksheets/sheet{number}.xml", f"{SHEET_TYPE}.worksheet+xml")
            for number in range(1, sheets + 1)
        ),
    ]
    defaults = (
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    parts = "".join(f'<Override PartName="{p}" ContentType="{kind}"/>' for p, kind in overrides)
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{defaults}{parts}</Types>'


def _package_relations() -> str:
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    return (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/></Relationships>'
    )


def _core(moment: datetime, creator: str) -> str:
    utc = moment.replace(tzinfo=SHANGHAI).astimezone(UTC)
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{utc:%Y-%m-%dT%H:%M:%SZ}</dcterms:created>'
        f"<dc:creator>{creator}</dc:creator></cp:coreProperties>"
    )


def _styles() -> str:
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}">'
        '<fonts count="1"><font><sz val="11.0"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="darkGray"/></fill></fills>'
        "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellXfs count="1">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
    )


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" r:id="rId{number}" sheetId="{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _workbook_relations(sheets: int) -> str:
    targets = [(f"worksheets/sheet{number}.xml", "worksheet") for number in range(1, sheets + 1)]
    targets += [("sharedStrings.xml", "sharedStrings"), ("styles.xml", "styles")]
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'
