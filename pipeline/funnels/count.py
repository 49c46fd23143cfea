"""Count a funnel over an events file: persons a step, how deep each actor got, and how fast."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import InputError
from pipeline.funnels.counting import Counting
from pipeline.funnels.definition import Funnel
from pipeline.funnels.events import open_events
from pipeline.funnels.rows import fitting, number_actors
from pipeline.funnels.wilson import wilson


@dataclass(frozen=True)
class StepCount:
    """Persons who reached at least a step, and their share of those of step 1 with its interval."""

    step: int
    event: str
    persons: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Seconds:
    """Seconds from the entry that counts: n persons, their mean, median and 90th percentile."""

    n: int
    mean: float | None
    median: float | None
    p90: float | None


@dataclass(frozen=True)
class Counted:
    """What came of counting. seconds: by step, from the second; levels: actor -> deepest step.

    left_out: events without an actor or a time.
    """

    funnel: Funnel
    steps: list[StepCount]
    levels: dict[str, int]
    seconds: dict[int, Seconds]
    left_out: int

    def as_dict(self) -> dict[str, Any]:
        """Give what --json prints."""
        last = self.seconds.get(len(self.steps), Seconds(0, None, None, None))
        by_step = [{"step": step, **asdict(found)} for step, found in self.seconds.items()]
        return {
            "funnel": self.funnel.name,
            "steps": [asdict(step) for step in self.steps],
            "levels": self.levels,
            "seconds": {**asdict(last), "steps": by_step},
            "left_out": self.left_out,
        }


def count(
    funnel: Funnel,
    file: Path,
    *,
    levels: bool = True,
    seconds: bool = True,
    memory_limit: str = "2GB",
    threads: int | None = None,
) -> Counted:
    """Count a funnel over an events file (.csv or .parquet: actor, ts, event, properties).

    levels, seconds: whether to say how deep each actor got, and how fast; each costs time.
    Raises InputError where the file, or a condition on it, cannot be used.
    """
    with _database(memory_limit, threads) as connection:
        events = open_events(connection, file)
        try:
            counting = Counting(funnel, events, fitting(connection, funnel, events))
            number_actors(connection, events, counting.wanted)
            _make(connection, "reached", counting.reached())
            _make(connection, "levels", counting.levels())
            connection.execute("drop table reached")
            return Counted(
                funnel,
                _steps(connection, funnel),
                _levels(connection, counting) if levels else {},
                _seconds(connection, counting) if seconds else {},
                _left_out(connection),
            )
        except duckdb.Error as error:
            raise InputError(
                f"{file}: cannot be counted: {str(error).splitlines()[0]}\n"
                "  expected rows of one kind, and conditions that compare columns with values of"
                " their own type"
            ) from None


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


def _make(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    connection.execute(f"create temp table {name} as {query}")


def _steps(connection: duckdb.DuckDBPyConnection, funnel: Funnel) -> list[StepCount]:
    found = connection.execute("select level, count(*) from levels group by level").fetchall()
    persons = [sum(n for level, n in found if level >= k) for k in range(len(funnel.steps) + 1)]
    return [
        StepCount(number, step.event, persons[number], *wilson(persons[number], persons[1]))
        for number, step in enumerate(funnel.steps, 1)
    ]


def _levels(connection: duckdb.DuckDBPyConnection, counting: Counting) -> dict[str, int]:
    numbered = counting.events.numbered
    source, actor = (
        ("actor_numbers join levels using (person)", "actor")
        if numbered
        else (
            "levels",
            "person",
        )
    )
    return dict(
        connection.execute(
            f"select cast({actor} as varchar), level from {source} order by {actor}"
        ).fetchall()
    )


def _seconds(connection: duckdb.DuckDBPyConnection, counting: Counting) -> dict[int, Seconds]:
    _make(connection, "moments", counting.moments())
    found = connection.execute(
        "select step, count(*), avg(seconds), quantile_cont(seconds, 0.5),"
        " quantile_cont(seconds, 0.9) from ("
        f"select step, (moment - began) / {counting.events.ticks} as seconds"
        " from moments join (select person, level, entry as began from levels) as counts"
        " using (person)"
        " where step between 2 and level and moment is not null) as times group by step"
    ).fetchall()
    by_step = {step: Seconds(*figures) for step, *figures in found}
    none = Seconds(0, None, None, None)
    return {k: by_step.get(k, none) for k in range(2, len(counting.funnel.steps) + 1)}


def _left_out(connection: duckdb.DuckDBPyConnection) -> int:
    # Two questions, each of one column: a Parquet file's statistics mostly answer them.
    questions = ("actor is null", "ts is null and actor is not null")
    found = [
        connection.execute(f"select count(*) from events_file where {question}").fetchone() or (0,)
        for question in questions
    ]
    return sum(int(count) for (count,) in found)
