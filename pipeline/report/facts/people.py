"""Read what one weekly page says about customers as persons, nothing of it later than the week."""

from dataclasses import dataclass
from datetime import date

import duckdb

from pipeline.report.database import Published, Row, select
from pipeline.report.facts.people_rows import (
    AssetChange,
    LifeFlow,
    LifeState,
    Moves,
    Penetration,
    Retention,
    Rolling,
    WealthTier,
)

LEVELS = "level in ('bank', 'tier')"
BANK = "level = 'bank'"
MONTHS = 12
TIER_AGE = 4  # weeks after arrival at which the tiers are compared


@dataclass(frozen=True)
class People:
    """Bank and tiers, unless a list says otherwise."""

    moves: list[Moves]  # the latest months that had ended by the week's end, the oldest first
    states: list[LifeState]  # the latest of them
    flow: list[LifeFlow]  # of the bank, the latest of them
    rolling: list[Rolling]  # the week's last day
    cohorts: list[Retention]  # of the bank, arrivals of the trend's weeks at every age reached
    tier_cohorts: list[Retention]  # the same of bank and tiers, at TIER_AGE
    wealth: list[WealthTier]  # the latest month that had ended
    asset_changes: list[AssetChange]  # of the bank, at every age reached by the week's end
    penetration: list[Penetration]  # the latest month that had ended


def load_people(connection: duckdb.DuckDBPyConnection, first: date, ended: date) -> People:
    """Read the rows known when the week ended: `ended` is the day after it, `first` a Monday.

    `first` is the oldest week of the trend.
    """
    cohorts = (
        "cohort_type = 'first_time' and period = 'week' and cohort_starts >= ? "
        "and cohort_starts + to_days(cast(7 * age + 7 as integer)) <= ?"
    )
    return People(
        moves=select(
            connection,
            Moves,
            f"{LEVELS} and complete and {months_up_to('monthly_moves', MONTHS)}",
            [ended],
            order="month, level, tier",
        ),
        states=_latest(connection, LifeState, ended, LEVELS, "level, tier, state_order"),
        flow=_latest(connection, LifeFlow, ended),
        rolling=select(connection, Rolling, f"{LEVELS} and day + interval 1 day = ?", [ended]),
        cohorts=select(
            connection,
            Retention,
            f"{BANK} and {cohorts}",
            [first, ended],
            order="cohort_starts, age",
        ),
        tier_cohorts=select(
            connection,
            Retention,
            f"{LEVELS} and {cohorts} and age = ?",
            [first, ended, TIER_AGE],
            order="cohort_starts, level, tier",
        ),
        wealth=_latest(connection, WealthTier, ended, LEVELS, "level, tier, wealth_order"),
        asset_changes=select(
            connection,
            AssetChange,
            f"{BANK} and cohort_starts + to_months(cast(age + 1 as integer)) <= ?",
            [ended],
            order="cohort_starts, age",
        ),
        penetration=_latest(connection, Penetration, ended, LEVELS, "level, tier, product"),
    )


def months_up_to(table: str, most: int) -> str:
    """Give the condition on the latest `most` months of a table that had ended by one day."""
    return (
        f"month in (select distinct month from published.{table} "
        f"where month + interval 1 month <= ? order by month desc limit {most})"
    )


def _latest(
    connection: duckdb.DuckDBPyConnection,
    row: type[Row],
    ended: date,
    where: str = "true",
    order: str = "all",
) -> list[Row]:
    """Give the rows of the latest month of a table that had ended by the day `ended`."""
    table: type[Published] = row
    latest = months_up_to(table.table, 1)
    return select(connection, row, f"{where} and {latest}", [ended], order=order)
