"""What an outsider works out of the published tables: who reads them side by side and subtracts."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from pipeline.privacy.small_cells import families
from pipeline.warehouse.model import Model, read_models
from pipeline.warehouse.protect import arrangement

LEVELS = ("tier", "unit_id", "platform", "account_id")
NAMES = ("channel", "value")
STARTS = ("week_starts", "month", "day", "cohort_starts", "starts_on")
ENOUGH = 5
"""So many numbers that are not zero must agree before two columns are taken for the same."""


class Cell(NamedTuple):
    """A number of persons: in which column, of which rows, at which place among them."""

    table: str
    column: str
    tree: tuple[Any, ...]
    path: tuple[str, ...]


Numbers = dict[Cell, int | None]


def models() -> list[Model]:
    return [model for model in read_models() if model.schema == "published" and model.persons]


def numbers(database: Path) -> Numbers:
    """Read every number of persons that is published; None where it is withheld or unknown.

    The sum over the whole of a cross table is a number too, whether or not it is published.
    """
    found: Numbers = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        for model in models():
            for column in model.persons:
                for *names, number in connection.execute(_query(model, column)).fetchall():
                    of_tree = len(names) - len(model.places)
                    tree, path = tuple(names[:of_tree]), tuple(names[of_tree:])
                    found[Cell(model.table, column, tree, path)] = number
                    if model.crossed:
                        whole = tuple("" for _ in path)
                        found.setdefault(Cell(model.table, column, tree, whole), None)
    return found


def _query(model: Model, column: str) -> str:
    tree = [f'"{name}"' for name in _tree(model)]
    path = [f"coalesce(cast(\"{name}\" as varchar), '')" for name in model.places]
    return f"select {', '.join([*tree, *path, column])} from {model.name}"


def _tree(model: Model) -> list[str]:
    return [name for name in model.grain if name not in model.places]


class Outsider:
    """Knows how the tables are made, from numbers nearly all of which are told.

    `told`: the same tables with hardly anything withheld. Of it only how numbers relate is used.
    """

    def __init__(self, told: Numbers) -> None:
        self._same: dict[Cell, Cell] = {}
        for one, other in _same_numbers(told):
            self._same[self._first(one)] = self._first(other)
        self._sums = [[self._first(cell) for cell in cells] for cells in _sums(told)]

    def _first(self, cell: Cell) -> Cell:
        while cell in self._same and self._same[cell] != cell:
            cell = self._same[cell]
        return cell

    def works_out(self, shown: Numbers) -> tuple[dict[Cell, int], list[int]]:
        """Give the numbers that can be worked out, and what is left of totals for several cells."""
        known = {self._first(cell): number for cell, number in shown.items() if number is not None}
        found: dict[Cell, int] = {}
        while new := {
            cell: number
            for cells in self._sums
            for cell, number in _missing(cells, known)
            if cell not in known
        }:
            known |= new
            found |= new
        left = [
            known[total] - sum(known[part] for part in parts if part in known)
            for total, *parts in self._sums
            if total in known and any(part not in known for part in parts)
        ]
        return found, left


def _missing(cells: list[Cell], known: dict[Cell, int]) -> Iterator[tuple[Cell, int]]:
    unknown = [cell for cell in cells if cell not in known]
    if len(unknown) != 1:
        return
    total, *parts = cells
    rest = sum(known[part] for part in parts if part in known)
    yield unknown[0], rest if unknown[0] == total else known[total] - rest


def _sums(told: Numbers) -> Iterator[list[Cell]]:
    """Give totals with their parts: of columns and ways to arrange them that always add up."""
    trees: dict[tuple[Any, ...], list[tuple[str, ...]]] = defaultdict(list)
    for cell in told:
        trees[cell[:3]].append(cell.path)
    arranged = {model.table: arrangement(model) for model in models()}
    of_column: dict[tuple[Any, ...], list[list[Cell]]] = defaultdict(list)
    for (table, column, tree), paths in trees.items():
        for family in families(paths, *arranged[table]):
            cells = [Cell(table, column, tree, path) for path in family]
            of_column[_column_and_place(cells[0])[0], _way(family)].append(cells)
    for sums in of_column.values():
        verdicts = {_adds_up(cells, told) for cells in sums}
        is_known = True in verdicts or all(_is_of_a_cross(cells[0], told) for cells in sums)
        if is_known and False not in verdicts:
            yield from sums


def _way(family: list[tuple[str, ...]]) -> tuple[Any, ...]:
    """Tell what is parted by what: the places that a total fills, and those that its parts do."""
    total, *parts = ([name != "" for name in path] for path in family)
    return tuple(total), tuple(min(parts))


def _is_of_a_cross(total: Cell, told: Numbers) -> bool:
    """Whether it is the sum over a whole cross table, which is never told but always adds up."""
    return bool(_MODELS[total.table].crossed) and not any(total.path) and told[total] is None


def _adds_up(cells: list[Cell], told: Numbers) -> bool | None:
    """Say whether parts are their total; None where a number is not told and they may be."""
    total, *parts = (told[cell] for cell in cells)
    together = sum(part or 0 for part in parts)
    if total is None or (None in parts and together < total):
        return None
    return together == total and None not in parts


def _same_numbers(told: Numbers) -> Iterator[tuple[Cell, Cell]]:
    """Give the cells of columns that hold the same numbers wherever both hold one."""
    series: dict[tuple[Any, ...], dict[tuple[Any, ...], Cell]] = defaultdict(dict)
    for cell, number in told.items():
        if number is not None:
            column, place = _column_and_place(cell)
            series[column][place] = cell
    for one, other in combinations(series.values(), 2):
        both = [(one[place], other[place]) for place in one if place in other]
        is_same = all(told[a] == told[b] for a, b in both)
        if is_same and sum(1 for a, _ in both if told[a]) >= ENOUGH:
            yield from both


_MODELS = {model.table: model for model in models()}


def _column_and_place(cell: Cell) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Tell what a number counts from when and where it counts it."""
    model = _MODELS[cell.table]
    named = dict(zip(_tree(model), cell.tree, strict=True))
    named |= dict(zip(model.places, cell.path, strict=True))
    what = [(name, named[name]) for name in model.grain if name not in (*STARTS, *LEVELS, *NAMES)]
    when = [named[name] for name in model.grain if name in STARTS]
    levels = {name: named.get(name, "") for name in LEVELS}
    if levels["account_id"] or levels["tier"] == "unattributed":
        del levels["platform"]  # of an account or of none; tables without platforms do not tell it
    where = (*levels.items(), *(named.get(name, "") for name in NAMES))
    return (cell.table, cell.column, *what), (*when, where)
