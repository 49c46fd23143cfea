"""Stretches of days: what a part of a table covers, and what its query looks at."""

import calendar
import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.periods import week_name, week_starts

PERIODS = ("day", "week", "month")


@dataclass(frozen=True, order=True)
class Span:
    """Days from the first to the last, both included; Asia/Shanghai like all days."""

    first: dt.date
    last: dt.date

    def meets(self, other: "Span") -> bool:
        """Whether they share a day."""
        return self.first <= other.last and other.first <= self.last

    def holds(self, day: dt.date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last

    def widened(self, back: int | None, ahead: int) -> "Span":
        """Reach so many days back (None: to the beginning) and ahead."""
        first = dt.date.min if back is None else self.first - dt.timedelta(days=back)
        return Span(first, self.last + dt.timedelta(days=ahead))

    def condition(self, column: str) -> str:
        """Say in SQL that a date lies in it."""
        return f"{column} between date '{self.first}' and date '{self.last}'"


@cache
def span(label: str) -> Span:
    """Give the days of a label such as `day=2026-11-15`, `week=2026-W46` or `month=2026-11`."""
    period, _, name = label.partition("=")
    if period == "day":
        return Span(day := dt.date.fromisoformat(name), day)
    if period == "week":
        return Span(monday := week_starts(name), monday + dt.timedelta(days=6))
    year, month = (int(number) for number in name.split("-"))
    return Span(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))


def label(period: str, day: dt.date) -> str:
    """Name the day, week or month that a day lies in."""
    names = {"day": day.isoformat(), "week": week_name(day), "month": f"{day:%Y-%m}"}
    return f"{period}={names[period]}"


def labels(period: str, days: Span) -> list[str]:
    """Name every day, week or month that some days lie in, in their order."""
    length = (days.last - days.first).days + 1
    every = (label(period, days.first + dt.timedelta(days=n)) for n in range(length))
    return list(dict.fromkeys(every))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Put together the spans that overlap or touch, in their order."""
    found: list[Span] = []
    for each in sorted(spans):
        if found and each.first <= found[-1].last + dt.timedelta(days=1):
            found[-1] = Span(found[-1].first, max(found[-1].last, each.last))
        else:
            found.append(each)
    return found


def meeting(spans: Sequence[Span], days: Span) -> slice:
    """Say where, among spans in their order and without a day in common, those stand that meet."""
    first = bisect_left(spans, days.first, key=lambda each: each.last)
    return slice(first, bisect_right(spans, days.last, key=lambda each: each.first))
