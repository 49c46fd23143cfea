"""What a build would make, and why, without making it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.settings import Settings
from pipeline.warehouse import duckdb_engine, identity, lake, parts, state
from pipeline.warehouse.lake import Dataset
from pipeline.warehouse.model import CONSENTED, Model, read_checks, read_models
from pipeline.warehouse.order import in_order
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
    models, datasets = in_order(read_models()), lake.datasets(settings)
    previous = state.read(settings)
    if previous.is_made_of(identity.inputs(settings, models, read_checks(), datasets)):
        return []
    before = previous.made
    changed = _changed_inputs(settings, datasets, before)
    due: list[Due] = []
    for model in models:
        found = (
            _parts_due(model, datasets[model.dataset], settings, before)
            if model.per
            else _whole_due(model, before, changed)
        )
        if found or (model.consent and CONSENTED in changed):
            changed.add(model.name)
        due += found
    return due


def _changed_inputs(settings: Settings, datasets: Mapping[str, Dataset], before: State) -> set[str]:
    with duckdb_engine.connect(":memory:", settings) as connection:
        duckdb_engine.prepare(connection, settings, "")
        now = state.inputs(connection, datasets)
    return {name for (name, _), made in now.items() if before.get((name, "")) != made}


def _parts_due(model: Model, dataset: Dataset, settings: Settings, before: State) -> list[Due]:
    return [
        Due(model.name, part.made.partition, _why(part.made, before))
        for part in parts.parts(model, dataset, settings)
        if not part.is_there
    ]


def _why(made: Made, before: State) -> Why:
    last = before.get((made.model, made.partition))
    if last is None:
        return "new"
    return "definition" if last.definition != made.definition else "files"


def _whole_due(model: Model, before: State, changed: set[str]) -> list[Due]:
    last = before.get((model.name, ""))
    if last is None:
        return [Due(model.name, "", "new")]
    if last.definition != model.definition:
        return [Due(model.name, "", "definition")]
    protected_by = {"settings.parameters"} if model.persons else set()
    reads = tuple(sorted((model.reads | protected_by) & changed))
    return [Due(model.name, "", "reads", reads)] if reads else []
