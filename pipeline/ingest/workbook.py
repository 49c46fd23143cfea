"""Workbooks: xlsx and BIFF8 .xls, each sheet a grid of text."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from python_calamine import load_workbook

from pipeline.ingest.container import Container, FileRefused, Grid
from pipeline.periods import SHANGHAI

LARGEST_UNZIPPED = 512 * 1024**2
LARGEST_RATIO = 200
LARGEST_SHEET = 20_000_000
_CREATED = re.compile(rb"<dcterms:created[^>]*>([^<]+)</dcterms:created>")
_PLACE = re.compile(rb'<(?:\w+:)?(?:c|row) (?:[^>]*? )?r="([A-Z]{0,3})([0-9]{1,7})"')


def read_xlsx(data: bytes) -> Container:
    """Read an xlsx workbook, with the moment it was created from docProps/core.xml."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bombs(archive)
            created = _created(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _damaged(str(error)) from None
    return Container("xlsx", _grids(data), created)


def read_xls(data: bytes) -> Container:
    """Read a BIFF8 workbook."""
    return Container("xls", _grids(data))


def _damaged(why: str) -> FileRefused:
    return FileRefused(
        f"a workbook that cannot be read ({why})",
        "a whole workbook without a password",
        "export it again",
    )


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that unpacks, or a sheet that spreads, beyond what an export ever does."""
    parts = archive.infolist()
    unzipped = sum(part.file_size for part in parts)
    zipped = sum(part.compress_size for part in parts) or 1
    small = unzipped < 16 * 1024**2
    if unzipped > LARGEST_UNZIPPED or (unzipped / zipped > LARGEST_RATIO and not small):
        raise FileRefused(
            f"a workbook that unpacks to {unzipped:,} bytes",
            f"at most {LARGEST_UNZIPPED:,}",
            "export it again, or a shorter period",
        )
    for part in parts:
        if part.filename.startswith("xl/worksheets/"):
            _refuse_spread(part.filename, archive.read(part))


def _refuse_spread(name: str, xml: bytes) -> None:
    # A reader lays a sheet out as a full rectangle: two cells far apart can ask for all memory.
    width = height = 1
    for match in _PLACE.finditer(xml):
        height = max(height, int(match[2]))
        width = max(width, _column_number(match[1]))
    if width * height > LARGEST_SHEET:
        raise FileRefused(
            f"{name} spread over {height:,} rows and {width:,} columns",
            f"at most {LARGEST_SHEET:,} cells",
            "export it again, and do not edit it by hand",
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _created(archive: zipfile.ZipFile) -> datetime | None:
    if "docProps/core.xml" not in archive.namelist():
        return None
    match = _CREATED.search(archive.read("docProps/core.xml"))
    if match is None:
        return None
    try:
        stamp = datetime.fromisoformat(match[1].decode().strip())
    except (UnicodeDecodeError, ValueError):
        return None
    if stamp.tzinfo is None:
        stamp = stamp.replace(tzinfo=UTC)
    return stamp.astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0)


def _grids(data: bytes) -> tuple[Grid, ...]:
    try:
        book = load_workbook(io.BytesIO(data))
        return tuple(_grid(book, name) for name in book.sheet_names)
    except BaseException as error:
        # The reader is Rust: a panic on a hostile file is a BaseException of its own kind.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise _damaged(str(error)) from None
        raise


def _grid(book: Any, name: str) -> Grid:
    cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows = [[_as_text(cell) for cell in row] for row in cells]
    return Grid(name, rows, range(1, len(rows) + 1))


def _as_text(cell: object) -> str:
    """Write a cell as text without losing a digit: 439.0 stays 439.0, days and times are ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return format(Decimal(repr(cell)), "f")
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
