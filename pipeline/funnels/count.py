"""Count a funnel over an events file: persons a step, how deep each actor got, and how fast."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from pipeline.errors import InputError
from pipeline.funnels.conditions import columns_of
from pipeline.funnels.counting import Counting
from pipeline.funnels.definition import Funnel
from pipeline.funnels.events import NUMBER, Events, open_events
from pipeline.funnels.figures import Figures, Seconds, StepCount, figures, nobody
from pipeline.funnels.rows import fitting, number_actors
from pipeline.funnels.words import notes, read_as, rules

Period = Literal["day", "week", "month"]
MOST_VALUES = 1_000
_LABELS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m"}
_SHOWN = 20


@dataclass(frozen=True)
class Counted:
    """What came of counting.

    all: of everybody. levels: actor -> deepest step. values: by the value of the breakdown, None
    for who has none. periods: by the first day of the entry's day, week or month. left_out: events
    without an actor or a time. rules: what it was counted by, a line each. notes: what to mind.
    """

    funnel: Funnel
    all: Figures
    levels: dict[str, int]
    left_out: int
    values: dict[str | None, Figures]
    rules: list[str]
    notes: list[str]
    by: Period | None = None
    periods: dict[dt.date, Figures] | None = None

    @property
    def steps(self) -> list[StepCount]:
        """Give the persons of each step."""
        return self.all.steps

    @property
    def seconds(self) -> dict[int, Seconds]:
        """Give the seconds of each step from the second."""
        return self.all.seconds

    def label(self, first_day: dt.date) -> str:
        """Name a period: 2026-11-16, 2026-W46, 2026-11."""
        return first_day.strftime(_LABELS[self.by or "month"])

    def as_dict(self) -> dict[str, Any]:
        """Give what --json prints."""
        found = {"funnel": self.funnel.name, **self.all.as_dict()}
        found |= {"levels": self.levels, "left_out": self.left_out}
        found |= {"rules": self.rules, "notes": self.notes}
        if self.funnel.breakdown:
            groups = [{"value": value, **its.as_dict()} for value, its in self.values.items()]
            found["breakdown"] = {**self.funnel.breakdown.model_dump(), "values": groups}
        if self.periods is not None:
            periods = [{"period": self.label(d), **f.as_dict()} for d, f in self.periods.items()]
            found["by"] = {"period": self.by, "periods": periods}
        return found


def count(
    funnel: Funnel,
    file: Path,
    *,
    levels: bool = True,
    seconds: bool = True,
    by: Period | None = None,
    memory_limit: str = "2GB",
    threads: int | None = None,
) -> Counted:
    """Count a funnel over an events file (.csv or .parquet: actor, ts, event, properties).

    levels, seconds: whether to say how deep each actor got, and how fast; each costs time.
    by: also for each day, week or month of entry, in which an actor is counted from its entries
    alone.
    Raises InputError where the file, or a condition on it, cannot be used.
    """
    with _database(memory_limit, threads) as connection:
        events = open_events(connection, file, _used(funnel))
        if by is not None:
            _refuse_undated(events, by)
        try:
            counting = Counting(funnel, events, fitting(connection, funnel, events))
            number_actors(connection, events, counting.wanted)
            _count(connection, counting, seconds=seconds or funnel.breakdown is not None)
            found = figures(connection, counting, "true", seconds=seconds).get(True)
            everybody = found or nobody(counting, seconds=seconds)
            left_out = _left_out(connection)
            return Counted(
                funnel,
                everybody,
                _levels(connection, events) if levels else {},
                left_out,
                _values(connection, counting, events, seconds),
                [*rules(funnel, by), *read_as(events.unit)],
                list(notes(everybody.steps, left_out, *_absent(connection, funnel, everybody))),
                by,
                None if by is None else _periods(connection, counting, by, events, seconds),
            )
        except duckdb.Error as error:
            raise InputError(
                f"{file}: cannot be counted: {str(error).splitlines()[0]}\n"
                "  expected rows of one kind, and conditions that compare columns with values of"
                " their own type"
            ) from None


def _refuse_undated(events: Events, by: Period) -> None:
    if not events.dated:
        raise InputError(
            f"{events.name}: column ts holds numbers of seconds beyond the year 9999, which lie in"
            f" no {by}; expected seconds since 1970, or no --by"
        )


def _used(funnel: Funnel) -> set[str]:
    """Give the properties that a funnel asks for."""
    conditions = [step.where for step in funnel.steps]
    conditions += [exclusion.where for exclusion in funnel.exclusions]
    named = {name for condition in conditions if condition for name in columns_of(condition)}
    return named | ({funnel.breakdown.by} if funnel.breakdown else set())


@contextmanager
def _database(memory_limit: str, threads: int | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that spills into a folder nobody else can read."""
    with tempfile.TemporaryDirectory(prefix="funnel-") as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory_limit,
            "temp_directory": folder,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        if threads:
            config["threads"] = threads
        with duckdb.connect(config=config) as connection:
            connection.execute("set timezone = 'UTC'")
            connection.execute("set enable_progress_bar = false")
            connection.execute("set preserve_insertion_order = false")
            yield connection


