"""Keys that were delivered under more than one day, and the rows that count for them.

An event delivered again may have another moment, on another day: each day's part would keep its
own. Each part therefore carries the hash of its keys; keys that stand in several parts are taken
out of all of them and worked out together, by the same query. Only keys of parts that changed are
looked for, so a night costs one pass over one column.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipeline.warehouse import duckdb_engine
from pipeline.warehouse.lake import Dataset, digest
from pipeline.warehouse.lake_parts import KEY, files
from pipeline.warehouse.model import Model
from pipeline.warehouse.parts import Part
from pipeline.warehouse.spans import Span

_HASHES_A_PASS = 20_000_000
"""So many hashes are grouped at once; more are taken in slices, to bound the memory."""


@dataclass(frozen=True)
class Moved:
    """What stands for the rows that parts lose, and for those that the days gain instead."""

    model: Model
    lost: Mapping[Path, str]
    gained: Mapping[dt.date, str]

    def stamp(self, parts: Iterable[Part], days: Span) -> str:
        """Stand for what moved of some parts, which cover some days."""
        lost = [self.lost.get(part.file, "") for part in parts]
        gained = [f"{day} {self.gained[day]}" for day in sorted(self.gained) if days.holds(day)]
        return digest(*lost, *gained)

    def query(self, parts: Iterable[Part], where: str = "true") -> str:
        """Give the query of parts' rows, moved keys replaced by what was worked out for them."""
        found = files(parts)
        whole = [file for file in found if file not in self.lost]
        selects = [duckdb_engine.select_files(whole, where)] if whole else []
        if losing := [file for file in found if file in self.lost]:
            kept = f"{KEY} not in (select {KEY} from {_keys(self.model)}) and ({where})"
            selects.append(duckdb_engine.select_files(losing, kept))
        return (
            f"select * exclude ({KEY}) from ({' union all '.join(selects)})"
            f" union all select * from {_rows(self.model)} where {where}"
        )


def resolve(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    dataset: Dataset,
    parts: Mapping[Part, Sequence[Path]],
    changed: Sequence[Part] | None,
) -> Moved:
    """Make the tables of moved keys and of their rows.

    `parts` come with the files of the lake they are made of. `changed` are those that the previous
    database (attached as `previous`) did not have; None where there is no such database, and every
    key is compared with every other.
    """
    names = [str(file) for file in files(parts)]
    connection.execute(f"create or replace table {_keys(model)} ({KEY} ubigint)")
    if changed is None:
        total = sum(part.made.rows for part in parts)
        for number in range(slices := 1 + total // _HASHES_A_PASS):
            _add_moved(connection, model, names, f"{KEY} % {slices} = {number}", [])
    else:
        candidates = (
            f"{KEY} in (select {KEY} from previous.{_keys(model)}"
            f" union all select {KEY} from read_parquet(?))"
        )
        some = [*(str(part.file) for part in changed if part.made.rows), names[-1]]
        _add_moved(connection, model, names, candidates, [some])
    lost = _lost(connection, model, names)
    reads = [file for part in parts if part.file in lost for file in parts[part]]
    return Moved(model, lost, _gained(connection, model, dataset, reads))


def elsewhere(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    dataset: Dataset,
    before: Sequence[Path],
    delivered: Sequence[Path],
    kept: Sequence[Path],
) -> set[Path]:
    """Give the kept parts that hold a key of parts `before`, or of files delivered for new ones.

    A row of theirs may count no longer, or again.
    """
    if not kept:
        return set()
    duckdb_engine.show_lake(connection, model.dataset, (dataset.schema, *delivered))
    keys = f"select hash({model.moves}) from lake.{model.dataset}"
    if before:
        old = ", ".join(duckdb_engine.text(file) for file in before)
        keys += f" union select {KEY} from read_parquet([{old}])"
    found = connection.execute(
        f"select distinct filename from read_parquet(?, filename = true) where {KEY} in ({keys})",
        [[str(file) for file in kept]],
    ).fetchall()
    return {Path(name) for (name,) in found}


def _keys(model: Model) -> str:
    return f"parts.{model.table}_moved"


def _rows(model: Model) -> str:
    return f"parts.{model.table}_resolved"


def _add_moved(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    names: list[str],
    which: str,
    values: list[list[str]],
) -> None:
    connection.execute(
        f"insert into {_keys(model)} select {KEY} from read_parquet(?) where {which}"
        f" group by {KEY} having count(*) > 1 order by {KEY}",
        [names, *values],
    )


def _lost(connection: duckdb.DuckDBPyConnection, model: Model, names: list[str]) -> dict[Path, str]:
    if not duckdb_engine.count(connection, _keys(model)):
        return {}
    found = connection.execute(
        f"select filename, sum({KEY})::varchar from read_parquet(?, filename = true)"
        f" where {KEY} in (select {KEY} from {_keys(model)}) group by filename",
        [names],
    ).fetchall()
    return {Path(name): keys for name, keys in found}


def _gained(
    connection: duckdb.DuckDBPyConnection, model: Model, dataset: Dataset, reads: Sequence[Path]
) -> dict[dt.date, str]:
    is_moved = f"hash({model.moves}) in (select {KEY} from {_keys(model)})"
    duckdb_engine.show_lake(connection, model.dataset, (dataset.schema, *reads), is_moved)
    duckdb_engine.create(connection, replace(model, consent=None), _rows(model))
    return {
        day: content for day, _, content in duckdb_engine.contents(connection, _rows(model), "day")
    }
