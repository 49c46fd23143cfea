"""Watermarks: the value of a growing column up to which a source has been read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa

from pipeline.ingest.container import FileRefused
from pipeline.periods import SHANGHAI

Value = int | date | datetime

_NOW = "statement_timestamp()"
"""Later than whatever was committed before the snapshot, as the transaction's own time is not."""

_ANYWHERE = f"(({_NOW} at time zone 'UTC') + interval '14 hours')"
"""No clock on earth is later: a local time that is, is wrong."""


@dataclass(frozen=True)
class Kind:
    """What a watermark column holds.

    words: for people; parse: undoes `text`; step: of what `lookback` counts; lookback: by default.
    latest: the latest value that may be, in SQL; None where there is none.
    """

    words: str
    parse: Callable[[str], Any]
    step: Any
    lookback: int
    latest: str | None = None

    def before(self, value: Any, steps: int | None) -> Any:
        """Give the value some steps earlier; itself where there is none so early."""
        try:
            return value - self.step * (self.lookback if steps is None else steps)
        except OverflowError:
            return value


INSTANT = Kind(
    "a time with its zone", datetime.fromisoformat, timedelta(seconds=1), 3600, latest=_NOW
)
TIME = Kind(
    "a time without a zone", datetime.fromisoformat, timedelta(seconds=1), 3600, latest=_ANYWHERE
)
DAY = Kind("a day", date.fromisoformat, timedelta(days=1), 1, latest=f"{_ANYWHERE}::date")
NUMBER = Kind("a whole number", int, 1, 1000)
KINDS = {kind.words: kind for kind in (INSTANT, TIME, DAY, NUMBER)}


def kind_of(column: str, schema: pa.Schema) -> Kind:
    """Say what the watermark column of a query holds; FileRefused where it cannot be one."""
    if column not in schema.names:
        raise FileRefused(
            f"a query without its watermark column {column} (it gives {', '.join(schema.names)})",
            "the watermark among its columns",
            "name it in the query, or correct watermark",
        )
    arrow = schema.field(column).type
    if pa.types.is_timestamp(arrow):
        return TIME if arrow.tz is None else INSTANT
    if pa.types.is_date(arrow):
        return DAY
    if pa.types.is_signed_integer(arrow):
        return NUMBER
    raise FileRefused(
        f"a watermark column {column} of type {arrow}",
        "timestamptz, timestamp, date or bigint",
        "cast it in the query",
    )


def text(value: Value) -> str:
    """Write a watermark as text that sorts for the eye and that SQL reads; instants in Shanghai."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(SHANGHAI).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
