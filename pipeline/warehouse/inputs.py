"""What parts of a core model are made of: tables, of which each part looks at some days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import duckdb

from pipeline.warehouse import duckdb_engine
from pipeline.warehouse.audience import Audience
from pipeline.warehouse.lake import digest
from pipeline.warehouse.lake_parts import files
from pipeline.warehouse.model import Model
from pipeline.warehouse.moved import Moved
from pipeline.warehouse.parts import Part
from pipeline.warehouse.spans import Span, label, meeting, span

TIMES = {"day": "day", "week_starts": "week", "month": "month"}
"""The columns that say when a row is of, the finer first, and how long that is from their day."""


class Input(Protocol):
    """A table that a part looks at some days of."""

    def spans(self) -> Iterable[Span]:
        """Give the days it has rows for."""

    def rows(self, days: Span) -> int:
        """Count its rows of some days, more rather than fewer."""

    def stamp(self, days: Span, *, everybody: bool) -> str:
        """Stand for its rows of some days; wider where they are kept together with others."""

    def query(self, days: Sequence[Span], *, everybody: bool) -> str:
        """Select its rows of some days; of persons who did not consent too, for `everybody`."""


def time_column(columns: Iterable[str]) -> str | None:
    """Name the column that says when a row is of; None where none does."""
    return next((name for name in TIMES if name in columns), None)


def within(column: str, days: Sequence[Span]) -> str:
    """Say in SQL that a row is of some days."""
    period = TIMES[column]
    days = [Span(span(label(period, each.first)).first, each.last) for each in days]
    return " or ".join(each.condition(column) for each in days) or "false"


@dataclass(frozen=True)
class Parted:
    """A table that is kept in parts, given in the order of their days."""

    model: Model
    parts: Sequence[Part]
    moved: Moved | None = None
    audience: Audience | None = None

    def spans(self) -> Iterable[Span]:
        """Give the days of the parts that hold rows."""
        return [days for part in self.parts if part.made.rows and (days := part.span)]

    def rows(self, days: Span) -> int:
        """Count the rows of the parts that meet some days."""
        return sum(part.made.rows for part in self._meeting([days]))

    def stamp(self, days: Span, *, everybody: bool) -> str:
        """Stand for the parts that meet some days."""
        parts = self._meeting([days])
        moved = self.moved.stamp(parts, days) if self.moved else ""
        asked = None if everybody else self.audience
        consenting = [asked.stamp(part) for part in parts] if asked else []
        parts += [part for part in self.parts if part.span is None]
        held = (f"{part.made.partition} {part.made.content}" for part in parts)
        return digest(*held, moved, *consenting)

    def query(self, days: Sequence[Span], *, everybody: bool) -> str:
        """Select the rows of some days; where it has no column of time, of the parts they meet."""
        column = time_column(self.model.columns)
        where = within(column, days) if column else "true"
        parts = [*self._meeting(days), *(part for part in self.parts if part.span is None)]
        rows = self.moved.query(parts, where) if self.moved else self._rows(parts, where)
        return rows if everybody else self.model.consented(rows)

    def whole(self) -> str:
        """Select all rows, of those who consented."""
        rows = self.moved.query(self.parts) if self.moved else self._rows(self.parts, "true")
        return self.model.consented(rows)

    @staticmethod
    def _rows(parts: Sequence[Part], where: str) -> str:
        return duckdb_engine.select_files(files(parts), where)

    @cached_property
    def _covering(self) -> dict[Span, Part]:
        return {days: part for part in self.parts if (days := part.span)}

    def _meeting(self, days: Sequence[Span]) -> list[Part]:
        covered = list(self._covering)
        met = sorted({span for each in days for span in covered[meeting(covered, each)]})
        return [self._covering[span] for span in met]


class Whole:
    """A table that is built whole: rows are told apart by their day or month, where they have one.

    A part that looks at some days of it is built again only where rows of those days changed.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        self._connection = connection
        self._name = name
        columns = duckdb_engine.columns(connection, name)
        self._time = time_column(columns)
        self._types = str(columns)

    @cached_property
    def _slices(self) -> dict[Span, tuple[int, str]]:
        if self._time is None:
            return {}
        found = duckdb_engine.contents(self._connection, self._name, self._time)
        period = TIMES[self._time]
        return {span(label(period, day)): (rows, content) for day, rows, content in found}

    @cached_property
    def _content(self) -> str:
        return duckdb_engine.content(self._connection, self._name)

    @cached_property
    def _held(self) -> list[str]:
        return [f"{days.first} {content}" for days, (_, content) in self._slices.items()]

    def spans(self) -> Sequence[Span]:
        """Give the days it has rows for, in their order."""
        return list(self._slices)

    def rows(self, days: Span) -> int:
        """Count its rows of some days."""
        return sum(rows for each, (rows, _) in self._slices.items() if each.meets(days))

    def stamp(self, days: Span, *, everybody: bool) -> str:
        """Stand for its rows of some days; for all of them where it has no column of time."""
        if self._time is None:
            return digest(self._types, self._content)
        return digest(self._types, *self._held[meeting(self.spans(), days)])

    def query(self, days: Sequence[Span], *, everybody: bool) -> str:
        """Select its rows of some days; who did not consent is in none of them."""
        where = "true" if self._time is None else within(self._time, days)
        return f"select * from {self._name} where {where}"
