"""Answers of an interface, saved as JSON -> a grid for each list of records in them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.ingest.container import Container, FileRefused, Grid

Row = dict[str, str]

_MARK = '{"reviewed_at"'
"""How a line of the review log begins, and no error body."""


def read_json(text: str) -> Container:
    """Read one JSON document: an answer, or a list of answers or of records; or the review log.

    Each list of records becomes a grid, named by its path ($.list.details). A record's row holds
    its own values and those of the records around it; its line is its number in that grid.
    Numbers keep their digits as written. Raises FileRefused where there is no record at all, as
    in the error that a back office answers when a download failed.
    """
    if text.lstrip().startswith(_MARK):
        return _read_lines(text)
    try:
        document = json.loads(
            text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_once
        )
        found: dict[str, list[Row]] = {}
        for path, row in _records(document, "$", {}):
            found.setdefault(path, []).append(row)
    except (ValueError, RecursionError):
        raise FileRefused(
            "JSON that cannot be read", "one whole JSON document", "save the answer again"
        ) from None
    if not found:
        raise FileRefused(
            "JSON, as a back office answers when a download failed",
            "records, or a workbook, a CSV, an HTML table or Parquet",
            "export it again",
        )
    return Container("json", tuple(_grid(path, rows) for path, rows in found.items()))


def _read_lines(text: str) -> Container:
    """Read an object a line; a line that is none becomes a row of one cell, which is refused."""
    numbered = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    found = [(number, _object(line)) for number, line in numbered]
    header = list(dict.fromkeys(name for _, row in found if row for name in row))
    rows = [header, *([row.get(n, "") for n in header] if row else ["?"] for _, row in found)]
    return Container("json lines", (Grid(None, rows, [0, *(number for number, _ in found)]),))


def _object(line: str) -> Row | None:
    try:
        found = json.loads(line, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    return _values(found) if isinstance(found, dict) else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name twice in one object")
    return dict(pairs)


def _records(node: Any, path: str, around: Row) -> Iterator[tuple[str, Row]]:
    """Give the rows of every list of records at or below a node, with the paths of the lists."""
    if isinstance(node, list):
        for item in (item for item in node if isinstance(item, dict)):
            row = around | _values(item)
            yield path, row
            yield from _lists(item, path, row)
    elif isinstance(node, dict):
        yield from _lists(node, path, around | _values(node))


def _lists(record: Mapping[str, Any], path: str, row: Row) -> Iterator[tuple[str, Row]]:
    for name, value in record.items():
        if isinstance(value, list | dict):
            inner = f"{path}.{name}"
            if isinstance(value, dict):
                yield from _lists(value, inner, row)
            else:
                yield from _records(value, inner, row)


def _values(record: Mapping[str, Any]) -> Row:
    """Give the plain values of a record; those of an object in it count as its own."""
    values: Row = {}
    for name, value in record.items():
        if isinstance(value, dict):
            values |= _values(value)
        elif not isinstance(value, list):
            values[name] = _text(value)
    return values


def _text(value: str | bool | None) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value or ""


def _grid(path: str, rows: list[Row]) -> Grid:
    header = list(dict.fromkeys(name for row in rows for name in row))
    cells = [header, *([row.get(name, "") for name in header] for row in rows)]
    return Grid(path, cells, range(len(cells)), section=path)
