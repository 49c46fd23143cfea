"""Make one model after the other in a draft, keeping whatever the run before made of the same."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import duckdb

from pipeline.settings import Settings
from pipeline.warehouse import checks, derived_parts, duckdb_engine, lake_parts, moved
from pipeline.warehouse.audience import Audience
from pipeline.warehouse.derived_parts import Recipe
from pipeline.warehouse.engine import Built
from pipeline.warehouse.inputs import Input, Parted, Whole
from pipeline.warehouse.lake import Dataset, digest
from pipeline.warehouse.model import CONSENTED, MADE, Check, Model
from pipeline.warehouse.parts import Part, Shelf
from pipeline.warehouse.protect import protect
from pipeline.warehouse.spans import Span
from pipeline.warehouse.state import Made, Previous, State, inputs


def kept(made: State) -> list[Built]:
    """Tell of the tables that all stay as the run before made them, by layer and name."""
    parts_of = Counter(name for name, partition in made if partition)
    names = [name for name, partition in made if not partition and name.split(".")[0] in MADE]
    ordered = sorted(names, key=lambda name: (MADE.index(name.split(".")[0]), name))
    return [Built(name, made[name, ""].rows, 0.0, 0, parts_of[name] or 1) for name in ordered]


def _is_view(model: Model) -> bool:
    """Whether it is read from its parts; published tables are put together from them."""
    return model.per is not None and model.schema != "published"


class Maker:
    """Makes models in a draft database, on DuckDB.

    made: what stands in the draft so far, and what stands for the lake and the settings.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        settings: Settings,
        datasets: Mapping[str, Dataset],
        previous: Previous,
    ) -> None:
        """Take over from `previous` what stays as it is; of an empty one, nothing."""
        self.connection = connection
        self.settings = settings
        self.datasets = datasets
        self.previous = previous.made
        self.made = inputs(connection, datasets)
        self._inputs: dict[str, Input] = {}
        if self.previous:
            database = duckdb_engine.text(previous.database)
            connection.execute(f"attach {database} as previous (read_only)")

    def make(self, model: Model) -> Built:
        """Make one model; ModelError where its query fails or two of its rows share a grain."""
        started = time.perf_counter()
        built, of = self._make_parts(model) if model.per else self._make_whole(model)
        kind = "view" if _is_view(model) else "table"
        duckdb_engine.describe(self.connection, model, model.name, kind)
        rows = self.made[model.name, ""].rows
        return Built(model.name, rows, time.perf_counter() - started, built, of)

    def check(self, check: Check) -> None:
        """Run one check; ModelError gives its rule and the first rows that break it."""
        checks.run(self.connection, check)

    def _make_whole(self, model: Model) -> tuple[int, int]:
        contents = [self._content(name) for name in sorted(model.reads)]
        if model.persons:
            chosen = self.settings.parameters
            contents.append(f"{chosen.small_cell} {chosen.rounded_to}")
        wanted = Made(model.name, "", model.definition, digest(*contents))
        before = self.previous.get((model.name, ""))
        if before and before.fingerprint == wanted.fingerprint:
            self.connection.execute(f"create table {model.name} as from previous.{model.name}")
            self.made[model.name, ""] = before
            return 0, 1
        for name in model.reads:
            if name.startswith("lake."):
                dataset = self.datasets[name.removeprefix("lake.")]
                duckdb_engine.show_lake(self.connection, dataset.name, dataset.files)
        rows = duckdb_engine.create(self.connection, model)
        if model.persons:
            chosen = self.settings.parameters
            protect(self.connection, model, chosen.small_cell, rounded_to=chosen.rounded_to)
        if not model.is_unique_by_itself:
            self.check(checks.grain(model))
        content = duckdb_engine.content(self.connection, model.name)
        self.made[model.name, ""] = replace(wanted, rows=rows, content=content)
        return 1, 1

    def _make_parts(self, model: Model) -> tuple[int, int]:
        made = self._lake_parts if model.schema == "staging" else self._derived_parts
        table, missing = made(model, Shelf(self.settings, model))
        if model.consent:
            audience = Audience(self.connection, model, table.parts)
            table = replace(table, audience=audience)
        self._inputs[model.name] = table
        if _is_view(model):
            self.connection.execute(f"create view {model.name} as {table.whole()}")
        else:
            duckdb_engine.create(self.connection, model, rows=table.whole())
        self.made |= {(model.name, part.made.partition): part.made for part in table.parts}
        self.made[model.name, ""] = self._whole_of(table)
        return missing, len(table.parts)

    def _lake_parts(self, model: Model, shelf: Shelf) -> tuple[Parted, int]:
        dataset = self.datasets[model.dataset]
        wanted = lake_parts.wanted(model, dataset, self.settings)
        missing = [part for part in wanted if not (self.previous and shelf.find(part.made))]
        for batch in lake_parts.batches(missing):
            lake_parts.build(self.connection, model, shelf, batch, dataset.schema)
        found = {shelf.get(part.made): part.reads for part in wanted}
        if not model.moves:
            return Parted(model, list(found)), len(missing)
        changed = self._changed(model, found)
        table = moved.resolve(self.connection, model, dataset, found, changed)
        return Parted(model, list(found), table), len(missing)

    def _changed(self, model: Model, parts: Iterable[Part]) -> list[Part] | None:
        """Give the parts that the previous database did not have.

        None where there is none, or where it made the model by another definition, which may have
        had other keys or none.
        """
        before = self.previous.get((model.name, ""))
        if before is None or before.definition != model.definition:
            return None
        return [
            part
            for part in parts
            if self.previous.get((model.name, part.made.partition)) != part.made
        ]

    def _derived_parts(self, model: Model, shelf: Shelf) -> tuple[Parted, int]:
        inputs = {name: self._input(name) for name in model.reads - {CONSENTED}}
        recipe = Recipe(model, inputs, self.settings.parameters)
        wanted = recipe.wanted()
        missing = [made for made in wanted if not (self.previous and shelf.find(made))]
        for batch in derived_parts.batches(recipe, missing):
            derived_parts.build(self.connection, recipe, shelf, batch)
        return Parted(model, [shelf.get(made) for made in wanted]), len(missing)

    def _input(self, name: str) -> Input:
        """Give a table as parts of others look at it, its contents counted once."""
        if name not in self._inputs:
            self._inputs[name] = Whole(self.connection, name)
        return self._inputs[name]

    def _whole_of(self, table: Parted) -> Made:
        """Tell of a table in parts as of a whole; its rows are counted before consent is asked."""
        model = table.model
        everything = [table.stamp(Span(dt.date.min, dt.date.max), everybody=True)]
        if model.consent:
            everything.append(self._content(CONSENTED))
        made = Made(model.name, "", model.definition, digest(*everything))
        return made.holding(sum(part.made.rows for part in table.parts), made.fingerprint)

    def _content(self, name: str) -> str:
        """Give what stands for all that a table holds."""
        return self.made[name, ""].content
