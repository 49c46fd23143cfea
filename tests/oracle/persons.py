"""The person side of the numbers, recomputed event by event."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from functools import cached_property
from typing import Any

from tests.oracle.chains import WINDOW, depth
from tests.oracle.lake import DAY, SHANGHAI, Lake, Row
from tests.oracle.places import (
    NOBODY,
    Path,
    Places,
    monday,
    month,
    months_before,
    next_month,
)

STAGES = ("arrival", "new_customer", "active", "asset", "subscription")
THRESHOLD = 1000
Cell = tuple[dt.date, Path]


class Persons:
    """Customers by week, month and level, as sets of tokens."""

    def __init__(self, lake: Lake, places: Places) -> None:
        consented = lake.consented()
        self.places = places
        self.events = lake.events(consented)
        self.balances = lake.balances(consented)
        self.by_customer: dict[Any, list[Row]] = defaultdict(list)
        for event in self.events:
            if event["customer_token"] is not None:
                self.by_customer[event["customer_token"]].append(event)

    # --- the weekly funnel ---

    @cached_property
    def arrivals(self) -> list[tuple[Row, str, int]]:
        """Each customer's first session under each code, with its account and how far it led."""
        wealthy = self._wealthy_moments()
        found = []
        for token, events in self.by_customer.items():
            seen = set()
            for event in events:
                if event["event_type"] == "arrival" and event["source_code"] not in seen:
                    seen.add(event["source_code"])
                    account = self.places.account_of(event["source_code"])
                    found.append((event, account, self._depth(event, wealthy[token])))
        return found

    def weekly(self) -> dict[tuple[dt.date, Path, str], set[Any]]:
        cells = defaultdict(set)
        for event, account, deep in self.arrivals:
            week = monday(event["day"])
            for path in self.places.levels_of_week(account, week):
                for stage in STAGES[:deep]:
                    cells[week, path, stage].add(event["customer_token"])
        return cells

    def _depth(self, arrival: Row, wealthy: list[dt.datetime]) -> int:
        events = self.by_customer[arrival["customer_token"]]
        return depth(
            arrival["occurred_at"],
            self.became.get(arrival["customer_token"], {}).get("occurred_at"),
            [e["occurred_at"] for e in events if e["event_type"] == "login"],
            wealthy,
            [e["occurred_at"] for e in events if is_confirmed_order(e)],
        )

    def _wealthy_moments(self) -> dict[Any, list[dt.datetime]]:
        found = defaultdict(list)
        for row in self.balances:
            if row["basis"] in ("point_in_time", "month_average") and row["aum"] >= THRESHOLD:
                midnight = dt.datetime.combine(row["balance_on"] + DAY, dt.time())
                found[row["customer_token"]].append(midnight - SHANGHAI)
        return found

    @cached_property
    def became(self) -> dict[Any, Row]:
        """The event by which somebody became a customer for the first time ever."""
        first: dict[Any, Row] = {}
        for event in self.events:
            if event["event_type"] in ("registered", "account_opened", "card_bound"):
                first.setdefault(event["customer_token"], event)
        first.pop(None, None)
        return first

    # --- attribution ---

    def credited(self, event: Row) -> str:
        """Give the account of the last coded touch in the 30 days before, or nobody."""
        account, touched_at = NOBODY, None
        for touch in self.by_customer[event["customer_token"]]:
            is_touch = touch["event_type"] in ("click", "arrival")
            owner = self.places.account_of(touch["source_code"])
            if is_touch and owner != NOBODY and touch["occurred_at"] <= event["occurred_at"]:
                account, touched_at = owner, touch["occurred_at"]
        if touched_at is None or touched_at < event["occurred_at"] - WINDOW:
            return NOBODY
        return account

    # --- the months ---

    @cached_property
    def homes(self) -> dict[dt.date, dict[Any, str]]:
        """Active customers of each month, with the account of the latest credited login."""
        active: dict[dt.date, dict[Any, str]] = defaultdict(dict)
        for token, events in self.by_customer.items():
            home = NOBODY
            for login in events:
                if login["event_type"] == "login":
                    owner = self.credited(login)
                    home = owner if owner != NOBODY else home
                    active[month(login["day"])][token] = home
        return active

    def mau(self) -> dict[Cell, int]:
        return self._count_months(lambda first, token: True)

    def stable_mau(self) -> dict[Cell, int]:
        return self._count_months(
            lambda first, token: all(
                token in self.homes.get(months_before(first, n), {}) for n in (1, 2)
            )
        )

    def new_customers(self) -> dict[Cell, int]:
        cells: dict[Cell, int] = defaultdict(int)
        for event in self.became.values():
            first = month(event["day"])
            for path in self.places.ways_of_month(self.credited(event), first):
                cells[first, path] += 1
        return cells

    def month_aum(self) -> dict[Any, dict[dt.date, Decimal]]:
        """Month averages: as delivered, or of all the day-ends of the month."""
        delivered: dict[Any, dict[dt.date, Decimal]] = defaultdict(dict)
        day_ends = defaultdict(list)
        for row in sorted(self.balances, key=lambda row: row["balance_on"]):
            first = month(row["balance_on"])
            if row["basis"] == "month_average":
                delivered[row["customer_token"]][first] = row["aum"]
            if row["basis"] == "point_in_time":
                day_ends[row["customer_token"], first].append(row["aum"])
        for (token, first), aums in day_ends.items():
            days = (next_month(first) - first).days
            if len(aums) == days:
                delivered[token].setdefault(first, round(sum(aums) / days, 2))
        return delivered

    def _count_months(self, belongs: Any) -> dict[Cell, int]:
        cells: dict[Cell, int] = defaultdict(int)
        for first, customers in self.homes.items():
            for token, home in customers.items():
                if belongs(first, token):
                    for path in self.places.ways_of_month(home, first):
                        cells[first, path] += 1
        return cells

    # --- clicks and orders ---

    def clicks(self, product_line: str) -> dict[Cell, list[Row]]:
        """Clicks that carry a registered code, by the product line they lead to."""
        cells = defaultdict(list)
        for event in self.events:
            link = self.places.links.get(event["source_code"])
            if event["event_type"] != "click" or link is None:
                continue
            if (event["product_line"] or link["product_line"]) == product_line:
                week = monday(event["day"])
                for path in self.places.levels_of_week(link["account_id"], week):
                    cells[week, path].append(event)
        return cells

    def goes_on(self, click: Row, is_next: Any) -> bool:
        """Whether a known customer did what the click leads to within the window."""
        return any(
            is_next(event)
            and click["occurred_at"] <= event["occurred_at"] <= click["occurred_at"] + WINDOW
            for event in self.by_customer.get(click["customer_token"], ())
        )

    def orders(self) -> dict[Cell, list[Row]]:
        """Wealth orders of any status by the account they are credited to."""
        cells = defaultdict(list)
        for event in self.events:
            if event["event_type"] == "wealth_subscription" and event["customer_token"] is not None:
                week = monday(event["day"])
                for path in self.places.levels_of_week(self.credited(event), week):
                    cells[week, path].append(event)
        return cells


def is_confirmed_order(event: Row) -> bool:
    is_order = event["event_type"] == "wealth_subscription"
    return is_order and event["cooling_off"] in (None, "confirmed")


def is_application(event: Row) -> bool:
    return event["event_type"] == "card_application"
