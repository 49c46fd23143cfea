"""events-<month>.parquet or .csv, or a product's log: what persons did, delivered after the month.

A subscription whose cooling-off is not over at the delivery is delivered as pending, and again
with the same event id in events-status.csv of the first delivery that knows the outcome.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd
import pyarrow as pa

from pipeline.sample import mishaps
from pipeline.sample.exports.bank_event_logs import LogMonth, write_growingio, write_sensors
from pipeline.sample.exports.bank_files import bank_folder, customer_id, instants, yuan
from pipeline.sample.timeline import DAY, Timeline, epoch, next_month
from pipeline.sample.writers.columnar import ParquetFile
from pipeline.sample.writers.delimited import BOM, GB18030, CsvFile, Dialect
from pipeline.sample.writers.workbook import Cell

HEADER = (
    "event_id", "occurred_at", "customer_id", "event_type", "source_code", "product_line",
    "amount", "currency", "cooling_off",
)  # fmt: skip
# The second and third month come from the logs of the analytics products the bank had then.
LOGS = {1: ("growingio", write_growingio), 2: ("sensors", write_sensors)}
INSTANT = pa.timestamp("ms", tz="UTC")
AMOUNT = pa.decimal128(18, 2)


class MonthFile(Protocol):
    """One month's events in one container."""

    def append(self, events: pd.DataFrame) -> None:
        """Write a portion."""

    def close(self) -> None:
        """Finish the file."""


class ParquetMonth:
    """Typed columns, instants in UTC."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        self._file = ParquetFile(path.with_suffix(".parquet"))

    def append(self, events: pd.DataFrame) -> None:
        """Write a portion."""
        columns = {name: pa.array(events[name], pa.string()) for name in HEADER}
        seconds = events["at"].to_numpy()
        columns["occurred_at"] = pa.array(seconds * 1000, pa.int64()).cast(INSTANT)
        columns["amount"] = columns["amount"].cast(AMOUNT)
        self._file.append(pa.table(columns))

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class CsvMonth:
    """Text, instants with the offset of Shanghai."""

    def __init__(self, path: Path, dialect: Dialect) -> None:
        """Open the file."""
        self._file = CsvFile(path.with_suffix(".csv"), HEADER, dialect)

    def append(self, events: pd.DataFrame) -> None:
        """Write a portion."""
        self._file.append(_rows(events))

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class EventDeliveries:
    """All event files of the sample, open side by side; portions of people are added to them."""

    def __init__(self, inbox: Path, timeline: Timeline) -> None:
        """Open one file a month: the oldest from the old core system, the last from a web tool."""
        self._inbox, self._timeline = inbox, timeline
        self._months = timeline.months
        self._delivered = [
            timeline.delivered_on(min(next_month(month), timeline.end) - DAY)
            for month in self._months
        ]
        self._files = [self._open(number) for number in range(len(self._months))]
        self._count = [0] * len(self._months)
        self._status: dict[date, CsvFile] = {}

    def append(self, events: pd.DataFrame, first_person: int) -> None:
        """Write events in order of time; persons are numbered from `first_person` in the bank."""
        for number, month in enumerate(self._split(events)):
            if len(month):
                ready = self._as_text(month, number, first_person)
                self._files[number].append(ready)
                self._deliver_again(ready, number)

    def close(self) -> None:
        """Finish every file."""
        for file in self._files:
            file.close()
        for status in self._status.values():
            status.close()

    def _open(self, number: int) -> MonthFile:
        month = self._months[number]
        path = bank_folder(self._inbox, self._delivered[number]) / f"events-{month:%Y-%m}"
        if number == 0:
            return CsvMonth(path, Dialect(GB18030, line_end="\r\n"))
        if number == len(self._months) - 1:
            return CsvMonth(path, Dialect(BOM))
        if number in LOGS:
            folder, write = LOGS[number]
            return LogMonth(path.with_name(folder), write)
        return ParquetMonth(path)

    def _split(self, events: pd.DataFrame) -> Iterator[pd.DataFrame]:
        ends = [epoch(next_month(month)) for month in self._months]
        cuts = np.searchsorted(events["at"].to_numpy(), [0, *ends])
        for start, stop in pairwise(cuts):
            yield events.iloc[start:stop].copy()

    def _as_text(self, events: pd.DataFrame, number: int, first_person: int) -> pd.DataFrame:
        begin = self._count[number]
        self._count[number] += len(events)
        month = f"{self._months[number]:%y%m}"
        events["event_id"] = [f"E{month}{begin + n:07d}" for n in range(len(events))]
        events["occurred_at"] = instants(events["at"].to_numpy())
        people = events["person"].to_numpy()
        ids = [customer_id(first_person + int(p)) if p >= 0 else None for p in people]
        events["customer_id"] = np.array(ids, dtype=object)
        events["amount"] = np.array(yuan(events["cents"].to_numpy()), dtype=object)
        events["currency"] = None
        events.loc[events["cents"] != 0, "currency"] = "CNY"
        waiting = events["decided_at"] > epoch(self._delivered[number])
        events["cooling_off"] = events["decision"]
        events.loc[waiting & events["decision"].notna(), "cooling_off"] = "pending"
        last = number == len(self._months) - 1
        if last and begin == 0:
            _lose_a_zone(events)
        return events

    def _deliver_again(self, events: pd.DataFrame, number: int) -> None:
        waiting = events[events["cooling_off"] == "pending"]
        for day in self._timeline.deliveries:
            known = waiting["decided_at"] <= epoch(day)
            if day > self._delivered[number] and known.any():
                again = waiting[known].assign(cooling_off=waiting["decision"][known])
                self._status_file(day).append(_rows(again))
                waiting = waiting[~known]

    def _status_file(self, day: date) -> CsvFile:
        if day not in self._status:
            path = bank_folder(self._inbox, day) / "events-status.csv"
            self._status[day] = CsvFile(path, HEADER, Dialect(BOM))
        return self._status[day]


def _rows(events: pd.DataFrame) -> Iterator[tuple[Cell, ...]]:
    columns = events[list(HEADER)].astype(object)
    yield from columns.where(columns.notna(), None).itertuples(index=False, name=None)


def _lose_a_zone(events: pd.DataFrame) -> None:
    """Write one login's time without its offset: a row that has to be refused."""
    login = events.index[(events["event_type"] == "login").to_numpy()][:1]
    events.loc[login, "occurred_at"] = mishaps.EVENT_WITHOUT_ZONE
