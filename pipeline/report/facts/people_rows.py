"""Rows about customers as persons: how they come and go, stay, and what they own."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from pipeline.report.facts.shown import Shown, WholeRow


@dataclass(frozen=True)
class Moves(WholeRow, Shown):
    """How the active customers of one month became those of the next."""

    table: ClassVar[str] = "monthly_moves"
    month: date
    new_active: int | None
    retained: int | None
    returned: int | None
    lost: int | None
    moved_in: int | None
    moved_out: int | None


@dataclass(frozen=True)
class LifeState(Shown):
    """Customers in one state of the life cycle at the end of a month."""

    table: ClassVar[str] = "lifecycle"
    month: date
    state: str
    state_order: int
    customers: int | None


@dataclass(frozen=True)
class LifeFlow(WholeRow):
    """Customers who went from one state of the life cycle to another; None is the sum."""

    table: ClassVar[str] = "lifecycle_flow"
    month: date
    from_state: str | None
    to_state: str | None
    customers: int | None
    suppressed: str | None


@dataclass(frozen=True)
class Rolling(Shown):
    """Active customers of a day and of the 7 and 30 days that end with it."""

    table: ClassVar[str] = "rolling_active"
    day: date
    dau: int | None
    wau: int | None
    mau: int | None
    stickiness: float | None


@dataclass(frozen=True)
class Retention(WholeRow, Shown):
    """How much of a week's new arrivals, or of a month's, is active some weeks or months later."""

    table: ClassVar[str] = "retention"
    cohort_starts: date
    age: int
    cohort_size: int | None
    active: int | None
    active_since: int | None
    bounded_rate: float | None
    bounded_low: float | None
    bounded_high: float | None
    unbounded_rate: float | None


@dataclass(frozen=True)
class WealthTier(Shown):
    """Customers of one wealth tier in a month, and what they have."""

    table: ClassVar[str] = "wealth_tiers"
    month: date
    wealth_tier: str
    wealth_order: int
    from_yuan: int
    customers: int | None
    customer_share: float | None
    aum_yuan: Decimal | None
    aum_share: float | None
    aum_per_customer: Decimal | None
    watched: int | None
    moved_up: int | None
    moved_down: int | None


@dataclass(frozen=True)
class AssetChange(WholeRow, Shown):
    """What a month's newly touched customers have more than the day before the first touch."""

    table: ClassVar[str] = "asset_changes"
    cohort_starts: date
    age: int
    cohort_size: int | None
    compared: int | None
    grown: int | None
    change_yuan: Decimal | None
    change_per_customer: Decimal | None


@dataclass(frozen=True)
class Penetration(WholeRow, Shown):
    """The share of customers that holds a product."""

    table: ClassVar[str] = "product_penetration"
    month: date
    product: str
    customers: int | None
    holders: int | None
    penetration: float | None
    rate_low: float | None
    rate_high: float | None
