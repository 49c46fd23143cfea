"""Events as the counting sees them: a person, a moment, and the steps an event fits."""

from dataclasses import dataclass
from itertools import combinations

import duckdb

from pipeline.errors import InputError
from pipeline.funnels.conditions import as_sql, mistyped
from pipeline.funnels.definition import Exclusion, Funnel, Step
from pipeline.funnels.events import NUMBER, Events, text
from pipeline.funnels.matching import Sharing, sharing


@dataclass(frozen=True)
class Fitting:
    """The SQL that says whether an event fits a step, or is one that an exclusion names.

    It is unknown where an event has no name: only whether it holds may be asked, not its opposite.
    sharing: which steps one event of the file may fit.
    """

    steps: tuple[str, ...]
    exclusions: tuple[str, ...]
    sharing: Sharing


def fitting(connection: duckdb.DuckDBPyConnection, funnel: Funnel, events: Events) -> Fitting:
    """Write the conditions, and look in the file which steps one event may fit."""
    steps = tuple(
        _fits(connection, events, step, f"step {number}")
        for number, step in enumerate(funnel.steps, 1)
    )
    exclusions = tuple(
        _fits(connection, events, exclusion, f"exclusion {number}")
        for number, exclusion in enumerate(funnel.exclusions, 1)
    )
    kinds = tuple(steps.index(fits) + 1 for fits in steps)
    overlapping = _overlapping(connection, funnel, steps, kinds)
    try:
        return Fitting(steps, exclusions, sharing(kinds, overlapping))
    except ValueError as error:
        raise InputError(f"{events.name}: {error}") from None


def all_may_overlap(funnel: Funnel, steps: tuple[str, ...]) -> Sharing:
    """Tell which steps one event may fit where no file can be looked in: all of the same event.

    steps: their conditions in SQL. Raises ValueError where more of them share events than can be
    told apart.
    """
    kinds = tuple(steps.index(fits) + 1 for fits in steps)
    return sharing(kinds, _same_event(funnel, kinds))


def _same_event(funnel: Funnel, kinds: tuple[int, ...]) -> list[tuple[int, int]]:
    return [
        (first, second)
        for first, second in combinations(sorted(set(kinds)), 2)
        if funnel.steps[first - 1].event == funnel.steps[second - 1].event
    ]


def _fits(
    connection: duckdb.DuckDBPyConnection, events: Events, words: Step | Exclusion, place: str
) -> str:
    named = "event" if events.types["event"] == "VARCHAR" else "cast(event as varchar)"
    fits = f"{named} = {text(words.event)}"
    if words.where is None:
        return fits
    condition = as_sql(words.where, events.columns, place)
    if wrong := mistyped(words.where, events.types):
        column, number = wrong
        raise InputError(
            f"{events.name}: {place}: the condition {words.where!r} compares {column}, which holds"
            f" text ({_a_word(connection, events, column)}), with the number {number}; expected"
            f" every value of {column} to be a number (1200, not 1,200), or '{number}' in quotes"
        )
    return f"({fits} and {condition})"


def _a_word(connection: duckdb.DuckDBPyConnection, events: Events, name: str) -> str:
    """Give a value of a column that is no number, for a message."""
    column = events.column(name)
    found = connection.execute(
        f"select min(case when try_cast({column} as double) is null then {column} end),"
        f" min({column}) from events_file"
    ).fetchone() or (None, None)
    return repr(found[0] or found[1])


def _overlapping(
    connection: duckdb.DuckDBPyConnection,
    funnel: Funnel,
    steps: tuple[str, ...],
    kinds: tuple[int, ...],
) -> list[tuple[int, int]]:
    """Find the pairs of kinds that one event of the file fits; only the file can tell."""
    pairs = _same_event(funnel, kinds)
    if not pairs:
        return []
    tests = ", ".join(f"bool_or({steps[a - 1]} and {steps[b - 1]})" for a, b in pairs)
    found = connection.execute(f"select {tests} from events_file").fetchone() or ()
    return [pair for pair, both in zip(pairs, found, strict=True) if both]


def number_actors(connection: duckdb.DuckDBPyConnection, events: Events, wanted: str) -> None:
    """Give each actor of a wanted event a dense integer, where its own key is dear to count by."""
    if events.numbered:
        connection.execute(
            f"create temp table actor_numbers as select actor, row_number() over () as {NUMBER}"
            f" from (select distinct actor from events_file where actor is not null and ({wanted}))"
        )
