"""What customers have, person by person: balances, wealth tiers, products, change since a touch."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

from tests.oracle.lake import DAY
from tests.oracle.months import states
from tests.oracle.persons import Persons
from tests.oracle.places import NOBODY, month, months_before, next_month

FLOORS = {"gold": 50_000, "platinum": 200_000, "diamond": 500_000, "private": 6_000_000}
TIERS = ("mass", *FLOORS)
PRODUCTS = ("deposits", "funds", "wealth", "insurance", "securities")
Money = dict[Any, Decimal]


class Assets:
    """The balances of each month that is over."""

    def __init__(self, persons: Persons) -> None:
        self.persons = persons
        self.averages: dict[dt.date, Money] = defaultdict(dict)
        for token, by_month in persons.month_aum().items():
            for first, yuan in by_month.items():
                self.averages[first][token] = yuan
        self.by_day: dict[Any, dict[dt.date, Decimal]] = defaultdict(dict)
        for row in persons.balances:
            if row["basis"] == "point_in_time":
                self.by_day[row["customer_token"]][row["balance_on"]] = row["aum"]
        self.months = [m for m in sorted(self.averages) if next_month(m) <= persons.places.as_of]

    @cached_property
    def homes(self) -> dict[dt.date, dict[Any, str]]:
        """Give the account each customer belongs to at the end of a month."""
        return {
            first: {token: account for token, (_, account) in states(self.persons, first).items()}
            for first in self.months
        }

    def home(self, token: Any, first: dt.date) -> str:
        return self.homes[first].get(token, NOBODY)

    def at_the_end(self, first: dt.date) -> Money:
        last = next_month(first) - DAY
        return {token: days[last] for token, days in self.by_day.items() if last in days}

    @cached_property
    def tiers(self) -> dict[dt.date, dict[Any, tuple[str, bool]]]:
        """Give each customer's wealth tier in a month, and whether they are watched."""
        found: dict[dt.date, dict[Any, tuple[str, bool]]] = defaultdict(dict)
        for token in {token for customers in self.averages.values() for token in customers}:
            known = [first for first in sorted(self.averages) if token in self.averages[first]]
            bands = [self._band(self.averages[first][token]) for first in known]
            for first, (band, watched) in zip(known, _rated(bands), strict=True):
                found[first][token] = TIERS[band], watched
        return found

    def _band(self, yuan: Decimal) -> int:
        return sum(yuan >= floor for floor in FLOORS.values())

    def holdings(self, first: dt.date) -> dict[str, dict[Any, bool]]:
        """Whether each customer holds each product, where a balance of the month tells of it."""
        found: dict[str, dict[Any, bool]] = defaultdict(dict)
        last = next_month(first) - DAY
        for row in self.persons.balances:
            if row["basis"] == "month_average" and month(row["balance_on"]) == first:
                pass
            elif row["basis"] != "point_in_time" or row["balance_on"] != last:
                continue
            for product, yuan in _parts(row):
                token = row["customer_token"]
                found[product][token] = found[product].get(token, False) or yuan > 0
        return found

    def first_touches(self) -> dict[Any, tuple[dt.date, str]]:
        """Give the day and account of each customer's first coded touch."""
        found = {}
        for token, events in self.persons.by_customer.items():
            for event in events:
                owner = self.persons.places.account_of(event["source_code"])
                if event["event_type"] in ("click", "arrival") and owner != NOBODY:
                    found[token] = event["day"], owner
                    break
        return found

    def changes(self, first: dt.date, touched: dict[Any, tuple[dt.date, str]]) -> Money:
        """Give what each customer has more at the end of a month than before the first touch."""
        found = {}
        for token, yuan in self.at_the_end(first).items():
            if token in touched and touched[token][0] < next_month(first):
                before = self._baseline(token, touched[token][0], first)
                if before is not None:
                    found[token] = yuan - before
        return found

    def _baseline(self, token: Any, day: dt.date, first: dt.date) -> Decimal | None:
        if day - DAY in self.by_day[token]:
            return self.by_day[token][day - DAY]
        became = self.persons.became.get(token)
        if became is None or not day <= became["day"] < next_month(first):
            return None
        held = any(day - 31 * DAY <= on < day for on in self._days_told[token])
        return None if held else Decimal(0)

    @cached_property
    def _days_told(self) -> dict[Any, list[dt.date]]:
        found = defaultdict(list)
        for row in self.persons.balances:
            found[row["customer_token"]].append(row["balance_on"])
        return found


def _parts(row: dict[str, Any]) -> Iterator[tuple[str, Decimal]]:
    for product in PRODUCTS:
        yuan = row[product]
        if product == "deposits" and yuan is None and row["demand_deposits"] is not None:
            yuan = row["demand_deposits"] + row["time_deposits"]
        if yuan is not None:
            yield product, yuan


def _rated(bands: list[int]) -> Iterator[tuple[int, bool]]:
    """Up at once; below for three months, watched for three more, then down."""
    tier, below = bands[0], []
    for band in bands:
        if len(below) == 6 and band < tier:
            tier, below = max(below), []
        tier, below = (band, []) if band >= tier else (tier, [*below, band])
        yield tier, len(below) > 3


def months_since(first: dt.date, earlier: dt.date) -> int:
    return sum(months_before(first, n) >= earlier for n in range(1, 25))
