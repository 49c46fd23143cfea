"""What is told of those counted: persons a step with their share, and how long steps took."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.funnels.counting import Counting
from pipeline.funnels.wilson import wilson

MINUTE, HOUR, DAY = 60, 3600, 86_400
BUCKETS = (
    *(MINUTE, 10 * MINUTE, HOUR, 6 * HOUR),
    *(DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY),
)
"""The buckets of a histogram end at so many seconds, the end inside; the last is open."""


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
    """Seconds from the entry that counts: n persons, their mean, median and 90th percentile.

    histogram: how many of the n lie in each of BUCKETS, and beyond. pause_mean, pause_median: of
    the seconds from the step reached before.
    """

    n: int = 0
    mean: float | None = None
    median: float | None = None
    p90: float | None = None
    histogram: tuple[int, ...] = (0,) * (len(BUCKETS) + 1)
    pause_mean: float | None = None
    pause_median: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Give what --json prints; `to` is where a bucket ends, in seconds."""
        figures = {"n": self.n, "mean": self.mean, "median": self.median, "p90": self.p90}
        ends = zip((*BUCKETS, None), self.histogram, strict=True)
        return {
            **figures,
            "histogram": [{"to": end, "n": n} for end, n in ends],
            "from_previous": {"mean": self.pause_mean, "median": self.pause_median},
        }


@dataclass(frozen=True)
class Figures:
    """Persons of each step, and the seconds of each step from the second, where asked for."""

    steps: list[StepCount]
    seconds: dict[int, Seconds]

    def as_dict(self) -> dict[str, Any]:
        """Give what --json prints."""
        last = self.seconds.get(len(self.steps), Seconds()).as_dict()
        by_step = [{"step": step, **found.as_dict()} for step, found in self.seconds.items()]
        steps = [vars(step) for step in self.steps]
        return {"steps": steps, "seconds": {**last, "steps": by_step}}


def figures(
    connection: duckdb.DuckDBPyConnection, counting: Counting, by: str, *, seconds: bool = True
) -> dict[Any, Figures]:
    """Give the figures of the tables `levels` and, for seconds, `times`: by value, in their order.

    by: a column of `levels`.
    """
    levels: dict[Any, dict[int, int]] = defaultdict(dict)
    for value, level, n in connection.execute(
        f"select {by}, level, count(*) from levels group by all order by 1 nulls last, 2"
    ).fetchall():
        levels[value][level] = n
    lasting = _seconds(connection, counting, by) if seconds else {}
    size = len(counting.funnel.steps)
    return {
        value: Figures(
            _steps(counting, found),
            {k: lasting.get((value, k), Seconds()) for k in range(2, size + 1)} if seconds else {},
        )
        for value, found in levels.items()
    }


def nobody(counting: Counting, *, seconds: bool = True) -> Figures:
    """Give the figures of a funnel that nobody entered."""
    size = len(counting.funnel.steps)
    return Figures(
        _steps(counting, {}), {k: Seconds() for k in range(2, size + 1)} if seconds else {}
    )


def _steps(counting: Counting, levels: dict[int, int]) -> list[StepCount]:
    entered = sum(levels.values())
    found = []
    for number, step in enumerate(counting.funnel.steps, 1):
        persons = sum(n for level, n in levels.items() if level >= number)
        found.append(StepCount(number, step.event, persons, *wilson(persons, entered)))
    return found


def _seconds(
    connection: duckdb.DuckDBPyConnection, counting: Counting, by: str
) -> dict[tuple[Any, int], Seconds]:
    # Whole ticks are summed, so that a mean does not depend on the order of the rows.
    ticks = counting.source.ticks
    ends = [f"lasted <= {end * ticks}" for end in BUCKETS] + ["true"]
    begins = ["true"] + [f"lasted > {end * ticks}" for end in BUCKETS]
    within = [
        f"count(*) filter (where {begin} and {end})"
        for begin, end in zip(begins, ends, strict=True)
    ]
    before = f"lag(moment) over (partition by {counting.key} order by step)"
    rows = connection.execute(
        f"select value, step, avg(pause) / {ticks}, quantile_cont(pause, 0.5) / {ticks}, count(*),"
        f" avg(lasted) / {ticks}, quantile_cont(lasted, 0.5) / {ticks},"
        f" quantile_cont(lasted, 0.9) / {ticks}, {', '.join(within)} from ("
        f"select {by} as value, step, moment - entry as lasted, moment - {before} as pause"
        f" from times join levels using ({counting.key})) as lasting"
        " where step > 1 group by value, step"
    ).fetchall()
    return {
        (value, step): Seconds(n, mean, median, p90, tuple(histogram), pause_mean, pause_median)
        for value, step, pause_mean, pause_median, n, mean, median, p90, *histogram in rows
    }
