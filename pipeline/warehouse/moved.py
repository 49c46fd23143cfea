"""Keys that were delivered under more than one day, and the rows that count for them.

An event delivered again may have another moment, on another day: each day's part would keep its
own. Each part therefore carries the hash of its keys; keys that stand in several parts are taken
out of all of them and worked out together, by the same query. Only keys of parts that changed are
looked for, so a night costs one pass over one column.
"""

from collections.abc import Sequence
from dataclasses import replace

import duckdb
import pyarrow.parquet as pq

from pipeline.warehouse import duckdb_engine
from pipeline.warehouse.lake import Dataset
from pipeline.warehouse.model import Model
from pipeline.warehouse.parts import KEY, Part

_HASHES_A_PASS = 20_000_000
"""So many hashes are grouped at once; more are taken in slices, to bound the memory."""


def keys_table(model: Model) -> str:
    """Name the table of the key hashes that stand in several parts."""
    return f"parts.{model.table}_moved"


def rows_table(model: Model) -> str:
    """Name the table of the rows that count for those keys."""
    return f"parts.{model.table}_resolved"


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
    files = [str(part.file) for part in parts]
    connection.execute(f"create or replace table {keys_table(model)} ({KEY} ubigint)")
    if changed is None:
        total = sum(pq.read_metadata(file).num_rows for file in files)
        for number in range(slices := 1 + total // _HASHES_A_PASS):
            _add_moved(connection, model, files, f"{KEY} % {slices} = {number}", [])
    else:
        candidates = (
            f"{KEY} in (select {KEY} from previous.{keys_table(model)}"
            f" union all select {KEY} from read_parquet(?))"
        )
        some = [str(part.file) for part in (*changed, parts[-1])]
        _add_moved(connection, model, files, candidates, [some])
    _resolve_rows(connection, model, dataset, parts)


def without_moved(model: Model, rows: str) -> str:
    """Give the query of all parts' rows, moved keys replaced by what was worked out for them."""
    return (
        f"select * exclude ({KEY}) from ({rows})"
        f" where {KEY} not in (select {KEY} from {keys_table(model)})"
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
        f"insert into {keys_table(model)} select {KEY} from read_parquet(?) where {which}"
        f" group by {KEY} having count(*) > 1 order by {KEY}",
        [files, *values],
    )


def _resolve_rows(
    connection: duckdb.DuckDBPyConnection, model: Model, dataset: Dataset, parts: Sequence[Part]
) -> None:
    is_moved = f"(select {KEY} from {keys_table(model)})"
    held = connection.execute(
        f"select distinct filename from read_parquet(?, filename = true) where {KEY} in {is_moved}",
        [[str(part.file) for part in parts]],
    ).fetchall()
    holders = {name for (name,) in held}
    reads = [file for part in parts if str(part.file) in holders for file in part.reads]
    duckdb_engine.show_lake(
        connection, model.dataset, (dataset.schema, *reads), f"hash({model.moves}) in {is_moved}"
    )
    duckdb_engine.create(connection, replace(model, consent=None), rows_table(model))
