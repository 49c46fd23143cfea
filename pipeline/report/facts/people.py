"""Read what one page says about customers as persons, nothing of it later than its end."""

from dataclasses import dataclass
from datetime import date

from pipeline.periods import week_starts
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
from pipeline.report.facts.reader import BY_MONTH, Reader

MONTHS = 12
PART_AGE = 4  # weeks after arrival at which the parts are compared
PART_AGE_MONTHS = 1  # on the page of a month, months
BY_PART = "level desc, tier, unit_id, account_id"


@dataclass(frozen=True)
class People:
    """The place and its parts, unless a list says otherwise."""

    moves: list[Moves]  # the latest months that had ended, the oldest first
    states: list[LifeState]  # the latest of them
    flow: list[LifeFlow]  # of the bank, the latest of them
    rolling: list[Rolling]  # the last day of the week or month
    # Of the place, arrivals of the trend's weeks, or of months, at every age reached.
    cohorts: list[Retention]
    part_cohorts: list[Retention]  # the same of the place and its parts, at one age
    wealth: list[WealthTier]  # the latest month that had ended
    asset_changes: list[AssetChange]  # of the place, at every age reached by then
    penetration: list[Penetration]  # the latest month that had ended


def load_people(read: Reader) -> People:
    """Read the rows known when the week or month had ended."""
    place, ended = read.place, read.period.ended
    cohorts, age = (
        (_month_cohorts, PART_AGE_MONTHS) if read.period.kind == "month" else (_cohorts, PART_AGE)
    )
    own = place.inside(place.level)
    return People(
        moves=_select(
            read,
            Moves,
            f"{place.shown} and complete and {months_up_to('monthly_moves', MONTHS)}",
            [ended],
            BY_MONTH,
        ),
        states=_latest(read, LifeState, f"{BY_PART}, state_order"),
        flow=_flow(read),
        rolling=_select(
            read, Rolling, f"{place.shown} and day = ?", [read.period.last_day], BY_PART
        ),
        cohorts=cohorts(read, own),
        part_cohorts=cohorts(read, f"{place.shown} and age = {age}"),
        wealth=_latest(read, WealthTier, f"{BY_PART}, wealth_order"),
        asset_changes=_select(
            read,
            AssetChange,
            f"{own} and cohort_starts + to_months(cast(age + 1 as integer)) <= ?",
            [ended],
            "cohort_starts, age",
        ),
        penetration=_latest(read, Penetration, f"{BY_PART}, product"),
    )


def months_up_to(table: str, most: int) -> str:
    """Give the condition on the latest `most` months of a table that had ended by one day."""
    return (
        f"month in (select distinct month from published.{table} "
        f"where month + interval 1 month <= ? order by month desc limit {most})"
    )


def _flow(read: Reader) -> list[LifeFlow]:
    if read.place.level != "bank":
        return []
    return _select(read, LifeFlow, months_up_to("lifecycle_flow", 1), [read.period.ended], "all")


def _cohorts(read: Reader, where: str) -> list[Retention]:
    """First arrivals of the trend's weeks, at the ages that were over when the week had ended."""
    cohorts = f"""
        {where} and cohort_type = 'first_time' and period = 'week' and cohort_starts >= ?
        and cohort_starts + to_days(cast(7 * age + 7 as integer)) <= ?
    """
    since = [week_starts(read.week.trend[0]), read.week.ended]
    return _select(read, Retention, cohorts, since, f"cohort_starts, age, {BY_PART}")


def _month_cohorts(read: Reader, where: str) -> list[Retention]:
    """First arrivals of the latest months, at the ages that were over when the month had ended."""
    cohorts = f"""
        {where} and cohort_type = 'first_time' and period = 'month'
        and cohort_starts + to_months(cast({MONTHS} as integer)) >= ?
        and cohort_starts + to_months(cast(age + 1 as integer)) <= ?
    """
    until = [read.period.ended, read.period.ended]
    return _select(read, Retention, cohorts, until, f"cohort_starts, age, {BY_PART}")


def _latest(read: Reader, row: type[Row], order: str) -> list[Row]:
    """Give the place and its parts in the latest month of a table that had ended."""
    table: type[Published] = row
    where = f"{read.place.shown} and {months_up_to(table.table, 1)}"
    return _select(read, row, where, [read.period.ended], order)


def _select(read: Reader, row: type[Row], where: str, values: list[date], order: str) -> list[Row]:
    return select(read.connection, row, where, values, order=order, part=read.place.part)
