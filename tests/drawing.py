"""Tables drawn as text: a header, one row a line, columns parted by `|`."""

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal


def drawn(drawing: str) -> tuple[list[str], list[list[str | None]]]:
    """Read a drawing: the column names and the rows as text; an empty cell is null.

    `''` is an empty text. Lines of dashes are passed over.
    """
    lines = [line.strip() for line in drawing.strip().splitlines()]
    lines = [line for line in lines if line.strip("-+ ")]
    names, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    for row in rows:
        assert len(row) == len(names), f"{len(row)} cells under {len(names)} columns: {row}"
    return names, [[_value(cell) for cell in row] for row in rows]


def shown(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Draw rows again, so that a failed comparison reads like the drawing it failed on."""
    table = [list(names), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[i]) for row in table) for i in range(len(names))]
    return "\n".join(
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    )


def _value(cell: str) -> str | None:
    if not cell:
        return None
    return "" if cell == "''" else cell


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}" if math.isfinite(value) else str(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