def _count(connection: duckdb.DuckDBPyConnection, counting: Counting, *, seconds: bool) -> None:
    """Make the table `levels` and, for seconds, `times`."""
    if counting.period:
        _make(connection, "entries", counting.entries())
    _make(connection, "reached", counting.reached())
    counted = f"select * exclude (is_excluded) from ({counting.levels()}) where not is_excluded"
    _make(connection, "levels", counted)
    connection.execute("drop table reached")
    if seconds:
        _make(connection, "moments", counting.moments())
        _make(connection, "times", counting.times())
        connection.execute("drop table moments")


def _make(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    connection.execute(f"create or replace temp table {name} as {query}")


def _levels(connection: duckdb.DuckDBPyConnection, events: Events) -> dict[str, int]:
    source, actor = "levels", "person"
    if events.numbered:
        source, actor = f"actor_numbers join levels on {NUMBER} = person", "actor"
    return dict(
        connection.execute(
            f"select cast({actor} as varchar), level from {source} order by {actor}"
        ).fetchall()
    )


def _values(
    connection: duckdb.DuckDBPyConnection, counting: Counting, events: Events, seconds: bool
) -> dict[str | None, Figures]:
    """Give the figures by the value of the breakdown, the most persons first, none last."""
    breakdown = counting.funnel.breakdown
    if breakdown is None:
        return {}
    by = f"cast({events.column(breakdown.by)} as varchar)"
    _make(connection, "told", counting.values(by))
    (values,) = connection.execute("select count(distinct value) from told").fetchone() or (0,)
    if values > MOST_VALUES:
        raise InputError(
            f"{events.name}: the breakdown by {breakdown.by} has {values:,} values; expected at"
            f" most {MOST_VALUES:,}"
        )
    _make(connection, "levels", "select levels.*, value from levels left join told using (person)")
    found = figures(connection, counting, "value", seconds=seconds)

    def place(value: str | None) -> tuple[bool, int, str]:
        return value is None, -found[value].steps[0].persons, value or ""

    return {value: found[value] for value in sorted(found, key=place)}


def _periods(
    connection: duckdb.DuckDBPyConnection,
    counting: Counting,
    by: Period,
    events: Events,
    seconds: bool,
) -> dict[dt.date, Figures]:
    period = f"cast(date_trunc('{by}', {events.day}) as date)"
    each = Counting(counting.funnel, events, counting.fitting, period)
    _count(connection, each, seconds=seconds)
    return figures(connection, each, "period", seconds=seconds)


def _left_out(connection: duckdb.DuckDBPyConnection) -> int:
    # Two questions, each of one column: a Parquet file's statistics mostly answer them.
    questions = ("actor is null", "ts is null and actor is not null")
    found = [
        connection.execute(f"select count(*) from events_file where {question}").fetchone() or (0,)
        for question in questions
    ]
    return sum(int(count) for (count,) in found)


def _absent(
    connection: duckdb.DuckDBPyConnection, funnel: Funnel, found: Figures
) -> tuple[list[str], list[str]]:
    """Give the events the funnel names that the file has not, and the file's most frequent ones.

    Asked for only where it may explain something: the file is read once more.
    """
    asked = [s.event for s in funnel.steps if s.optional or not found.steps[0].persons]
    asked += [step.event for step in found.steps if not step.persons]
    asked += [exclusion.event for exclusion in funnel.exclusions]
    if not asked:
        return [], []
    has = connection.execute(
        "select cast(event as varchar) as name, count(*) as n from events_file"
        " where event is not null group by name order by n desc, name"
    ).fetchall()
    absent = dict.fromkeys(name for name in asked if name not in dict(has))
    return list(absent), [name for name, _ in has[:_SHOWN]]
