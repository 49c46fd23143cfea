"""When the year is, and how many people and events a size means."""

import datetime as dt
from dataclasses import dataclass

FIRST = dt.date(2025, 11, 18)
"""A year from here ends on a Tuesday: a day more is one in the middle of a week and a month."""

DAYS = 365


@dataclass(frozen=True)
class Scale:
    """A size: so many events in a year, of customers with some 50 each."""

    rows: int

    @property
    def customers(self) -> int:
        """How many customers the bank has."""
        return max(1, self.rows // 50)

    def rows_on(self, day: int) -> int:
        """Give the events of a day; those of the days of a year sum up to `rows`."""
        within = day % DAYS
        return self.rows * (within + 1) // DAYS - self.rows * within // DAYS


def day_of(number: int) -> dt.date:
    """Give a day by its number; the first of the year is 0."""
    return FIRST + dt.timedelta(days=number)


def drawn(*what: object) -> str:
    """Give the SQL of a whole number drawn for something, of 63 bits.

    what: whole numbers that say for what, then the SQL of one below 1e11.
    """
    return f"cast({_hash(*what)} >> 1 as bigint)"


def share(number: str) -> str:
    """Give the SQL of a number between 0 and 1, of a drawn one."""
    return f"({number} % 1048576 / 1048576.0::double)"


def token(customer: str) -> str:
    """Give the SQL of the token of a customer's number: 128 bits, as a keyed hash would be."""
    high, low = _hash(1, customer), _hash(2, customer)
    return f"cast(cast({high} as uhugeint) * 18446744073709551616 + {low} as uuid)"


def _hash(*what: object) -> str:
    *numbers, last = what
    salt = 0
    for number in numbers:
        salt = salt * 1_009 + int(str(number))
    return f"hash({salt * 10**11} + cast({last} as bigint))"
