"""A process of its own that opens workbooks, so that a damaged one cannot take the run with it.

The workbook reader aborts its whole process where a damaged .xls makes it ask for terabytes. This
file is run by path and imports nothing of the pipeline, so it starts in some 50 ms. It reads
`<8 bytes of length><workbook>` from stdin and answers `<8 bytes of length><JSON>` on stdout:
{"sheets": [[name, rows of text], ...]} or {"error": why}.
"""

import io
import json
import sys
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from python_calamine import load_workbook

LARGEST_SHEET = 20_000_000
MOST_ROWS = 200_000
LARGEST_EXACT = 2**53
LARGEST_MEMORY = 4 * 1024**3


def sheets(data: bytes) -> list[tuple[str, list[list[str]]]]:
    """Give each sheet's name and its cells as text, blank first rows and columns included."""
    book = load_workbook(io.BytesIO(data))
    return [(name, _rows(book, name)) for name in book.sheet_names]


def _rows(book: Any, name: str) -> list[list[str]]:
    sheet = book.get_sheet_by_name(name)
    height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    if height > MOST_ROWS:
        raise ValueError(
            f"sheet {name} has {height:,} rows, more than {MOST_ROWS:,}: export a shorter period"
        )
    if height * width > LARGEST_SHEET:
        raise ValueError(
            f"sheet {name} spreads over {height:,} rows and {width:,} columns, "
            f"more than {LARGEST_SHEET:,} cells"
        )
    cells = sheet.to_python(skip_empty_area=False)
    return [[_as_text(cell) for cell in row] for row in cells]


def _as_text(cell: object) -> str:
    """Write a cell as text without losing a digit: 439.0 stays 439.0, days and times are ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and abs(cell) >= LARGEST_EXACT:
        # Digits are lost already: with its exponent the number is still a count, but never an id.
        return format(Decimal(repr(cell)), "e")
    if isinstance(cell, float):
        text = format(Decimal(repr(cell)), "f")
        # A long number keeps its .0 too: an id that became a number is known by it, and refused.
        return text if "." in text else f"{text}.0"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _answer(data: bytes) -> dict[str, Any]:
    try:
        return {"sheets": sheets(data)}
    except BaseException as error:
        # A panic of the Rust reader is a BaseException of its own kind.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return {"error": str(error) or type(error).__name__}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))


def main() -> None:
    """Answer until stdin ends."""
    _limit_memory()
    while size := sys.stdin.buffer.read(8):
        data = sys.stdin.buffer.read(int.from_bytes(size, "big"))
        answer = json.dumps(_answer(data), ensure_ascii=False).encode()
        sys.stdout.buffer.write(len(answer).to_bytes(8, "big") + answer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
