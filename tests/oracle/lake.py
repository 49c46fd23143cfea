"""The lake as plain rows: every Parquet file read, of what was delivered twice the latest kept."""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Row = dict[str, Any]
SHANGHAI = dt.timedelta(hours=8)  # no summer time
DAY = dt.timedelta(days=1)
_FURTHEST = {"withdrawn": 2, "confirmed": 1}


class Lake:
    """What the numbers are made of, cut at the day of the run."""

    def __init__(self, folder: Path, as_of: dt.date) -> None:
        self.folder = folder
        self.as_of = as_of
        self.midnight = dt.datetime.combine(as_of, dt.time())

    def rows(self, dataset: str) -> list[Row]:
        files = sorted((self.folder / dataset).glob("*/*.parquet"))
        return [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]

    def exported(self, dataset: str, *key: str) -> list[Row]:
        """Rows that an export made up to the run's day brought."""
        wanted = [r for r in self.rows(dataset) if r["exported_at"].date() <= self.as_of]
        return latest(wanted, lambda row: tuple(row[name] for name in key))

    def daily(self, dataset: str, *key: str) -> list[Row]:
        """Rows of days before the run's day."""
        wanted = [r for r in self.rows(dataset) if r["day"] < self.as_of]
        return latest(wanted, lambda row: tuple(row[name] for name in key))

    def consented(self, purpose: str = "channel_analytics") -> set[Any]:
        """Customers whose last word is a separate grant for a purpose that still holds."""
        last: dict[Any, Row] = {}
        for row in self.rows("bank_consents"):
            if row["purpose"] != purpose:
                continue
            if row["occurred_at"] + SHANGHAI >= self.midnight:
                continue
            known = last.get(row["customer_token"])
            if known is None or _consent_order(row) > _consent_order(known):
                last[row["customer_token"]] = row
        return {token for token, row in last.items() if self._is_valid_grant(row)}

    def _is_valid_grant(self, row: Row) -> bool:
        expired = row["valid_until"] is not None and row["valid_until"] < self.as_of
        return row["action"] == "grant" and row["separate"] and not expired

    def events(self, consented: set[Any]) -> list[Row]:
        """Events in order, each with its `day` in Shanghai."""
        over = [r for r in self.rows("bank_events") if r["occurred_at"] + SHANGHAI < self.midnight]
        kept = latest(
            over,
            lambda row: row["event_id"],
            lambda row: _FURTHEST.get(row["cooling_off"], 0),
        )
        for row in kept:
            row["day"] = (row["occurred_at"] + SHANGHAI).date()
        allowed = [r for r in kept if r["customer_token"] in {None} | consented]
        return sorted(allowed, key=lambda row: (row["occurred_at"], row["event_id"]))

    def balances(self, consented: set[Any]) -> list[Row]:
        """Balances of days before the run's day, each basis a row of its own."""
        wanted = [
            row
            for row in self.rows("bank_balances")
            if row["balance_on"] < self.as_of and row["customer_token"] in consented
        ]
        return latest(wanted, lambda row: (row["customer_token"], row["balance_on"], row["basis"]))


def latest(
    rows: Iterable[Row],
    key: Callable[[Row], Any],
    then: Callable[[Row], int] = lambda row: 0,
) -> list[Row]:
    """Of the rows with one key keep the one exported last; the first line where all is equal."""
    kept: dict[Any, Row] = {}
    for row in rows:
        name = key(row)
        if name not in kept or _order(row, then) > _order(kept[name], then):
            kept[name] = row
    return list(kept.values())


def _order(row: Row, then: Callable[[Row], int]) -> tuple[Any, ...]:
    return (row["exported_at"], then(row), row["delivery_id"], -row["source_line"])


def _consent_order(row: Row) -> tuple[Any, ...]:
    return (row["occurred_at"], row["action"] == "withdraw", row["exported_at"])
