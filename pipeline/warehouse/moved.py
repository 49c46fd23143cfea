"""Keys that were delivered under more than one day, and the rows that count for them.

An event delivered again may have another moment, on another day: each day's part would keep its
own. A file of key hashes lies beside each part; keys that stand in several of them are taken out
of all parts and worked out together, by the same query. Only keys of parts that changed are looked
for, so a night costs one pass over the hashes, not over the rows.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipeline.warehouse import duckdb_engine
from pipeline.warehouse.lake import Dataset
from pipeline.warehouse.model import Model
from pipeline.warehouse.parts import Part, written

_HASHES_A_PASS = 20_000_000
"""So many hashes are grouped at once; more are taken in slices, to bound the memory."""


def key_file(part: Part) -> Path:
    """Give the file of key hashes beside a part."""
    return part.file.with_suffix(".keys")


def keys_table(model: Model) -> str:
    """Name the table of the key hashes that stand in several parts."""
    return f"parts.{model.table}_moved"


def rows_table(model: Model) -> str:
    """Name the table of the rows that count for those keys."""
    return f"parts.{model.table}_resolved"


def write_keys(connection: duckdb.DuckDBPyConnection, model: Model, part: Part) -> None:
    """Write the hashes of the keys that the lake holds for a part, before the part itself."""
    keys = f"select distinct hash({model.moves}) as key from lake.{model.dataset} order by 1"
    with written(key_file(part)) as draft:
        connection.execute(
            f"copy ({keys}) to {duckdb_engine.text(draft)} (format parquet, compression zstd)"
        )


def resolve(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    dataset: Dataset,
    parts: Sequence[Part],
    changed: Sequence[Part] | None,
) -> None:
    """Make the tables of moved keys and of their rows.

    `changed` are the parts that the previous database (attached as `previous`) did not have; None
    where there is no such database, and every key is compared with every other.
    """
    files = [str(key_file(part)) for part in parts]
    connection.execute(f"create or replace table {keys_table(model)} (key ubigint)")
    if changed is None:
        total = sum(pq.read_metadata(file).num_rows for file in files)
        for number in range(slices := 1 + total // _HASHES_A_PASS):
            _add_moved(connection, model, files, f"key % {slices} = {number}", [])
    else:
        candidates = (
            f"key in (select key from previous.{keys_table(model)}"
            " union all select key from read_parquet(?))"
        )
        some = [str(key_file(part)) for part in (*changed, parts[-1])]
        _add_moved(connection, model, files, candidates, [some])
    _resolve_rows(connection, model, dataset, parts)


def without_moved(model: Model, rows: str) -> str:
    """Give the query of all parts' rows, moved keys replaced by what was worked out for them."""
    return (
        f"{rows} and hash({model.moves}) not in (select key from {keys_table(model)})"
        f" union all select * from {rows_table(model)}"
    )


def _add_moved(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    files: list[str],
    which: str,
    values: list[list[str]],
) -> None:
    connection.execute(
        f"insert into {keys_table(model)} select key from read_parquet(?) where {which}"
        " group by key having count(*) > 1 order by key",
        [files, *values],
    )


def _resolve_rows(
    connection: duckdb.DuckDBPyConnection, model: Model, dataset: Dataset, parts: Sequence[Part]
) -> None:
    is_moved = f"(select key from {keys_table(model)})"
    held = connection.execute(
        f"select distinct filename from read_parquet(?, filename = true) where key in {is_moved}",
        [[str(key_file(part)) for part in parts]],
    ).fetchall()
    holders = {name for (name,) in held}
    reads = [file for part in parts if str(key_file(part)) in holders for file in part.reads]
    duckdb_engine.show_lake(
        connection, model.dataset, (dataset.schema, *reads), f"hash({model.moves}) in {is_moved}"
    )
    duckdb_engine.create(connection, replace(model, consent=None), rows_table(model))
