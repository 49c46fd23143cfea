"""The funnels of a workspace: checked before anything is built, and shown to models as a table."""

from collections.abc import Collection

import duckdb

from pipeline.errors import ConfigurationError
from pipeline.funnels import Definition, read_definitions
from pipeline.settings import Settings
from pipeline.warehouse import funnel_events, funnel_sql

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


def definitions(settings: Settings, events: Collection[str] = ()) -> list[Definition]:
    """Give the funnels that ship and the workspace's own, each fit to be counted over its events.

    events: the kinds that are delivered; any kind will do where none are given. ConfigurationError
    names file and key of a definition that does not fit.
    """
    found = read_definitions(settings.home)
    known = {*events, *funnel_events.DERIVED} if events else None
    for definition in found:
        funnel_sql.check(definition)
        if known is not None:
            _check_events(definition, known)
    return found


def _check_events(definition: Definition, known: Collection[str]) -> None:
    funnel = definition.funnel
    named = [(f"steps.{n}.event", step.event) for n, step in enumerate(funnel.steps, 1)]
    named += [(f"exclusions.{n}.event", x.event) for n, x in enumerate(funnel.exclusions, 1)]
    for key, event in named:
        if event not in known:
            raise ConfigurationError(
                f"{definition.file}: key {key}: {event!r} is never delivered; expected one of"
                f" {', '.join(sorted(known))}"
            )


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
