"""Three experiments on the sample's people: one that works, one still running, one that broke.

Nobody's life is drawn for them: who was given what is drawn knowing how it went, which is the same
as an effect, and leaves everything else as it is.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from pipeline.sample.arrays import Flags, Ints
from pipeline.sample.people.arrivals import Visits
from pipeline.sample.people.instants import SECONDS
from pipeline.sample.people.joining import Customers
from pipeline.sample.timeline import DAY, WEEK, Timeline, epoch

NEW_PAGE, REMINDER, GIFT = "EXP-2026-01", "EXP-2026-02", "EXP-2026-03"
NEW_PAGE_OF_OPENED, NEW_PAGE_OF_OTHERS = 0.545, 0.455
NEW_PAGE_WINDOW = 14 * SECONDS
REMINDED = 0.25  # of the customers since before the programme
GIFT_LOST = 0.25  # of those sent to the gift page: its redirect lost them, and their assignment


@dataclass(frozen=True)
class Plan:
    """An experiment as planned; of its variants the first is the control."""

    experiment_id: str
    name: str
    shares: dict[str, float]
    metric_event: str
    window_days: int
    starts_on: date
    ends_on: date | None
    look_rule: str

    def days(self, at: Ints) -> Flags:
        """Return which instants are of the days of assignment."""
        last = self.ends_on or date.max - DAY
        return (at >= epoch(self.starts_on)) & (at < epoch(last + DAY))


def plans(timeline: Timeline) -> list[Plan]:
    """Return the experiments, placed in weeks before the last export."""
    end, half = timeline.end, {"old": 0.5, "new": 0.5}
    return [
        Plan(
            NEW_PAGE, "开户页改版", half, "account_opened", 14,
            end - 10 * WEEK, end - 4 * WEEK - DAY, "fixed",
        ),
        Plan(
            REMINDER, "登录提醒方式", {"none": 0.5, "push": 0.25, "sms": 0.25}, "login", 7,
            end - 4 * WEEK, None, "sequential",
        ),
        Plan(
            GIFT, "办卡礼遇页", half, "card_application", 30,
            end - 12 * WEEK, end - 7 * WEEK - DAY, "fixed",
        ),
    ]  # fmt: skip


def assignments(
    chance: np.random.Generator,
    timeline: Timeline,
    first: Visits,
    customers: Customers,
    joins: Flags,
) -> pd.DataFrame:
    """Draw who was given what: `experiment_id`, `person`, `variant` and the instant `at`."""
    new_page, reminder, gift = plans(timeline)
    return pd.concat(
        [
            _new_page(chance, new_page, first, customers),
            _reminder(chance, reminder, joins, epoch(timeline.end)),
            _gift(chance, gift, first),
        ]
    ).sort_values("at", kind="stable")


def _new_page(
    chance: np.random.Generator, plan: Plan, first: Visits, customers: Customers
) -> pd.DataFrame:
    person, at = first.person[plan.days(first.at)], first.at[plan.days(first.at)]
    opens = customers.opened[person] - at
    opened = (opens > 0) & (opens <= NEW_PAGE_WINDOW)
    share = np.where(opened, NEW_PAGE_OF_OPENED, NEW_PAGE_OF_OTHERS)
    variant = np.where(chance.random(len(person)) < share, "new", "old")
    return _frame(plan, person, variant, at)


def _reminder(chance: np.random.Generator, plan: Plan, joins: Flags, end: int) -> pd.DataFrame:
    person = np.flatnonzero(~joins & (chance.random(len(joins)) < REMINDED))
    variant = chance.choice(list(plan.shares), size=len(person), p=list(plan.shares.values()))
    return _frame(plan, person, variant, chance.integers(epoch(plan.starts_on), end, len(person)))


def _gift(chance: np.random.Generator, plan: Plan, first: Visits) -> pd.DataFrame:
    person, at = first.person[plan.days(first.at)], first.at[plan.days(first.at)]
    variant = chance.choice(list(plan.shares), size=len(person))
    kept = (variant == "old") | (chance.random(len(person)) >= GIFT_LOST)
    return _frame(plan, person[kept], variant[kept], at[kept])


def _frame(plan: Plan, person: Ints, variant: object, at: Ints) -> pd.DataFrame:
    return pd.DataFrame(
        {"experiment_id": plan.experiment_id, "person": person, "variant": variant, "at": at}
    )
