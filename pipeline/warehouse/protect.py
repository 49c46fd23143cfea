"""Withhold small cells in a table that has just been built, before anything reads it.

What is derived across rows (a change, a step rate) is computed by models that read the protected
table, so a withheld number cannot come back through them.
"""

from collections import defaultdict

import duckdb
import pyarrow as pa

from pipeline.privacy.small_cells import Path, alike, among, families, withheld
from pipeline.warehouse.model import Model
from pipeline.warehouse.rounding import round_counts


def protect(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    k: int,
    name: str | None = None,
    *,
    rounded_to: int = 1,
) -> None:
    """Set person counts under k, and what goes with them, to NULL; name them in `suppressed`.

    A model may name there already what must not be read because another table withholds it.
    name: the table that holds rows of the model; its own where none is given.
    rounded_to: what is left is rounded to multiples of it, before any rate is made of it.
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
    if rounded_to > 1:
        round_counts(connection, model, table, rounded_to)


def _rows_to_withhold(
    connection: duckdb.DuckDBPyConnection, model: Model, table: str, column: str, k: int
) -> list[int]:
    """Give the rows in which a column is withheld.

    Only where a count is small, or withheld elsewhere, is there anything to do, so other trees of
    counts are not looked at.
    """
    places = model.places
    group = [name for name in model.grain if name not in places]
    together = ", ".join(f'"{name}"' for name in group) or "1"
    where = (f"coalesce(cast(\"{name}\" as varchar), '')" for name in places)
    wanted = ", ".join((f'"{column}"', *where, *(f'"{name}"' for name in group)))
    is_elsewhere = f"contains(',' || coalesce(suppressed, '') || ',', ',{column},')"
    cells = connection.execute(
        f'select rowid, {is_elsewhere}, {wanted} from {table} where "{column}" is not null'
        f' qualify bool_or({is_elsewhere} or ("{column}" > 0 and "{column}" < {k}))'
        f" over (partition by {together}) order by rowid"
    ).fetchall()
    counts: dict[tuple[object, ...], dict[Path, int]] = defaultdict(dict)
    rows: dict[tuple[object, ...], dict[Path, int]] = defaultdict(dict)
    elsewhere: dict[tuple[object, ...], set[Path]] = defaultdict(set)
    for row, is_withheld, persons, *names in cells:
        path, tree = tuple(names[: len(places)]), tuple(names[len(places) :])
        counts[tree][path] = persons
        rows[tree][path] = row
        if is_withheld:
            elsewhere[tree].add(path)
    # Trees have most of their paths in common, so these are arranged once.
    every = families({path for tree in counts.values() for path in tree}, *arrangement(model))
    same = [places.index(name) for name in model.alike]
    return sorted(
        rows[tree][path]
        for tree, persons in counts.items()
        for arranged in [among(every, persons) + [p for n in same for p in alike(persons, n)]]
        for path in withheld(persons, k, arranged, elsewhere[tree])
    )


def arrangement(model: Model) -> tuple[list[list[int]], list[int]]:
    """Give the chains of a model's places by their numbers, and those that are crossed."""
    number = {name: index for index, name in enumerate(model.places)}
    chains = [chain for chain in (model.nested, model.beside) if chain]
    numbers = [[number[name] for name in chain] for chain in chains]
    return numbers, [number[name] for name in model.crossed]
