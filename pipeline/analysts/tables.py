"""The published tables: their names and columns, with what the database says of them."""

import difflib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pipeline.databases import opened
from pipeline.errors import InputError

SCHEMA = "published"


@dataclass(frozen=True)
class Column:
    """A column: its name, its type in the database's words, and its note."""

    name: str
    kind: str
    note: str


@dataclass(frozen=True)
class Table:
    """A published table with what a row of it is; `name` comes without the schema."""

    name: str
    purpose: str
    columns: tuple[Column, ...]


def tables(database: Path) -> list[Table]:
    """Give every published table of a database, by name. InputError where there is none."""
    columns: dict[str, list[Column]] = defaultdict(list)
    with opened(database) as connection:
        for name, column, kind, note in connection.execute(
            "select table_name, column_name, data_type, comment from duckdb_columns()"
            " where schema_name = ? order by table_name, column_index",
            [SCHEMA],
        ).fetchall():
            columns[name].append(Column(column, kind, note or ""))
        return [
            Table(name, purpose or "", tuple(columns[name]))
            for name, purpose in connection.execute(
                "select table_name, comment from duckdb_tables() where schema_name = ? order by 1",
                [SCHEMA],
            ).fetchall()
        ]


def table(database: Path, name: str) -> Table:
    """Give one table, named with the schema or without; InputError names those like it."""
    found = {each.name: each for each in tables(database)}
    wanted = name.removeprefix(f"{SCHEMA}.")
    if wanted not in found:
        near = difflib.get_close_matches(wanted, found, n=3, cutoff=0.4)
        raise InputError(
            f"没有已发布的表 {name}（no such published table）；"
            f"{'相近的有' if near else '现有'} {', '.join(near or sorted(found))}"
        )
    return found[wanted]
