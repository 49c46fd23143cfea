"""Rows that only the page of a month shows: cards and first subscriptions."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipeline.report.facts.shown import Shown, WholeRow


@dataclass(frozen=True)
class Approvals(WholeRow, Shown):
    """Card applications of a month, and how many of the applicants were approved."""

    table: ClassVar[str] = "card_approvals"
    month: date
    applicants: int | None
    applications: int | None
    approved: int | None
    approval_rate: float | None
    mature: bool | None


@dataclass(frozen=True)
class FirstSubscriptions(WholeRow, Shown):
    """Customers whose first confirmed wealth subscription fell in a month."""

    table: ClassVar[str] = "repeat_subscriptions"
    month: date
    subscribers: int | None
