"""balances-*.parquet: Sundays in exact decimals, month ends in doubles with dates as text.

The first Sunday is a dump of the warehouse table DWS_CUST_ASSE_LIAB under its own names.
"""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipeline.sample.exports.bank_files import bank_folder, customer_id
from pipeline.sample.people.balances import Balances, Position
from pipeline.sample.timeline import Timeline
from pipeline.sample.writers.columnar import ParquetFile, money


class BalanceDeliveries:
    """All balance files of the sample, open side by side; portions of people are added to them."""

    def __init__(self, inbox: Path, timeline: Timeline) -> None:
        """Name one file a Sunday and one a month end."""
        self._timeline = timeline
        self._first = timeline.sundays[0]
        self._sundays = {
            day: ParquetFile(bank_folder(inbox, timeline.delivered_on(day)) / self._name(day))
            for day in timeline.sundays
            if day not in timeline.month_ends  # that day's balance is in the month's file
        }
        self._month_ends = {
            day: ParquetFile(
                bank_folder(inbox, timeline.delivered_on(day)) / f"balances-{day:%Y-%m}.parquet"
            )
            for day in timeline.month_ends
        }

    def append(self, balances: Balances, first_person: int) -> None:
        """Write a portion's balances; persons are numbered from `first_person` in the bank."""
        for day, file in self._sundays.items():
            write = _dump if day == self._first else _exact
            file.append(write(balances.on(day), first_person))
        for day, file in self._month_ends.items():
            file.append(_double(balances.on(day), first_person))
            file.append(_double(balances.month_average(day), first_person))

    def _name(self, day: date) -> str:
        dumped = day == self._first
        return f"DWS_CUST_ASSE_LIAB_{day:%Y%m%d}.parquet" if dumped else f"balances-{day}.parquet"

    def close(self) -> None:
        """Finish every file."""
        for file in [*self._sundays.values(), *self._month_ends.values()]:
            file.close()


def _people(position: Position, first_person: int) -> pa.Array:
    return pa.array([customer_id(first_person + int(p)) for p in position.person], pa.string())


def _exact(position: Position, first_person: int) -> pa.Table:
    count = len(position.person)
    return pa.table(
        {
            "balance_on": pa.array([position.balance_on] * count, pa.date32()),
            "customer_id": _people(position, first_person),
            "basis": pa.array([position.basis] * count, pa.string()),
            "aum": money(position.aum),
            **{name: money(cents) for name, cents in position.parts.items()},
        }
    )


def _dump(position: Position, first_person: int) -> pa.Table:
    count, parts = len(position.person), position.parts
    demand = parts["deposits"] * 6 // 10
    return pa.table(
        {
            "DATA_DATE": pa.array([f"{position.balance_on:%Y%m%d}"] * count, pa.string()),
            "CUST_ID": _people(position, first_person),
            "PERSN_LEGAL_BK_CODE": pa.array(["9901"] * count, pa.string()),
            "ORG_ID": pa.array(["U100"] * count, pa.string()),
            "BAL_TYPE": pa.array([position.basis] * count, pa.string()),
            "AUM_BAL": money(position.aum),
            "DEPO_CURNT_DEPO_BAL": money(demand),
            "FIXD_DEPO_BAL": money(parts["deposits"] - demand),
            "FIN_BAL": money(parts["wealth"]),
        }
    )


def _double(position: Position, first_person: int) -> pa.Table:
    count = len(position.person)
    return pa.table(
        {
            "balance_on": pa.array([f"{position.balance_on:%Y%m%d}"] * count, pa.string()),
            "customer_id": _people(position, first_person),
            "basis": pa.array([position.basis] * count, pa.string()),
            "aum": np.round(position.aum / 100, 2),
            **{name: np.round(cents / 100, 2) for name, cents in position.parts.items()},
        }
    )
