"""Withhold small cells in a table that has just been built, before anything reads it.

What is derived across rows (a change, a step rate) is computed by models that read the protected
table, so a withheld number cannot come back through them.
"""

from collections import defaultdict

import duckdb

from pipeline.privacy.small_cells import Path, withheld
from pipeline.warehouse.model import Model


def protect(connection: duckdb.DuckDBPyConnection, model: Model, k: int) -> None:
    """Set person counts under k, and what goes with them, to NULL; name them in `suppressed`."""
    named: dict[int, list[str]] = defaultdict(list)
    for column in model.persons:
        for row in _rows_to_withhold(connection, model, column, k):
            named[row].append(column)
    for column, companions in model.persons.items():
        rows = [row for row, columns in named.items() if column in columns]
        gone = ", ".join(f'"{name}" = null' for name in (column, *companions))
        connection.execute(
            f"update {model.name} set {gone} where rowid in (select unnest(?::bigint[]))", [rows]
        )
    for columns_text in sorted({",".join(columns) for columns in named.values()}):
        rows = [row for row, columns in named.items() if ",".join(columns) == columns_text]
        connection.execute(
            f"update {model.name} set suppressed = ? where rowid in (select unnest(?::bigint[]))",
            [columns_text, rows],
        )


def _rows_to_withhold(
    connection: duckdb.DuckDBPyConnection, model: Model, column: str, k: int
) -> list[int]:
    group = [name for name in model.grain if name not in model.nested]
    wanted = ", ".join(f'"{name}"' for name in (column, *model.nested, *group))
    cells = connection.execute(
        f'select rowid, {wanted} from {model.name} where "{column}" is not null order by rowid'
    ).fetchall()
    trees: dict[tuple[object, ...], dict[Path, int]] = defaultdict(dict)
    rows: dict[tuple[tuple[object, ...], Path], int] = {}
    for row, persons, *names in cells:
        path = tuple(str(name) for name in names[: len(model.nested)] if name is not None)
        tree = tuple(names[len(model.nested) :])
        trees[tree][path] = persons
        rows[tree, path] = row
    return sorted(rows[tree, path] for tree, cells in trees.items() for path in withheld(cells, k))
