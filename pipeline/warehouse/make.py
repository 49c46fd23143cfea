"""Make one model after the other in a draft, keeping whatever the run before made of the same."""

import time
from collections.abc import Mapping
from dataclasses import replace

import duckdb

from pipeline.settings import Settings
from pipeline.warehouse import checks, duckdb_engine, moved, parts
from pipeline.warehouse.engine import Built
from pipeline.warehouse.lake import Dataset, digest
from pipeline.warehouse.model import CONSENTED, Check, Model
from pipeline.warehouse.parts import Part
from pipeline.warehouse.protect import protect
from pipeline.warehouse.state import Made, Previous, State, inputs


def kept(model: Model, made: State) -> Built:
    """Tell of a table that stays as the run before made it."""
    parts_of_it = sum(name == model.name and partition != "" for name, partition in made)
    return Built(model.name, made[model.name, ""].rows, 0.0, 0, parts_of_it or 1)


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
        if self.previous:
            database = duckdb_engine.text(previous.database)
            connection.execute(f"attach {database} as previous (read_only)")

    def make(self, model: Model) -> Built:
        """Make one model; ModelError where its query fails or two of its rows share a grain."""
        started = time.perf_counter()
        built, of = self._make_parts(model) if model.per else self._make_whole(model)
        duckdb_engine.describe(self.connection, model, model.name)
        rows = self.made[model.name, ""].rows
        return Built(model.name, rows, time.perf_counter() - started, built, of)

    def check(self, check: Check) -> None:
        """Run one check; ModelError gives its rule and the first rows that break it."""
        checks.run(self.connection, check)

    def _make_whole(self, model: Model) -> tuple[int, int]:
        contents = [self._content(name) for name in sorted(model.reads)]
        if model.persons:
            contents.append(str(self.settings.parameters.small_cell))
        wanted = Made(model.name, "", model.definition, digest(*contents))
        before = self.previous.get((model.name, ""))
        if before and before.fingerprint == wanted.fingerprint:
            self.connection.execute(
                f"create table {model.name} as select * from previous.{model.name} order by rowid"
            )
            self.made[model.name, ""] = before
            return 0, 1
        for name in model.reads:
            if name.startswith("lake."):
                dataset = self.datasets[name.removeprefix("lake.")]
                duckdb_engine.show_lake(self.connection, dataset.name, dataset.files)
        rows = duckdb_engine.create(self.connection, model)
        if model.persons:
            protect(self.connection, model, self.settings.parameters.small_cell)
        self.check(checks.grain(model))
        content = duckdb_engine.content(self.connection, model.name)
        self.made[model.name, ""] = replace(wanted, rows=rows, content=content)
        return 1, 1

    def _make_parts(self, model: Model) -> tuple[int, int]:
        dataset = self.datasets[model.dataset]
        wanted = parts.parts(model, dataset, self.settings)
        missing = [part for part in wanted if not (self.previous and part.is_there)]
        for batch in parts.batches(missing):
            parts.build(self.connection, model, batch, dataset.schema)
        rows = duckdb_engine.select_files([part.file for part in wanted])
        if model.moves:
            moved.resolve(self.connection, model, dataset, wanted, self._changed(model, wanted))
            rows = moved.without_moved(model, rows)
        self.connection.execute(f"create view {model.name} as {model.consented(rows)}")
        self._note_parts(model, wanted)
        return len(missing), len(wanted)

    def _changed(self, model: Model, wanted: list[Part]) -> list[Part] | None:
        """Give the parts that the previous database did not have; None where there is none."""
        if (model.name, "") not in self.previous:
            return None
        return [
            part
            for part in wanted
            if self.previous.get((model.name, part.made.partition)) != part.made
        ]

    def _note_parts(self, model: Model, wanted: list[Part]) -> None:
        made_of = [part.made.fingerprint for part in wanted]
        if model.moves:
            made_of += [duckdb_engine.content(self.connection, moved.rows_table(model))]
        if model.consent:
            made_of += [self._content(CONSENTED)]
        whole = Made(model.name, "", model.definition, digest(*made_of))
        before = self.previous.get((model.name, ""))
        rows = (
            before.rows
            if before and before.fingerprint == whole.fingerprint
            else duckdb_engine.count(self.connection, model.name)
        )
        self.made |= {(model.name, part.made.partition): part.made for part in wanted}
        self.made[model.name, ""] = replace(whole, rows=rows, content=whole.fingerprint)

    def _content(self, name: str) -> str:
        """Give what stands for all that a table holds."""
        return self.made[name, ""].content
