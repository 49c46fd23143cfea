"""What a build would make, and why, without making it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.settings import Settings
from pipeline.warehouse import (
    duckdb_engine,
    funnel_tables,
    identity,
    lake,
    lake_parts,
    moved,
    state,
)
from pipeline.warehouse.derived_parts import looks_at
from pipeline.warehouse.lake import Dataset
from pipeline.warehouse.model import CONSENTED, Model, read_models
from pipeline.warehouse.order import in_order
from pipeline.warehouse.parts import EMPTY, Shelf
from pipeline.warehouse.spans import Span, labels, merged, span
from pipeline.warehouse.state import Made, State

Why = Literal["new", "definition", "files", "reads"]


@dataclass(frozen=True)
class Due:
    """One partition that would be built (partition "": the whole model).

    why: `new`, it was never built; `definition`, its query changed; `files`, what was delivered
    for it changed; `reads`, one of the tables named in `reads` changes. A table whose inputs turn
    out to hold the same rows after all is kept when it comes to it.
    """

    model: str
    partition: str
    why: Why
    reads: tuple[str, ...] = ()


def explain(settings: Settings) -> list[Due]:
    """Say what `build` would make of the lake as it is, in the order it would; nothing is written.

    Raises ModelError for a model that cannot be read.
    """
    datasets = lake.datasets(settings)
    previous = state.read(settings)
    if previous.is_made_of(identity.inputs(settings, datasets)):
        return []
    models = in_order(read_models(definitions=funnel_tables.definitions(settings)))
    night = _Night(settings, datasets, previous.made)
    return [due for model in models for due in night.due(model)]


class _Night:
    """What a build would find changed, model by model.

    changed: the days of each table that may hold other rows; None where that can't be told before
    it is made.
    """

    def __init__(self, settings: Settings, datasets: Mapping[str, Dataset], before: State) -> None:
        self._settings, self._datasets, self._before = settings, datasets, before
        names = _changed_inputs(settings, datasets, before)
        self._changed: dict[str, list[Span] | None] = dict.fromkeys(names)

    def due(self, model: Model) -> list[Due]:
        """Give what would be built of a model, and note it for those that read it."""
        if model.per and model.schema == "staging":
            due, changed = self._of_the_lake(model)
        else:
            due = self._derived(model) if model.per else self._whole(model)
            changed = {each.partition for each in due}
        if (model.consent and CONSENTED in self._changed) or "" in changed:
            self._changed[model.name] = None
        elif changed:
            self._changed[model.name] = [span(name) for name in changed - {EMPTY}]
        return due

    def _of_the_lake(self, model: Model) -> tuple[list[Due], set[str]]:
        """Give the parts to build, and those that may hold other rows, gone ones too.

        A key that a new part shares with another one moves; the row that the other one had may
        count no longer.
        """
        shelf, dataset = Shelf(self._settings, model), self._datasets[model.dataset]
        wanted = lake_parts.wanted(model, dataset, self._settings)
        missing = [part.made for part in wanted if not shelf.find(part.made)]
        due = [Due(model.name, made.partition, self._why(made)) for made in missing]
        now = {part.made.partition: part for part in wanted}
        before = {part: made for (name, part), made in self._before.items() if name == model.name}
        changed = {
            part
            for part in now.keys() | before.keys() - {""}
            if part not in now
            or part not in before
            or now[part].made.fingerprint != before[part].fingerprint
        } | {made.partition for made in missing}
        if model.moves:
            left = [shelf.find(before[part]) for part in changed & before.keys()]
            stay = [shelf.find(now[part].made) for part in now.keys() - changed - {EMPTY}]
            files = {part.file: part for part in stay if part}
            with duckdb_engine.connect(None, self._settings) as connection:
                connection.execute("create schema lake")
                touched = moved.elsewhere(
                    connection,
                    model,
                    dataset,
                    [part.file for part in left if part],
                    [file for part in changed & now.keys() for file in now[part].reads],
                    list(files),
                )
            changed |= {files[file].made.partition for file in touched}
        return due, changed

    def _derived(self, model: Model) -> list[Due]:
        whole = self._whole(model)
        if not whole or whole[0].why != "reads":
            return whole
        days = [self._days(model, name) for name in whole[0].reads]
        if any(each is None for each in days):
            return whole
        period, every = str(model.per), merged(each for some in days for each in some or ())
        touched = dict.fromkeys(name for each in every for name in labels(period, each))
        return [Due(model.name, name, "reads", whole[0].reads) for name in touched]

    def _days(self, model: Model, name: str) -> list[Span] | None:
        """Give the days of a model whose parts see days of a table that changed."""
        changed, parameters = self._changed[name], self._settings.parameters
        if changed is None or ("all" in model.reach.get(name, ())):
            return None
        return [looks_at(model, parameters, name, days, mirrored=True) for days in changed]

    def _why(self, made: Made) -> Why:
        last = self._before.get((made.model, made.partition))
        if last is None:
            return "new"
        return "definition" if last.definition != made.definition else "files"

    def _whole(self, model: Model) -> list[Due]:
        last = self._before.get((model.name, ""))
        if last is None:
            return [Due(model.name, "", "new")]
        if last.definition != model.definition:
            return [Due(model.name, "", "definition")]
        read = model.reads - {CONSENTED} if model.per else model.reads
        protected_by = {"settings.parameters"} if model.persons else set()
        reads = tuple(sorted((read | protected_by) & self._changed.keys()))
        return [Due(model.name, "", "reads", reads)] if reads else []


def _changed_inputs(settings: Settings, datasets: Mapping[str, Dataset], before: State) -> set[str]:
    with duckdb_engine.connect(None, settings) as connection:
        duckdb_engine.prepare(connection, settings, "")
        now = state.inputs(connection, datasets)
    return {name for (name, _), made in now.items() if before.get((name, "")) != made}
