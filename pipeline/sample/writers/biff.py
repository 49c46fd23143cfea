"""BIFF8 workbooks (.xls), as the 公众号 back office downloads content numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigurationError
from pipeline.sample.writers.workbook import Cell

SHEET = "New Sheet1"
TITLE_ROW = 1  # row 0 is blank in these files


@dataclass(frozen=True)
class Block:
    """A table placed at a column: its title above, then header and rows."""

    column: int
    title: str
    rows: Sequence[Sequence[Cell]]


def write_biff(path: Path, blocks: Sequence[Block]) -> None:
    """Write the blocks side by side on one sheet; column A stays blank.

    Raises ConfigurationError when the package xlwt is not installed.
    """
    cells: list[tuple[int, int, Cell]] = []
    for block in blocks:
        cells.append((TITLE_ROW, block.column, block.title))
        cells += _cells(block.rows, TITLE_ROW + 1, block.column)
    _save(path, cells)


def write_biff_rows(path: Path, rows: Sequence[Sequence[Cell]]) -> None:
    """Write rows from the first cell on; None is a cell that is not there.

    Raises ConfigurationError when the package xlwt is not installed.
    """
    _save(path, _cells(rows, 0, 0))


def _cells(
    rows: Sequence[Sequence[Cell]], first_row: int, first_column: int
) -> list[tuple[int, int, Cell]]:
    return [
        (down, first_column + across, value)
        for down, row in enumerate(rows, start=first_row)
        for across, value in enumerate(row)
        if value is not None
    ]


def _save(path: Path, cells: Sequence[tuple[int, int, Cell]]) -> None:
    try:
        import xlwt
    except ImportError as missing:
        raise ConfigurationError(
            "样例的 .xls 由 xlwt 写，尚未安装 · xlwt is not installed;"
            " run: pip install 'follower-funnel[sample]'"
        ) from missing
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(SHEET)
    for down, across, value in cells:
        sheet.write(down, across, value)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(path))
