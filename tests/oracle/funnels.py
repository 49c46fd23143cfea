"""The shipped funnels, recounted event by event: every chain of everybody is tried."""

import datetime as dt
import tomllib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.funnels.oracle import Answer, Event, Rules, Wants, answer
from tests.oracle.lake import SHANGHAI, Row
from tests.oracle.persons import Persons, is_confirmed_order
from tests.oracle.places import NOBODY, monday, month

ROOT = Path(__file__).parents[2]
EPOCH = dt.datetime(1970, 1, 1)
MICROSECOND = dt.timedelta(microseconds=1)
DAYS = 86_400 * 1_000_000

Test = Callable[[Row], bool]


def registered(row: Row) -> bool:
    return row["account_id"] != NOBODY


# What the definitions' conditions say, typed anew.
CONDITIONS: dict[str | None, Test] = {
    None: lambda row: True,
    "account_id is not null": registered,
    "product_line = 'card' and account_id is not null": lambda row: (
        row["line"] == "card" and registered(row)
    ),
    "product_line = 'wealth' and account_id is not null": lambda row: (
        row["line"] == "wealth" and registered(row)
    ),
    "platform in ('wechat_channels', 'douyin', 'kuaishou', 'bilibili')": lambda row: (
        row["platform"] in ("wechat_channels", "douyin", "kuaishou", "bilibili")
    ),
}


@dataclass(frozen=True)
class Cell:
    """The persons of a funnel, period and level: what became of each."""

    answers: list[Answer]

    def persons(self, step: int) -> int:
        return sum(got.level >= step for got in self.answers)

    def seconds(self, step: int) -> list[float]:
        reached = [got for got in self.answers if step in got.moments and step <= got.level]
        return sorted(got.moments[step] / 1_000_000 for got in reached)


def definitions() -> dict[str, dict[str, Any]]:
    return {
        file.stem: tomllib.loads(file.read_text("utf-8"))
        for file in sorted((ROOT / "funnels").glob("*.toml"))
    }


class Funnels:
    """Events of each person with what definitions ask for."""

    def __init__(self, persons: Persons) -> None:
        self.persons = persons
        self.places = persons.places
        self.platforms = {p["account_id"]: p["platform"] for p in self.places.periods}

    def told(self, event: Row) -> Row:
        code = event["source_code"]
        account = self.places.account_of(code)
        line = event["product_line"]
        if line is None and account != NOBODY:
            line = self.places.links[code]["product_line"]
        platform = self.platforms.get(account)
        product = self.places.links[code]["product"] if account != NOBODY else None
        own = {"account_id": account, "line": line, "platform": platform, "product": product}
        return {**event, **own}

    def cells(self, words: dict[str, Any]) -> dict[tuple[str, dt.date, tuple[str, ...]], Cell]:
        """By period, its first day and level."""
        number, unit = words["window"].split()
        assert unit == "days" and words["order"] == "ordered"
        steps = [Wants(f"s{k}", optional=s.get("optional", False)) for k, s in steps_of(words)]
        rules = Rules("ordered", int(number) * DAYS, steps)
        found: dict[tuple[str, dt.date, tuple[str, ...]], list[Answer]] = defaultdict(list)
        for rows in self.persons.by_customer.values():
            events = [event for row in rows for event in self.events(words, row)]
            entries = {
                event.t: self.persons.credited(row)
                for row in rows
                for event in self.events(words, row)
                if event.name == "s1"
            }
            lie = {t: set(self.of(t, account)) for t, account in entries.items()}
            for cell in set().union(*lie.values()):
                got = answer(rules, events, partial(_lies_in, lie, cell))
                assert got is not None
                found[cell].append(got)
        return {cell: Cell(answers) for cell, answers in found.items()}

    def events(self, words: dict[str, Any], row: Row) -> list[Event]:
        """Give the steps an event fits, those that the warehouse derives of it included."""
        names = {row["event_type"]}
        if is_confirmed_order(row):
            names.add("wealth_confirmed")
        if self.persons.became.get(row["customer_token"]) is row:
            names.add("new_customer")
        told = self.told(row)
        t = (row["occurred_at"] - EPOCH) // MICROSECOND
        return [
            Event(t, f"s{k}", q=told[words["breakdown"]["by"]])
            for k, step in steps_of(words)
            if step["event"] in names and CONDITIONS[step.get("where")](told)
        ]

    def of(self, t: int, account: str) -> list[tuple[str, dt.date, tuple[str, ...]]]:
        """Give the periods and levels an entry belongs to."""
        day = (EPOCH + t * MICROSECOND + SHANGHAI).date()
        week, first = monday(day), month(day)
        return [
            *(("week", week, p) for p in self._levels(account, week + dt.timedelta(6))),
            *(("month", first, p) for p in self.places.levels_of_month(account, first)),
        ]

    def _levels(self, account: str, day: dt.date) -> list[tuple[str, ...]]:
        return self.places.levels(account, min(day, self.places.as_of - dt.timedelta(1)))


def _lies_in(lie: dict[int, set[Any]], cell: Any, event: Event) -> bool:
    return cell in lie[event.t]


def steps_of(words: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(words["steps"], 1))


def quantile(values: list[float], share: float) -> float:
    """Interpolate between the two values beside it."""
    place = (len(values) - 1) * share
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)
