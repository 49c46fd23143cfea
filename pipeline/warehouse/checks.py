"""What must hold before a database is published: grain, notes, and the rules in sql/checks/."""

from collections.abc import Sequence

import duckdb

from pipeline.errors import ModelError
from pipeline.warehouse.model import Check, Model

SHOWN = 5
_PERSONAL = "_token"
"""How the name of a column of persons ends, customers or merchants."""


def check_notes(model: Model) -> None:
    """Refuse a published model with a column that has no note, or with a header naming none."""
    bare = [name for name, note in model.columns.items() if not note]
    if bare:
        raise ModelError(
            f"{model.name}: no note beside {', '.join(bare)}; each column is explained"
        )
    named = {*model.grain, *model.places, *model.persons}
    named.update(name for companions in model.persons.values() for name in companions)
    unknown = sorted(named - model.columns.keys())
    if unknown:
        raise ModelError(f"{model.name}: its header names {', '.join(unknown)}, no column of it")
    for name in model.columns:
        if name.endswith(_PERSONAL):
            raise ModelError(
                f"{model.name}: publishes {name}; tokens stay in the analysis database"
            )


def grain(model: Model, rows: str = "") -> Check:
    """Give the check that no two rows of a table share the grain its header declares.

    `rows` is a query of a part of the table.
    """
    table = f"({rows})" if rows else model.name
    if not model.grain:
        rule = f"select count(*) as rows from {table} having count(*) <> 1"
    else:
        names = ", ".join(f'"{name}"' for name in model.grain)
        rule = (
            f"select {names}, count(*) as rows from {table} group by {names}"
            f" having count(*) > 1 order by {names}"
        )
    said = ", ".join(model.grain) or "one row"
    return Check(f"{model.name}__grain", f"a row is unique by {said}", rule)


def run(connection: duckdb.DuckDBPyConnection, check: Check) -> None:
    """Run one check; ModelError gives its rule and the first rows that break it."""
    try:
        found = connection.execute(check.sql)
        columns = [column[0] for column in found.description or []]
        rows = found.fetchall()
    except duckdb.Error as error:
        raise ModelError(f"check {check.name}: {error}") from None
    refuse(check, columns, len(rows), rows[:SHOWN])


def refuse(
    check: Check, columns: Sequence[str], count: int, first: Sequence[Sequence[object]]
) -> None:
    """Raise ModelError for `count` rows that break a check, showing the `first` of them."""
    if not count:
        return
    shown = [
        "    "
        + ", ".join(
            f"{c} = {v}" for c, v in zip(columns, row, strict=True) if not c.endswith(_PERSONAL)
        )
        for row in first
    ]
    raise ModelError(
        f"检查没有通过 · check {check.name} failed: {check.rule}\n"
        f"  不符的前几行 · {count:,} rows break it, the first of them:\n"
        + "\n".join(shown)
        + "\n  已发布的库保持原样：请改正数据或模型后重新运行 funnel build"
        " · the published database is as it was; correct the data or the model and build again"
    )
