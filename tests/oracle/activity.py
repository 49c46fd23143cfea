"""Active customers over days, as sets of tokens: no cumulation, every window by itself."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from tests.oracle.lake import DAY
from tests.oracle.persons import Cell, Persons
from tests.oracle.places import NOBODY

WINDOWS = {"dau": 1, "wau": 7, "mau": 30}


def active_days(persons: Persons) -> dict[Cell, set[Any]]:
    """Give who was active on each day at each level, by the day's latest credited login."""
    homes: dict[tuple[Any, dt.date], str] = {}
    for token, events in persons.by_customer.items():
        for login in events:
            if login["event_type"] == "login":
                account = persons.credited(login)
                if account != NOBODY or (token, login["day"]) not in homes:
                    homes[token, login["day"]] = account
    cells = defaultdict(set)
    for (token, day), account in homes.items():
        for path in persons.places.ways(account, day):
            cells[day, path].add(token)
    return cells


def in_window(active: Mapping[Cell, set[Any]], day: dt.date, path: Any, days: int) -> int:
    """Count who was active at a level on any of so many days that end with one."""
    nobody: set[Any] = set()
    return len(nobody.union(*(active.get((day - n * DAY, path), nobody) for n in range(days))))
