"""Attribution by channel, from the lake: plain loops over each customer's touches."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from tests.measures.exact import removal_effects
from tests.oracle.chains import WINDOW
from tests.oracle.credits import RULES, credits
from tests.oracle.lake import Row
from tests.oracle.persons import Persons, is_application, is_confirmed_order
from tests.oracle.places import NOBODY, month

DIMENSIONS = ("account", "platform", "tier", "entry", "form", "theme")
Group = tuple[Any, str, str]
"""A month, a kind of conversion, a dimension."""


class Channels:
    """Conversions and paths of each month, kind and dimension.

    labels: form and theme of a post, by account and the name it is linked by, without the names
    that several posts have.
    """

    def __init__(
        self, persons: Persons, labels: dict[tuple[str, str], dict[str, str | None]]
    ) -> None:
        self._places = persons.places
        self._labels = labels
        self._touches = {
            token: [event for event in events if self._is_touch(event)]
            for token, events in persons.by_customer.items()
        }
        became = [(event, "new_customer") for event in persons.became.values()]
        done = [
            (event, event["event_type"])
            for events in persons.by_customer.values()
            for event in events
            if is_application(event) or is_confirmed_order(event)
        ]
        self._conversions = became + done

    def _is_touch(self, event: Row) -> bool:
        known = self._places.account_of(event["source_code"]) != NOBODY
        return known and event["event_type"] in ("click", "arrival")

    def channel(self, touch: Row, dimension: str) -> str:
        link = self._places.links[touch["source_code"]]
        if dimension == "account":
            return str(link["account_id"])
        if dimension == "entry":
            return str(link["entry"])
        if dimension in ("form", "theme"):
            named = self._labels.get((link["account_id"], link["post"]), {})
            return "(no post)" if link["post"] is None else named.get(dimension) or "(unknown)"
        for period in self._places.periods:
            if period["account_id"] == link["account_id"] and (
                period["valid_from"] <= touch["day"]
                and (period["valid_to"] is None or touch["day"] <= period["valid_to"])
            ):
                return str(period[dimension])
        return "(unknown)" if dimension == "platform" else "unregistered"

    def _before(self, event: Row) -> list[Row]:
        at = event["occurred_at"]
        every = self._touches.get(event["customer_token"], [])
        return [touch for touch in every if at - WINDOW <= touch["occurred_at"] <= at]

    def by_rules(self) -> dict[tuple[Group, str | None], dict[str, Any]]:
        """Sum what five rules credit, by channel and (None) over all; count who is behind it."""
        cells: dict[Any, dict[str, Any]] = defaultdict(
            lambda: dict.fromkeys(RULES, 0.0) | {"customers": set(), "conversions": 0}
        )
        for event, kind in self._conversions:
            before = self._before(event)
            for dimension in DIMENSIONS:
                group = (month(event["day"]), kind, dimension)
                path = [
                    (t["occurred_at"], t["event_id"], self.channel(t, dimension)) for t in before
                ]
                shares = credits(event["occurred_at"], path)
                for channel in (None, *shares):
                    cell = cells[group, channel]
                    cell["customers"].add(event["customer_token"])
                    cell["conversions"] += 1
                    for n, rule in enumerate(RULES):
                        cell[rule] += 1 if channel is None else shares[channel][n]
        return cells

    def paths(self) -> dict[Group, list[tuple[tuple[str, ...], int, int]]]:
        """Count the paths to conversions, and those to nothing."""
        won: dict[Group, Counter[tuple[str, ...]]] = defaultdict(Counter)
        lost: dict[Group, Counter[tuple[str, ...]]] = defaultdict(Counter)
        for event, kind in self._conversions:
            self._walk(won, month(event["day"]), kind, self._before(event))
        for first, kind, last in self._to_nothing():
            self._walk(lost, first, kind, self._before(last))
        return {
            group: [(p, won[group][p], lost[group][p]) for p in {*won[group], *lost[group]}]
            for group in {*won, *lost}
        }

    def _walk(self, counted: Any, first: Any, kind: str, touches: list[Row]) -> None:
        for dimension in DIMENSIONS if touches else ():
            path = tuple(self.channel(touch, dimension) for touch in touches)
            counted[first, kind, dimension][path] += 1

    def _to_nothing(self) -> Iterator[tuple[Any, str, Row]]:
        """Give the months, kinds and last touches of those who did not convert."""
        converted = defaultdict(list)
        for event, kind in self._conversions:
            converted[event["customer_token"], kind].append(event)
        for token, touches in self._touches.items():
            last = {month(touch["day"]): touch for touch in touches}
            for (first, touch), kind in ((x, k) for x in last.items() for k in _KINDS):
                if token is not None and not any(
                    _is_in_the_way(conversion, kind, first, touch)
                    for conversion in converted[token, kind]
                ):
                    yield first, kind, touch


_KINDS = ("new_customer", "card_application", "wealth_subscription")


def _is_in_the_way(conversion: Row, kind: str, first: Any, touch: Row) -> bool:
    if conversion["occurred_at"] > touch["occurred_at"] + WINDOW:
        return False
    later = conversion["occurred_at"] > touch["occurred_at"]
    return kind == "new_customer" or later or month(conversion["day"]) == first


def by_paths(rows: list[tuple[tuple[str, ...], int, int]]) -> dict[str, dict[str, float]]:
    """Give what each channel of some paths is worth: its removal effect, and both credits."""
    effects = removal_effects(rows)
    conversions, total = sum(won for _, won, _ in rows), sum(effects.values())
    shapley: dict[str, Fraction] = defaultdict(Fraction)
    on: dict[str, int] = defaultdict(int)
    for path, won, _ in rows:
        for channel in set(path):
            shapley[channel] += Fraction(won, len(set(path)))
            on[channel] += won > 0
    return {
        channel: {
            "removal_effect": float(effect),
            "markov": float(conversions * effect / total) if total else 0.0,
            "shapley": float(shapley[channel]),
            "paths": on[channel],
        }
        for channel, effect in effects.items()
    }
