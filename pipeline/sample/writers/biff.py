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
    try:
        import xlwt
    except ImportError as missing:
        raise ConfigurationError(
            "the sample's .xls files are written by xlwt, which is not installed;"
            " run: pip install 'follower-funnel[sample]'"
        ) from missing
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(SHEET)
    for block in blocks:
        sheet.write(TITLE_ROW, block.column, block.title)
        for down, row in enumerate(block.rows, start=TITLE_ROW + 1):
            for across, value in enumerate(row):
                if value is not None:
                    sheet.write(down, block.column + across, value)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(path))
