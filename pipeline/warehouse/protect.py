"""Withhold small cells in a table that has just been built, before anything reads it.

What is derived across rows (a change, a step rate) is computed by models that read the protected
table, so a withheld number cannot come back through them.
"""

from collections import defaultdict
from collections.abc import Sequence

import duckdb
import numpy as np
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
    columns = _columns_to_withhold(connection, model, table, k)
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


def _columns_to_withhold(
    connection: duckdb.DuckDBPyConnection, model: Model, table: str, k: int
) -> dict[int, list[str]]:
    """Give the columns that are withheld in each row, as far as there are any.

    Only where a count is small, or withheld elsewhere, is there anything to do, so other trees of
    counts are not looked at.
    """
    cells = connection.execute(_cells(model, table)).fetchnumpy()
    places = f"select * exclude (number) from ({_places(model, table)}) order by number"
    paths: list[Path] = connection.execute(places).fetchall()
    arranged = families(paths, *arrangement(model))
    same = [model.places.index(name) for name in model.alike]
    columns: dict[int, list[str]] = defaultdict(list)
    for n, column in enumerate(model.persons):
        persons, is_elsewhere = cells[f"persons_{n}"], cells[f"elsewhere_{n}"]
        known = persons >= 0
        starting = known & (is_elsewhere | ((persons > 0) & (persons < k)))
        of = known & np.isin(cells["tree"], cells["tree"][starting])
        counts: dict[int, dict[Path, int]] = defaultdict(dict)
        rows: dict[int, dict[Path, int]] = defaultdict(dict)
        elsewhere: dict[int, set[Path]] = defaultdict(set)
        every = (cells["tree"], cells["place"], cells["row"], persons, is_elsewhere)
        for tree, place, row, count, is_there in zip(*(v[of].tolist() for v in every), strict=True):
            counts[tree][path := paths[place]] = count
            rows[tree][path] = row
            if is_there:
                elsewhere[tree].add(path)
        for tree, some in counts.items():
            large = {path: count for path, count in some.items() if count >= k}
            found = among(arranged, some) + [pair for n in same for pair in alike(large, n)]
            for path in withheld(some, k, found, elsewhere[tree]):
                columns[rows[tree][path]].append(column)
    return columns


def _cells(model: Model, table: str) -> str:
    """Select a row's number, those of its tree and its place, and its counts; -1 where unknown."""
    counted = "".join(
        f', coalesce(cells."{column}", -1) as persons_{n}'
        f", contains(',' || coalesce(cells.suppressed, '') || ',', ',{column},') as elsewhere_{n}"
        for n, column in enumerate(model.persons)
    )
    at = (f'{_named("cells", name)} = places."{name}"' for name in model.places)
    of = (f'cells."{name}" is not distinct from trees."{name}"' for name in _together(model))
    return (
        f"select cells.rowid as row, trees.number as tree, places.number as place{counted}"
        f" from {table} as cells"
        f" inner join ({_places(model, table)}) as places on {' and '.join(at) or 'true'}"
        f" inner join ({_trees(model, table)}) as trees on {' and '.join(of) or 'true'}"
    )


def _places(model: Model, table: str) -> str:
    """Select the places of a table, each with its number from 0."""
    names = [f'{_named("cells", name)} as "{name}"' for name in model.places]
    return _numbered(table, names, model.places)


def _trees(model: Model, table: str) -> str:
    return _numbered(table, [f'cells."{name}"' for name in _together(model)], _together(model))


def _together(model: Model) -> list[str]:
    """Give the columns whose values cells of one tree have in common."""
    return [name for name in model.grain if name not in model.places]


def _numbered(table: str, columns: Sequence[str], names: Sequence[str]) -> str:
    order = ", ".join(f'"{name}"' for name in names) or "1"
    return (
        f"select row_number() over (order by {order}) - 1 as number, * from"
        f" (select distinct {', '.join(columns) or '1'} from {table} as cells)"
    )


def _named(table: str, name: str) -> str:
    return f"coalesce(cast({table}.\"{name}\" as varchar), '')"


def arrangement(model: Model) -> tuple[list[list[int]], list[int]]:
    """Give the chains of a model's places by their numbers, and those that are crossed."""
    number = {name: index for index, name in enumerate(model.places)}
    chains = [chain for chain in (model.nested, model.beside) if chain]
    numbers = [[number[name] for name in chain] for chain in chains]
    return numbers, [number[name] for name in model.crossed]
