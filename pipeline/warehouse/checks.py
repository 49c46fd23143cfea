"""What must hold before a database is published: grain, notes, and the rules in sql/checks/."""

import duckdb

from pipeline.errors import ModelError
from pipeline.warehouse.model import Check, Model

_SHOWN = 5
_PERSONAL = "customer_token"


def check_notes(model: Model) -> None:
    """Refuse a published model with a column that has no note, or with a header naming none."""
    bare = [name for name, note in model.columns.items() if not note]
    if bare:
        raise ModelError(
            f"{model.name}: no note beside {', '.join(bare)}; each column is explained"
        )
    named = {*model.grain, *model.nested, *model.persons}
    named.update(name for companions in model.persons.values() for name in companions)
    unknown = sorted(named - model.columns.keys())
    if unknown:
        raise ModelError(f"{model.name}: its header names {', '.join(unknown)}, no column of it")
    if _PERSONAL in model.columns:
        raise ModelError(
            f"{model.name}: publishes {_PERSONAL}; tokens stay in the analysis database"
        )


def check_grain(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Refuse a table in which two rows share the grain its header declares."""
    if not model.grain:
        rule = f"select count(*) as rows from {model.name} having count(*) <> 1"
    else:
        grain = ", ".join(f'"{name}"' for name in model.grain)
        rule = (
            f"select {grain}, count(*) as rows from {model.name} group by {grain}"
            f" having count(*) > 1 order by {grain}"
        )
    said = ", ".join(model.grain) or "one row"
    _refuse_rows(connection, f"{model.name}__grain", f"a row is unique by {said}", rule)


def run(connection: duckdb.DuckDBPyConnection, check: Check) -> None:
    """Run one check; ModelError gives its rule and the first rows that break it."""
    _refuse_rows(connection, check.name, check.rule, check.sql)


def _refuse_rows(connection: duckdb.DuckDBPyConnection, name: str, rule: str, sql: str) -> None:
    try:
        found = connection.execute(sql)
        columns = [column[0] for column in found.description or []]
        rows = found.fetchall()
    except duckdb.Error as error:
        raise ModelError(f"check {name}: {error}") from None
    if not rows:
        return
    shown = [
        "    "
        + ", ".join(f"{c} = {v}" for c, v in zip(columns, row, strict=True) if c != _PERSONAL)
        for row in rows[:_SHOWN]
    ]
    raise ModelError(
        f"check {name} failed: {rule}\n  {len(rows):,} rows break it, the first of them:\n"
        + "\n".join(shown)
        + "\n  the published database is as it was; correct the data or the model and build again"
    )
