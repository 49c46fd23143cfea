"""Read what one weekly page says about credit, cost and experiments, nothing later than the week.

What is made over by each run and keeps no past - the model of spend and the experiments - is only
shown on the page of the report week.
"""

from dataclasses import dataclass
from datetime import date

import duckdb

from pipeline.report.database import select
from pipeline.report.facts.money_rows import Campaign, Cost, Credit, Curve, Mix, Variant
from pipeline.report.facts.people import LEVELS, months_up_to

MONTHS = 6
CAMPAIGNS = 5
LOOKBACK = """
    select cast(value as integer) from published.parameters
    where name = 'attribution_lookback_days'
"""


@dataclass(frozen=True)
class Money:
    """What was credited, spent and tried."""

    credits: list[Credit]  # platforms and tiers, the latest month whose lookback is over
    costs: list[Cost]  # bank and tiers, the latest months that had ended, the oldest first
    account_costs: list[Cost]  # the latest of these months, the dearest first
    campaigns: list[Campaign]  # the latest to start, and what was known of them
    mix: list[Mix]  # only known for the report week
    curves: list[Curve]  # likewise
    variants: list[Variant]  # likewise


def load_money(connection: duckdb.DuckDBPyConnection, ended: date, newest: bool) -> Money:
    """Read the rows known when the week ended: `ended` is the day after it.

    `newest` says whether the week is the report week.
    """
    costs = f"complete and {months_up_to('acquisition_costs', MONTHS)}"
    dearest = "spend_yuan desc nulls last, account_id"
    return Money(
        credits=_credits(connection, ended),
        costs=select(
            connection, Cost, f"{LEVELS} and {costs}", [ended], order="month, level, tier"
        ),
        account_costs=select(
            connection,
            Cost,
            f"level = 'account' and complete and {months_up_to('acquisition_costs', 1)}",
            [ended],
            order=dearest,
        ),
        campaigns=_campaigns(connection, ended),
        mix=select(connection, Mix, order="channel") if newest else [],
        curves=select(connection, Curve, order="channel, point") if newest else [],
        variants=_variants(connection) if newest else [],
    )


def _credits(connection: duckdb.DuckDBPyConnection, ended: date) -> list[Credit]:
    """Give the newest month whose conversions nothing later can have been credited otherwise."""
    newest = f"""
        dimension in ('platform', 'tier') and month = (
            select max(month) from published.attribution_models
            where mature and month + interval 1 month + to_days(({LOOKBACK})) <= ?
        )
    """
    return select(connection, Credit, newest, [ended], order="kind, dimension, channel, rule")


def _campaigns(connection: duckdb.DuckDBPyConnection, ended: date) -> list[Campaign]:
    """Give the newest campaigns; a horizon that was not over by then is left out."""
    begun = f"""
        campaign_id in (
            select campaign_id from published.campaign_returns
            where starts_on < ? group by campaign_id
            order by max(starts_on) desc, campaign_id limit {CAMPAIGNS}
        ) and (not mature or starts_on + to_days(cast(horizon_days as integer)) <= ?)
    """
    order = "starts_on desc, campaign_id, horizon_days"
    return select(connection, Campaign, begun, [ended, ended], order=order)


def _variants(connection: duckdb.DuckDBPyConnection) -> list[Variant]:
    order = "starts_on desc, experiment_id, is_control desc, variant"
    return select(connection, Variant, order=order)
