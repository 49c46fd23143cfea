"""Rows about what reaching customers cost, whom a conversion is credited to, and what was tried."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from pipeline.report.facts.shown import Shown, WholeRow, Withholding


@dataclass(frozen=True)
class Credit(WholeRow):
    """What one rule credits to one channel of a month's conversions."""

    table: ClassVar[str] = "attribution_models"
    month: date
    kind: str
    dimension: str
    channel: str | None
    rule: str
    customers: int | None
    conversions: int | None
    credits: float | None
    share: float | None
    suppressed: str | None


@dataclass(frozen=True)
class Cost(Shown):
    """What was spent in a month, and what an arrival, a new customer and their assets cost."""

    table: ClassVar[str] = "acquisition_costs"
    month: date
    spend_yuan: Decimal | None
    arrivals: int | None
    new_customers: int | None
    aum_yuan: Decimal | None
    yuan_per_arrival: Decimal | None
    cac_yuan: Decimal | None
    yuan_per_10k_aum: Decimal | None


@dataclass(frozen=True)
class Campaign(Withholding):
    """What a campaign had brought at 30, 60 or 90 days from its start."""

    table: ClassVar[str] = "campaign_returns"
    campaign_id: str
    campaign_name: str | None
    starts_on: date
    horizon_days: int
    mature: bool
    spend_yuan: Decimal | None
    arrivals: int | None
    new_customers: int | None
    cac_yuan: Decimal | None
    subscribed_yuan: Decimal | None
    return_yuan: Decimal | None
    roi: float | None
    why_not: str | None
    suppressed: str | None


@dataclass(frozen=True)
class Mix(Withholding):
    """A channel's spend of a week and the one that the model suggests; all together: None."""

    table: ClassVar[str] = "channel_mix"
    channel: str | None
    weeks: int | None
    customers: int | None
    spend_yuan: float | None
    suggested_yuan: float | None
    suggested_yuan_low: float | None
    suggested_yuan_high: float | None
    gain: float | None
    gain_low: float | None
    gain_high: float | None
    why_not: str | None
    suppressed: str | None


@dataclass(frozen=True)
class Curve(Withholding):
    """How many new customers a week of so much spend would bring, by the model."""

    table: ClassVar[str] = "channel_curves"
    channel: str
    point: int
    spend_yuan: float | None
    expected: float | None
    expected_low: float | None
    expected_high: float | None
    suppressed: str | None


@dataclass(frozen=True)
class Variant(Withholding):
    """One variant of an experiment and its difference to the control."""

    table: ClassVar[str] = "experiments"
    experiment_id: str
    experiment_name: str | None
    look_rule: str | None
    starts_on: date | None
    mature: bool | None
    variant: str
    is_control: bool
    assigned: int | None
    observed: int | None
    converted: int | None
    rate: float | None
    rate_low: float | None
    rate_high: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    sequential_low: float | None
    sequential_high: float | None
    detectable: float | None
    ratio_p: float | None
    why_not: str | None
    suppressed: str | None
