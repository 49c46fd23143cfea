"""Read what one page says about credit, cost and experiments, nothing later than its end.

What is made over by each run and keeps no past - the model of spend and the experiments - is only
shown on the page of the report week.
"""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from pipeline.report.database import select
from pipeline.report.facts.money_rows import Campaign, Cost, Credit, Curve, Mix, Variant
from pipeline.report.facts.people import months_up_to
from pipeline.report.facts.reader import BY_MONTH, Reader

MONTHS = 6
CAMPAIGNS = 5
DEAREST = "spend_yuan desc nulls last, account_id"
LOOKBACK = """
    select cast(value as integer) from published.parameters
    where name = 'attribution_lookback_days'
"""


@dataclass(frozen=True)
class Money:
    """What was credited, spent and tried."""

    credits: list[Credit]  # platforms and tiers, the latest month whose lookback is over
    costs: list[Cost]  # the place and its parts, the latest months that had ended
    account_costs: list[Cost]  # the place's accounts, the latest of them, the dearest first
    campaigns: list[Campaign]  # the latest to start, and what was known of them
    mix: list[Mix]  # only known for the report week
    curves: list[Curve]  # likewise
    variants: list[Variant]  # likewise


def load_money(read: Reader) -> Money:
    """Read the rows known when the period had ended; but for costs, only the bank has any."""
    is_bank = read.place.level == "bank"
    newest = is_bank and read.period.is_report_week
    return Money(
        credits=_credits(read) if is_bank else [],
        costs=_costs(read, read.place.shown, MONTHS, BY_MONTH),
        account_costs=_costs(read, read.place.inside("account"), 1, DEAREST),
        campaigns=_campaigns(read) if is_bank else [],
        mix=select(read.connection, Mix, order="channel") if newest else [],
        curves=select(read.connection, Curve, order="channel, point") if newest else [],
        variants=_variants(read) if newest else [],
    )


def _costs(read: Reader, where: str, months: int, order: str) -> list[Cost]:
    known = f"{where} and complete and {months_up_to('acquisition_costs', months)}"
    part, ended = read.place.part, [read.period.ended]
    return select(read.connection, Cost, known, ended, order=order, part=part)


def _credits(read: Reader) -> list[Credit]:
    """Give the newest month whose conversions nothing later can have been credited otherwise."""
    newest = f"""
        dimension in ('platform', 'tier') and month = (
            select max(month) from published.attribution_models
            where mature and month + interval 1 month + to_days(({LOOKBACK})) <= ?
        )
    """
    order = "kind, dimension, channel, rule"
    return select(read.connection, Credit, newest, [read.period.ended], order=order)


def _campaigns(read: Reader) -> list[Campaign]:
    """Give the newest campaigns as they were known when the week had ended."""
    begun = f"""
        campaign_id in (
            select campaign_id from published.campaign_returns
            where starts_on < ? group by campaign_id
            order by max(starts_on) desc, campaign_id limit {CAMPAIGNS}
        )
    """
    order = "starts_on desc, campaign_id, horizon_days"
    found = select(read.connection, Campaign, begun, [read.period.ended], order=order)
    return [_as_known(row, read.period.ended) for row in found]


def _as_known(row: Campaign, ended: date) -> Campaign:
    """Give a horizon that was not over by then as one that is open."""
    if row.starts_on + timedelta(days=row.horizon_days) <= ended:
        return row
    names = {"campaign_id", "campaign_name", "starts_on", "horizon_days"}
    unknown: dict[str, Any] = {one.name: None for one in fields(row) if one.name not in names}
    return replace(row, **unknown | {"mature": False, "why_not": "immature"})


def _variants(read: Reader) -> list[Variant]:
    order = "starts_on desc, experiment_id, is_control desc, variant"
    return select(read.connection, Variant, order=order)
