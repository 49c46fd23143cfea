"""One dataclass per published table: its fields are the columns the page reads."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from pipeline.report.facts.shown import Path, Shown, Withholding


@dataclass(frozen=True)
class Run:
    """What the database was built from and for."""

    table: ClassVar[str] = "run"
    as_of: date
    report_week: str
    publish_id: str
    bank_name: str


@dataclass(frozen=True)
class Parameter:
    """A setting that numbers depend on."""

    table: ClassVar[str] = "parameters"
    name: str
    value: str
    meaning_zh: str
    meaning_en: str


@dataclass(frozen=True)
class Definition:
    """What a metric means, and where it is stored."""

    table: ClassVar[str] = "definitions"
    metric: str
    version: int
    valid_from: date
    name_zh: str
    name_en: str
    meaning_zh: str
    meaning_en: str
    unit: str | None
    base: str | None
    table_name: str | None
    column_name: str | None


@dataclass(frozen=True)
class Consent(Withholding):
    """How many customers agreed to be counted as persons."""

    table: ClassVar[str] = "consent_coverage"
    customers: int | None
    consented: int | None
    coverage: float | None
    suppressed: str | None


@dataclass(frozen=True)
class Stage(Shown):
    """One stage of the funnel in one week."""

    table: ClassVar[str] = "weekly_funnel"
    week: str
    week_starts: date
    stage: str
    stage_order: int
    total: int | None
    persons: int | None
    accounts_reporting: int | None
    accounts: int | None
    estimated: bool | None
    complete: bool | None
    mature: bool | None
    bridge: float | None

    @property
    def value(self) -> int | None:
        """The count of a count stage, the persons of a person stage."""
        return self.persons if self.total is None else self.total


@dataclass(frozen=True)
class Step(Path):
    """One stage against the week before and against the stage before."""

    table: ClassVar[str] = "weekly_steps"
    week: str
    stage: str
    stage_order: int
    previous_stage: str | None
    value: int | None
    last_week_value: int | None
    change: float | None
    n: int | None
    step_rate: float | None
    lost_rate: float | None
    rate_low: float | None
    rate_high: float | None
    mature: bool | None


@dataclass(frozen=True)
class Overlap(Withholding):
    """Distinct customers of the bank beside the sum of its tiers."""

    table: ClassVar[str] = "tier_overlap"
    week: str
    stage: str
    stage_order: int
    persons: int | None
    sum_of_tiers: int | None
    overlap: int | None
    suppressed: str | None


@dataclass(frozen=True)
class Followers(Path):
    """Followers at the end of a week and how they moved."""

    table: ClassVar[str] = "follower_weeks"
    week: str
    followers: int | None
    gained: int | None
    lost: int | None
    net: int | None
    accounts_reporting: int | None
    accounts: int | None


@dataclass(frozen=True)
class Month(Shown):
    """Followers, active customers and their assets in one calendar month."""

    table: ClassVar[str] = "monthly_active"
    month: date
    complete: bool
    followers: int | None
    mau: int | None
    stable_mau: int | None
    new_customers: int | None
    followers_gained: int | None
    aum_yuan: Decimal | None
    aum_per_mau: Decimal | None
    mau_per_follower: float | None
    rate_low: float | None
    rate_high: float | None
    new_per_1000_gained: float | None


@dataclass(frozen=True)
class Cohort(Shown):
    """Newly active customers of a month and how many of them reached the asset threshold."""

    table: ClassVar[str] = "mau_to_aum"
    month: date
    newly_active: int | None
    reached: int | None
    reached_rate: float | None
    rate_low: float | None
    rate_high: float | None
    mature: bool | None


@dataclass(frozen=True)
class Cards(Shown):
    """Clicks on card links and the applications that followed."""

    table: ClassVar[str] = "card_clicks"
    week: str
    clicks: int | None
    clickers: int | None
    applicants: int | None
    applicant_rate: float | None
    rate_low: float | None
    rate_high: float | None
    mature: bool | None
    reads: int | None
    clicks_per_1000_reads: float | None


@dataclass(frozen=True)
class CardProduct(Withholding):
    """Clicks on the links of one card product in one week."""

    table: ClassVar[str] = "card_products"
    week: str
    product: str | None
    clicks: int | None
    clickers: int | None
    suppressed: str | None


@dataclass(frozen=True)
class Subscriptions(Shown):
    """Clicks on wealth links and subscriptions of wealth products in one week."""

    table: ClassVar[str] = "subscriptions"
    week: str
    wealth_clicks: int | None
    clickers: int | None
    subscribed_clickers: int | None
    subscribed_rate: float | None
    rate_low: float | None
    rate_high: float | None
    mature: bool | None
    customers: int | None
    orders: int | None
    amount_yuan: Decimal | None
    pending_orders: int | None
    withdrawn_orders: int | None


@dataclass(frozen=True)
class Post:
    """One post with its lifetime totals and what it gained in the report week."""

    table: ClassVar[str] = "content_posts"
    post_id: str
    account_name: str | None
    tier: str | None
    platform: str | None
    title: str | None
    form: str | None
    published_on: date | None
    impressions: int | None
    reads: int | None
    engagement: int | None
    engagement_rate: float | None
    followers_gained: int | None
    clicks: int | None
    reads_last_week: int | None
    source_file: str | None
    source_sheet: str | None
    source_line: int | None


@dataclass(frozen=True)
class Forecast:
    """One week to come of a level's rolling MAU."""

    table: ClassVar[str] = "forecasts"
    part: str | None
    starts_on: date
    value: float
    low: float
    high: float
    method: str
    error: float
    trials: int
    last_value: float
