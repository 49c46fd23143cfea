"""What moved between two published databases: another definition, or other data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.analysts.tables import SCHEMA, Table, tables
from pipeline.databases import opened


@dataclass(frozen=True)
class Moved:
    """What is otherwise in a table: a column's cells, or (column None) rows that came or went.

    cells: so many of them, of so many rows that both databases have; for rows, of those before.
    largest: the greatest relative change of a number; None where it is none, or was nothing.
    """

    table: str
    column: str | None
    cells: int
    rows: int
    largest: float | None = None


def compare(before: Path, after: Path, grains: Mapping[str, Sequence[str]]) -> list[Moved]:
    """Compare the published tables of two databases cell by cell, by table and column.

    grains: what makes a row of each table unique, by its name without the schema. Doubles count as
    equal to nine digits. Columns that only one of them has are left out. InputError where one of
    the databases cannot be opened.
    """
    old = {table.name: table for table in tables(before)}
    new = tables(after)
    with opened(after, before.parent) as connection:
        _attach(connection, before)
        return [
            moved
            for table in new
            if table.name in old and table.name in grains
            for moved in _moved(connection, table, old[table.name], grains[table.name])
        ]


def _attach(connection: duckdb.DuckDBPyConnection, before: Path) -> None:
    file = str(before.absolute()).replace("'", "''")
    connection.execute(f"attach '{file}' as before (read_only)")


def _moved(
    connection: duckdb.DuckDBPyConnection, table: Table, old: Table, grain: Sequence[str]
) -> Iterator[Moved]:
    keys = " and ".join(f'a."{key}" is not distinct from b."{key}"' for key in grain) or "true"
    now, then = f"{SCHEMA}.{table.name}", f"before.{SCHEMA}.{table.name}"
    pairs = f"{now} as a inner join {then} as b on {keys}"
    both, came, went = _counts(connection, pairs, now, then)
    if came or went:
        yield Moved(table.name, None, came + went, both + went)
    kinds = {column.name: column.kind for column in old.columns}
    for column in table.columns:
        if column.name in grain or column.name not in kinds:
            continue
        is_number = column.kind.startswith(("BIGINT", "INTEGER", "DECIMAL", "DOUBLE"))
        cells, largest = _cells(connection, pairs, column.name, is_number and both > 0)
        if cells:
            yield Moved(table.name, column.name, cells, both, largest)


def _counts(
    connection: duckdb.DuckDBPyConnection, pairs: str, now: str, then: str
) -> tuple[int, int, int]:
    ((both, after, before),) = connection.execute(
        f"select (select count(*) from {pairs}), (select count(*) from {now}),"
        f" (select count(*) from {then})"
    ).fetchall()
    return both, after - both, before - both


def _cells(
    connection: duckdb.DuckDBPyConnection, pairs: str, name: str, is_number: bool
) -> tuple[int, float | None]:
    new, old = f'a."{name}"', f'b."{name}"'
    differs = f"{new} is distinct from {old}"
    largest = "null"
    if is_number:
        size = f"greatest(abs({new}), abs({old}))"
        differs += f" and not coalesce(abs({new} - {old}) <= 1e-9 * {size}, false)"
        largest = f"max(abs(cast({new} as double) / nullif({old}, 0) - 1))"
    ((cells, change),) = connection.execute(
        f"select count(*), {largest} from {pairs} where {differs}"
    ).fetchall()
    return cells, change
