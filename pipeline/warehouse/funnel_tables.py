"""The funnels of a workspace: checked before anything is built, and shown to models as a table."""

import duckdb

from pipeline.funnels import Definition, read_definitions
from pipeline.settings import Settings
from pipeline.warehouse import funnel_sql

_COLUMNS = {
    "funnel": "varchar",
    "name": "varchar",
    "version": "varchar",
    "step_order": "varchar",
    "window_seconds": "bigint",
    "breakdown": "varchar",
    "value_of": "varchar",
    "step": "integer",
    "steps": "integer",
    "event": "varchar",
    "condition": "varchar",
    "is_optional": "boolean",
}


def definitions(settings: Settings) -> list[Definition]:
    """Give the funnels that ship and the workspace's own, each fit to be counted over its events.

    ConfigurationError names file and key of one that is not.
    """
    found = read_definitions(settings.home)
    for definition in found:
        funnel_sql.check(definition)
    return found


def write(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Make `settings.funnel_steps`, a row a funnel and step."""
    columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    connection.execute(f"create table settings.funnel_steps ({columns})")
    rows = [row for definition in read_definitions(settings.home) for row in _rows(definition)]
    if rows:
        marks = ", ".join("?" for _ in _COLUMNS)
        connection.executemany(f"insert into settings.funnel_steps values ({marks})", rows)


def _rows(definition: Definition) -> list[tuple[object, ...]]:
    funnel, breakdown = definition.funnel, definition.funnel.breakdown
    whose = None
    if breakdown:
        whose = f"step {breakdown.step}" if breakdown.value == "step" else breakdown.value
    shared = (
        *(definition.key, funnel.name, definition.version, funnel.order, funnel.window),
        *(breakdown.by if breakdown else None, whose),
    )
    return [
        (*shared, number, len(funnel.steps), step.event, step.where, step.optional)
        for number, step in enumerate(funnel.steps, 1)
    ]
