"""Day-end balances of everybody who holds an account, from openings and moves."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from pipeline.sample.arrays import Ints
from pipeline.sample.people.instants import NEVER, SECONDS
from pipeline.sample.people.joining import Customers
from pipeline.sample.people.money import Holdings
from pipeline.sample.timeline import Timeline, epoch


@dataclass(frozen=True)
class Position:
    """What holders have on a day, or on average over its month: cents by holder."""

    balance_on: date
    basis: str  # 1 point in time, 2 month average
    person: Ints
    parts: dict[str, Ints]  # deposits, funds, wealth, insurance, securities

    @property
    def aum(self) -> Ints:
        """Return the sum of the parts."""
        total: Ints = np.sum(list(self.parts.values()), axis=0, dtype=np.int64)
        return total


class Balances:
    """Deposits and wealth [person, day] of one portion of people; other parts never change."""

    def __init__(self, timeline: Timeline, holdings: Holdings, customers: Customers) -> None:
        """Lay the moves out by day."""
        self._first = timeline.history_start
        days = (timeline.end - timeline.history_start).days
        self._opened = (customers.opened - epoch(self._first)) // SECONDS
        self._holders = customers.opened != NEVER
        self._fixed = holdings.fixed
        self._deposits = _by_day(holdings.deposits, days, holdings.moves, epoch(self._first))
        self._wealth = _by_day(
            holdings.fixed["wealth"], days, holdings.to_wealth, epoch(self._first)
        )
        self._deposits -= self._wealth - holdings.fixed["wealth"][:, None]

    def on(self, day: date) -> Position:
        """Return the balances at the end of a day."""
        number = (day - self._first).days
        return self._position(day, "1", number, self._deposits[:, number], self._wealth[:, number])

    def month_average(self, last_day: date) -> Position:
        """Return the sum of day-end balances over the days of the month, in whole cents."""
        last = (last_day - self._first).days
        days = slice(last - last_day.day + 1, last + 1)
        deposits, wealth = (
            np.rint(part[:, days].sum(axis=1) / last_day.day).astype(np.int64)
            for part in (self._deposits, self._wealth)
        )
        return self._position(last_day, "2", last, deposits, wealth)

    def _position(
        self, day: date, basis: str, number: int, deposits: Ints, wealth: Ints
    ) -> Position:
        person = np.flatnonzero(self._holders & (self._opened <= number))
        parts = {"deposits": deposits} | self._fixed | {"wealth": wealth}
        return Position(day, basis, person, {name: part[person] for name, part in parts.items()})


def _by_day(opening: Ints, days: int, moves: list[tuple[Ints, Ints, Ints]], first: int) -> Ints:
    change = np.zeros((len(opening), days), dtype=np.int64)
    change[:, 0] = opening
    for person, at, cents in moves:
        day = (at - first) // SECONDS
        inside = day < days
        np.add.at(change, (person[inside], day[inside]), cents[inside])
    return np.cumsum(change, axis=1)
