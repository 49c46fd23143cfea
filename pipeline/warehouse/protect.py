"""Withhold small cells in a table that has just been built, before anything reads it.

What is derived across rows (a change, a step rate) is computed by models that read the protected
table, so a withheld number cannot come back through them.
"""

from collections import defaultdict

import duckdb
import pyarrow as pa

from pipeline.privacy.small_cells import Path, among, families, withheld
from pipeline.warehouse.model import Model


def protect(
    connection: duckdb.DuckDBPyConnection, model: Model, k: int, name: str | None = None
) -> None:
    """Set person counts under k, and what goes with them, to NULL; name them in `suppressed`.

    name: the table that holds rows of the model; its own where none is given.
    """
    table = name or model.name
    columns: dict[int, list[str]] = defaultdict(list)
    for column in model.persons:
        for row in _rows_to_withhold(connection, model, table, column, k):
            columns[row].append(column)
    goes_with = defaultdict(list)
    for column, companions in model.persons.items():
        for gone in (column, *companions):
            goes_with[gone].append(f"contains(',' || withheld.names || ',', ',{column},')")
    gone = "".join(
        f', "{name}" = case when not ({" or ".join(named)}) then kept."{name}" end'
        for name, named in goes_with.items()
    )
    names = [",".join(named) for named in columns.values()]
    connection.register("withheld", pa.table({"row": list(columns), "names": names}))
    connection.execute(
        f"update {table} as kept set suppressed = withheld.names{gone}"
        " from withheld where kept.rowid = withheld.row"
    )
    connection.unregister("withheld")


def _rows_to_withhold(
    connection: duckdb.DuckDBPyConnection, model: Model, table: str, column: str, k: int
) -> list[int]:
    """Give the rows in which a column is withheld.

    Only where a count is small is there anything to do, so other trees of counts are not looked at.
    """
    places = model.places
    group = [name for name in model.grain if name not in places]
    together = ", ".join(f'"{name}"' for name in group) or "1"
    where = (f"coalesce(cast(\"{name}\" as varchar), '')" for name in places)
    wanted = ", ".join((f'"{column}"', *where, *(f'"{name}"' for name in group)))
    cells = connection.execute(
        f'select rowid, {wanted} from {table} where "{column}" is not null'
        f' qualify bool_or("{column}" > 0 and "{column}" < {k}) over (partition by {together})'
        " order by rowid"
    ).fetchall()
    counts: dict[tuple[object, ...], dict[Path, int]] = defaultdict(dict)
    rows: dict[tuple[object, ...], dict[Path, int]] = defaultdict(dict)
    for row, persons, *names in cells:
        path, tree = tuple(names[: len(places)]), tuple(names[len(places) :])
        counts[tree][path] = persons
        rows[tree][path] = row
    # Trees have most of their paths in common, so these are arranged once.
    every = families({path for tree in counts.values() for path in tree}, *arrangement(model))
    return sorted(
        rows[tree][path]
        for tree, persons in counts.items()
        for path in withheld(persons, k, among(every, persons))
    )


def arrangement(model: Model) -> tuple[list[list[int]], list[int]]:
    """Give the chains of a model's places by their numbers, and those that are crossed."""
    number = {name: index for index, name in enumerate(model.places)}
    chains = [chain for chain in (model.nested, model.beside) if chain]
    numbers = [[number[name] for name in chain] for chain in chains]
    return numbers, [number[name] for name in model.crossed]
