"""Parts of core models: a week or month of a table, made of some days of other tables.

A part looks at its own days of every table its model reads; at more of those that the header's
line `reach` names. It is built again where rows of those days changed, and nowhere else.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from pipeline.errors import ModelError
from pipeline.parameters import Parameters
from pipeline.warehouse import checks, duckdb_engine, seeing
from pipeline.warehouse.inputs import Input, Parted, time_column, within
from pipeline.warehouse.lake import digest
from pipeline.warehouse.model import Model
from pipeline.warehouse.parts import EMPTY, Shelf
from pipeline.warehouse.protect import protect
from pipeline.warehouse.spans import Span, label, labels, merged, span
from pipeline.warehouse.state import Made
from pipeline.warehouse.writing import PART, Written, in_batches

_NAMES = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m"}
_BATCH_ROWS = 500_000
"""Parts that are made of so many rows are built by one query: the most it holds at once."""


@dataclass(frozen=True)
class Recipe:
    """What the parts of a model are made of.

    Parts of a model that asks for consent where they are read hold everybody; those of an aggregate
    are made of those who consented.
    """

    model: Model
    inputs: Mapping[str, Input]
    parameters: Parameters

    def labels(self) -> list[str]:
        """Name the parts there are: the weeks or months that its frame has rows for."""
        frame = [self.inputs[self.model.frame]] if self.model.frame else self.driving()
        every = {days for given in frame for days in given.spans()}
        return sorted({name for days in every for name in labels(str(self.model.per), days)})

    def driving(self) -> list[Input]:
        """Give the tables whose rows become a part's.

        A part sees its own days of them, or all there were; where it sees more of every table,
        they are all of them. A table that is built whole may know of days without anything.
        """
        tables = {n: given for n, given in self.inputs.items() if not n.startswith("settings.")}
        own = [
            given
            for name, given in tables.items()
            if self.model.reach.get(name, ("all", ""))[0] == "all"
        ]
        some = own or list(tables.values())
        return [given for given in some if isinstance(given, Parted)] or some

    @property
    def everybody(self) -> bool:
        """Whether its parts hold the rows of persons who did not consent, too."""
        return self.model.consent is not None

    def looks_at(self, name: str, days: Span) -> Span:
        """Give the days of a table that the part of some days sees."""
        return looks_at(self.model, self.parameters, name, days)

    def wanted(self) -> list[Made]:
        """Give the parts as they should be, by label; EMPTY last, as of lake parts."""
        return [self._made(name) for name in (*self.labels(), EMPTY)]

    def _made(self, name: str) -> Made:
        stamps = [
            f"{table} {given.stamp(self._looks_at(table, name), everybody=self.everybody)}"
            for table, given in sorted(self.inputs.items())
        ]
        if self.model.persons:
            chosen = self.parameters
            stamps.append(f"small cells under {chosen.small_cell}, by {chosen.rounded_to}")
        return Made(self.model.name, name, self.model.definition, digest(*stamps))

    def _looks_at(self, table: str, name: str) -> Span:
        beyond = Span(dt.date.max, dt.date.max)
        return beyond if name == EMPTY else self.looks_at(table, span(name))


def looks_at(
    model: Model, parameters: Parameters, name: str, days: Span, *, mirrored: bool = False
) -> Span:
    """Give the days of a table that a model's part of some days sees.

    `mirrored` turns that round: the days of the model whose parts see those of the table.
    """
    back, ahead = (
        None if reach == "all" else int(getattr(parameters, reach, reach))
        for reach in model.reach.get(name, ("0", "0"))
    )
    return days.widened(ahead, back or 0) if mirrored else days.widened(back, ahead or 0)


def build(
    connection: duckdb.DuckDBPyConnection, recipe: Recipe, shelf: Shelf, some: Sequence[Made]
) -> None:
    """Write parts whose rows are made together.

    Raises ModelError where the query fails or two of its rows share the model's grain.
    """
    model = recipe.model
    days = [span(made.partition) for made in some if made.partition != EMPTY]
    for name, given in recipe.inputs.items():
        seen = merged(recipe.looks_at(name, each) for each in days)
        query = given.query(seen, everybody=recipe.everybody)
        connection.execute(f"create or replace view {seeing.view(name)} as {query}")
    column = _time(model)
    name = f"strftime({column}, '{_NAMES[str(model.per)]}') as {PART}"
    made = duckdb_engine.measured_rows(connection, model, model.seeing)
    rows = f"select *, {name} from (\n{made}\n)"
    sql = f"{rows} where {within(column, merged(days))}"
    if model.persons:
        sql = _protected(connection, recipe, sql)
    with shelf.draft(some[0]) as folder:
        written = Written(connection, model, folder)
        wanted = {made.partition: made for made in some}
        written.write(sql, list(wanted))
        if not model.is_unique_by_itself:
            checks.run(connection, checks.grain(model, written.query()))
        held = _held(connection, model, written.query())
        for name, file in written.files(list(wanted)):
            shelf.keep(file, wanted[name].holding(*held.get(name, (0, "0"))))


def _protected(connection: duckdb.DuckDBPyConnection, recipe: Recipe, sql: str) -> str:
    """Make the rows of parts as a table, withhold its small cells, and give the query of it."""
    rows = seeing.view(f"{recipe.model.name}_rows")
    duckdb_engine.run(connection, recipe.model, f"create or replace table {rows} as {sql}")
    chosen = recipe.parameters
    protect(connection, recipe.model, chosen.small_cell, rows, rounded_to=chosen.rounded_to)
    return f"select * from {rows}"


def batches(recipe: Recipe, some: Sequence[Made]) -> Iterator[list[Made]]:
    """Put parts together that are made of few enough rows."""
    driving = recipe.driving()
    sizes = [
        (made.partition, sum(given.rows(span(made.partition)) for given in driving))
        for made in some
        if made.partition != EMPTY
    ]
    if any(made.partition == EMPTY for made in some):
        sizes = [*sizes, (EMPTY, 0)]
    for together in in_batches(sizes, _BATCH_ROWS):
        yield [made for made in some if made.partition in together]


def _time(model: Model) -> str:
    column = time_column(model.columns)
    if column is None:
        raise ModelError(f"{model.name}: is built per {model.per}, so it has a column day or month")
    return column


def _held(
    connection: duckdb.DuckDBPyConnection, model: Model, query: str
) -> dict[str, tuple[int, str]]:
    """Count the rows of each part, with what stands for them and for their types."""
    types = digest(str(duckdb_engine.columns(connection, f"({query})")))
    rows: dict[str, int] = {EMPTY: 0}
    contents: dict[str, list[str]] = {EMPTY: [types]}
    for day, count, content in duckdb_engine.contents(connection, f"({query})", _time(model)):
        name = label(str(model.per), day)
        rows[name] = rows.get(name, 0) + count
        contents.setdefault(name, [types]).append(f"{day} {content}")
    return {name: (rows[name], digest(*contents[name])) for name in rows}
