"""What becomes of customers from month to month, person by person: no joins, no sums of sums."""

import datetime as dt
from collections import defaultdict
from typing import Any

from tests.oracle.lake import DAY
from tests.oracle.persons import Cell, Persons
from tests.oracle.places import NOBODY, Path, months_before, next_month

OWN = ("login", "transaction", "card_first_use", "wealth_subscription")
NEW, DORMANT, LOST = 30, 90, 180


def moves(persons: Persons) -> dict[str, dict[Cell, int]]:
    """Count how customers came to be active, or no longer, by move, month and level."""
    found: dict[str, dict[Cell, int]] = defaultdict(lambda: defaultdict(int))
    for first, here in persons.homes.items():
        before = persons.homes.get(months_before(first, 1), {})
        for token in here.keys() | before.keys():
            for move, path in _moves_of(persons, first, token):
                found[move][first, path] += 1
    return found


def _moves_of(persons: Persons, first: dt.date, token: Any) -> list[tuple[str, Path]]:
    earlier = months_before(first, 1)
    was, places = persons.homes.get(earlier, {}).get(token), persons.places
    now = persons.homes[first].get(token)
    paths_before = set(places.ways_of_month(was, earlier)) if was else set()
    paths = set(places.ways_of_month(now, first)) if now else set()
    if was is None:
        known = any(token in homes for other, homes in persons.homes.items() if other < first)
        return [("returned" if known else "new_active", path) for path in paths]
    if now is None:
        return [("lost", path) for path in paths_before]
    return [
        *(("retained", path) for path in paths & paths_before),
        *(("moved_in", path) for path in paths - paths_before),
        *(("moved_out", path) for path in paths_before - paths),
    ]


def first_arrivals(persons: Persons) -> dict[Any, tuple[dt.date, str]]:
    """Give each customer's first day at the bank, and the account it is due to."""
    found: dict[Any, tuple[dt.date, str]] = {}
    for event, account, _ in sorted(
        persons.arrivals, key=lambda it: (it[0]["occurred_at"], it[0]["event_id"])
    ):
        found.setdefault(event["customer_token"], (event["day"], account))
    return found


def states(persons: Persons, first: dt.date) -> dict[Any, tuple[str, str]]:
    """Give each customer's state at the end of a month, and the account they belong to."""
    last = next_month(first) - DAY
    aum, arrived = persons.month_aum(), first_arrivals(persons)
    found = {}
    for token, events in persons.by_customer.items():
        became = persons.became.get(token)
        became = became if became and became["day"] <= last else None
        own = [e["day"] for e in events if e["event_type"] in OWN and e["day"] <= last]
        days = own + ([became["day"]] if became else [])
        came = arrived[token] if token in arrived and arrived[token][0] <= last else None
        if days or came:
            falls = _has_fallen(aum.get(token, {}), first)
            state = _state(last, became["day"] if became else None, days, falls)
            found[token] = state, _home(persons, token, last, became, came)
    return found


def _state(last: dt.date, became: dt.date | None, days: list[dt.date], falls: bool) -> str:
    if not days:
        return "potential"
    if became and (last - became).days < NEW:
        return "new"
    idle = (last - max(days)).days
    if idle >= LOST or falls:
        return "lost"
    return "dormant" if idle >= DORMANT else "active"


def _has_fallen(aum: Any, first: dt.date) -> bool:
    six = [aum[m] for n in range(6) if (m := months_before(first, n)) in aum]
    return first in aum and max(six) > 0 and 5 * aum[first] <= max(six)


def _home(persons: Persons, token: Any, last: dt.date, became: Any, came: Any) -> str:
    home = NOBODY
    for login in persons.by_customer[token]:
        if login["event_type"] == "login" and login["day"] <= last:
            owner = persons.credited(login)
            home = owner if owner != NOBODY else home
    if home == NOBODY and became:
        home = persons.credited(became)
    return came[1] if home == NOBODY and came else home
