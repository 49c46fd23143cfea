"""Rows of one file that share a key: the same row again, or a contradiction."""

from collections.abc import Sequence

import pyarrow as pa

from pipeline.ingest.convert import Refusal
from pipeline.ingest.source import Source

_PLACE = ("source_sheet", "source_line")


def drop_repeats(source: Source, table: pa.Table) -> tuple[pa.Table, int, list[Refusal]]:
    """Keep the first row of each key.

    A later row with the same values is a repeat, counted and dropped; one with other values is
    refused, naming the line it contradicts. Gives the rows kept, the repeats and the refusals.
    """
    if not _any_key_twice(source.key, table):
        return table, 0, []
    first: dict[tuple[object, ...], int] = {}
    values = [name for name in table.column_names if name not in _PLACE]
    rows = list(zip(*(table[name].to_pylist() for name in values), strict=True))
    keys = list(zip(*(table[name].to_pylist() for name in source.key), strict=True))
    kept: list[int] = []
    refusals: list[Refusal] = []
    for index, key in enumerate(keys):
        earlier = first.setdefault(key, index)
        if earlier == index:
            kept.append(index)
        elif rows[earlier] != rows[index]:
            refusals.append(_contradiction(source, table, key, earlier, index))
    repeated = len(keys) - len(kept) - len(refusals)
    return table.take(pa.array(kept, pa.int64())), repeated, refusals


def _any_key_twice(key: Sequence[str], table: pa.Table) -> bool:
    plain = pa.table({name: _plain(table[name]) for name in key})
    groups = plain.group_by(list(key)).aggregate([([], "count_all")])
    return bool(groups.num_rows < table.num_rows)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Take tokens as the bytes they are: grouping knows no UUID."""
    if column.type == pa.uuid():
        return pa.chunked_array([c.storage for c in column.chunks], pa.binary(16))
    return column


def _contradiction(
    source: Source, table: pa.Table, key: tuple[object, ...], earlier: int, index: int
) -> Refusal:
    tokens = [identity.name for identity in source.identities]
    person = next((table[name][index].as_py() for name in tokens), None)
    shown = [str(part) for name, part in zip(source.key, key, strict=True) if name not in tokens]
    line = table["source_line"][earlier].as_py()
    return Refusal(
        source.name,
        table["source_sheet"][index].as_py(),
        table["source_line"][index].as_py(),
        None,
        ", ".join(shown),
        f"contradicts line {line}: the same {', '.join(source.key)} with other values",
        "one row for each " + ", ".join(source.key),
        str(person) if person else None,
    )
