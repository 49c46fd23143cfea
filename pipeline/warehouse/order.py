"""Which model after which: dependencies come from the queries, and layers point one way only."""

from graphlib import CycleError, TopologicalSorter

from pipeline.errors import ModelError
from pipeline.warehouse.model import LAYERS, Model


def in_order(models: list[Model]) -> list[Model]:
    """Order models so that each follows what it reads; among equals by layer and name.

    Raises ModelError for a cycle, an unknown table, or a layer that reads a later one.
    """
    by_name = {model.name: model for model in models}
    for model in models:
        _only_reads_what_it_may(model, by_name)
    graph = {model.name: model.reads & by_name.keys() for model in models}
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as error:
        raise ModelError(
            f"models read each other in a circle: {' <- '.join(error.args[1])}"
        ) from None
    ordered: list[Model] = []
    while sorter.is_active():
        ready = sorted(
            sorter.get_ready(), key=lambda name: (LAYERS.index(by_name[name].schema), name)
        )
        ordered += [by_name[name] for name in ready]
        sorter.done(*ready)
    return ordered


def _only_reads_what_it_may(model: Model, by_name: dict[str, Model]) -> None:
    for name in sorted(model.reads):
        layer = name.split(".")[0]
        if layer not in LAYERS or LAYERS.index(layer) > LAYERS.index(model.schema):
            raise ModelError(f"{model.name} reads {name}: a layer reads only the ones before it")
        if layer == "lake" and model.schema != "staging":
            raise ModelError(f"{model.name} reads {name}: only staging reads the lake")
        if layer not in ("lake", "settings") and name not in by_name:
            raise ModelError(f"{model.name} reads {name}: there is no such model")
