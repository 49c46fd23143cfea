"""Read the rows of one place and its parts, nothing of them later than the week or month."""

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from pipeline.periods import week_starts
from pipeline.report import words
from pipeline.report.database import Row, select
from pipeline.report.facts import rows, source_rows
from pipeline.report.facts.alert_rows import Alert
from pipeline.report.facts.figure_rows import Expected, KeyFigure
from pipeline.report.facts.journey_rows import JourneyStep
from pipeline.report.facts.period import Period, Week, week_of
from pipeline.report.facts.platform_rows import PlatformStage, PlatformStep
from pipeline.report.place import BELOW, Place

TOP_POSTS = 12
BY_MONTH = "month, level desc, tier, unit_id, account_id"


@dataclass(frozen=True)
class Reader:
    """Reads about one place as it was when the week or month had ended."""

    connection: duckdb.DuckDBPyConnection
    place: Place
    period: Period

    @property
    def week(self) -> Week:
        """The week, for what is read by week."""
        return week_of(self.period)

    def parts(self) -> dict[str, Place]:
        """Give the parts of the place by id: tiers in their order, others by their names."""
        level = BELOW.get(self.place.level)
        if level is None:
            return {}
        is_month = self.period.kind == "month"
        table, column = (
            ("monthly_active", "month") if is_month else ("weekly_funnel", "week_starts")
        )
        query = f"""
            select distinct level, tier, unit_id, unit_name, platform, account_id, account_name
            from published.{table} where {self.place.inside(level)} and {column} = ?
        """
        found = [
            Place(*row) for row in self.connection.execute(query, [self.period.starts]).fetchall()
        ]
        found.sort(key=lambda one: (words.rank(one.tier), one.name, one.id))
        return {one.id: one for one in found}

    def weeks(self, row: type[Row]) -> list[Row]:
        """Rows of the place and its parts, the weeks of the trend."""
        where = f"{self.place.shown} and week between ? and ?"
        weeks = (self.week.trend[0], self.week.name)
        return select(self.connection, row, where, weeks, part=self.place.part)

    def year(self) -> list[rows.Stage]:
        """Clicks and arrivals of the place and its parts, up to 52 weeks."""
        where = f"{self.place.shown} and week between ? and ? and stage in ('click', 'arrival')"
        weeks = (self.week.year[0], self.week.name)
        return select(self.connection, rows.Stage, where, weeks, part=self.place.part)

    def platform_stages(self) -> list[PlatformStage]:
        """The bank's stages by platform; of weeks before the trend only clicks and arrivals."""
        if self.place.level != "bank":
            return []
        where = "week between ? and ? and (week >= ? or stage in ('click', 'arrival'))"
        weeks = (self.week.year[0], self.week.name, self.week.trend[0])
        return select(self.connection, PlatformStage, where, weeks)

    def platform_steps(self) -> list[PlatformStep]:
        """The bank's steps by platform, the weeks of the trend."""
        if self.place.level != "bank":
            return []
        weeks = (self.week.trend[0], self.week.name)
        return select(self.connection, PlatformStep, "week between ? and ?", weeks)

    def accounts(self, row: type[Row]) -> list[Row]:
        """Rows of the place's accounts, this week."""
        where = f"{self.place.inside('account')} and week = ?"
        return select(self.connection, row, where, [self.week.name], part="account_id")

    def months(self, row: type[Row], condition: str) -> list[Row]:
        """Rows of the place and its parts, months that had ended."""
        where = f"{self.place.shown} and {condition} and month + interval 1 month <= ?"
        ended, part = [self.period.ended], self.place.part
        return select(self.connection, row, where, ended, order=BY_MONTH, part=part)

    def account_months(self) -> list[rows.Month]:
        """The place's accounts in the latest complete month that had ended."""
        where = f"""
            {self.place.inside("account")} and month = (
                select max(month) from published.monthly_active
                where complete and month + interval 1 month <= ?
            )
        """
        ended = [self.period.ended]
        return select(self.connection, rows.Month, where, ended, order=BY_MONTH, part="account_id")

    def figure_history(self) -> list[KeyFigure]:
        """Key figures of the place; of the bank also by platform, tier, and both.

        The weeks of the trend, and the months that had ended.
        """
        slices = "level in ('bank', 'tier', 'platform', 'tier_platform')"
        mine = slices if self.place.level == "bank" else self.place.inside(self.place.level)
        where = f"""
            {mine} and (
                period = 'week' and starts_on between ? and ?
                or period = 'month' and starts_on + interval 1 month <= ?
            )
        """
        days = [week_starts(self.week.trend[0]), self.week.starts, self.week.ended]
        order = "tier, platform, metric, kind, starts_on"
        return select(self.connection, KeyFigure, where, days, order=order, part=self.place.part)

    def overlaps(self) -> list[rows.Overlap]:
        """The overlap of the bank's tiers; no other place has one."""
        if self.place.level != "bank":
            return []
        weeks = (self.week.trend[0], self.week.name)
        return select(self.connection, rows.Overlap, "week between ? and ?", weeks)

    def journeys(self) -> list[JourneyStep]:
        """Each funnel of the latest month of entry, ended by then, whose window was over."""
        latest = f"""
            {self.place.shown} and period = 'month' and (funnel, starts_on) in (
                select (funnel, max(starts_on)) from published.funnel_steps
                where period = 'month' and mature and starts_on + interval 1 month <= ?
                group by funnel
            )
        """
        return self._journeys(latest, self.period.ended)

    def month_journeys(self) -> list[JourneyStep]:
        """Each funnel of those who entered in the month; a window may not be over yet."""
        entered = f"{self.place.shown} and period = 'month' and starts_on = ?"
        return self._journeys(entered, self.period.starts)

    def _journeys(self, where: str, day: date) -> list[JourneyStep]:
        order = "funnel, level desc, tier, unit_id, account_id, step"
        part = self.place.part
        return select(self.connection, JourneyStep, where, [day], order=order, part=part)

    def card_products(self) -> list[rows.CardProduct]:
        """Card products of the place, this week and the one before."""
        where = f"{self.place.inside(self.place.level)} and week in (?, ?)"
        pair = (self.week.before, self.week.name)
        return select(self.connection, rows.CardProduct, where, pair)

    def figures(self) -> list[KeyFigure]:
        """The place and its parts, this week and the latest month that had ended."""
        where = f"""
            {self.place.shown} and (
                period = 'week' and starts_on = ? or period = 'month' and starts_on = (
                    select max(starts_on) from published.key_figures
                    where period = 'month' and starts_on + interval 1 month <= ?
                )
            )
        """
        ended = [self.week.starts, self.week.ended]
        return select(self.connection, KeyFigure, where, ended, part=self.place.part)

    def expected(self) -> list[Expected]:
        """The place and its parts, this week."""
        where = f"{self.place.shown} and period = 'week' and starts_on = ?"
        part = self.place.part
        return select(self.connection, Expected, where, [self.week.starts], part=part)

    def alerts(self) -> list[Alert]:
        """What was out of range anywhere inside the place in the week and its days.

        The gravest first, weeks before days, what is low before what is high. What a place tells
        only because it is alone in the one above it is not told again.
        """
        order = (
            "severity desc, period desc, direction desc, starts_on, account_id nulls first,"
            " unit_id nulls first, tier nulls first, metric, kind"
        )
        where = f"{self.place.within} and starts_on between ? and ?"
        days = [self.week.starts, self.week.starts + timedelta(days=6)]
        told: list[Alert] = []
        for row in select(self.connection, Alert, where, days, order=order):
            if not any(row.repeats(other) for other in told):
                told.append(row)
        return told

    def forecasts(self) -> list[rows.Forecast]:
        """MAU to come of the place and its parts; only known from the report week on."""
        if not self.week.is_report_week:
            return []
        where, order = f"metric = 'mau' and {self.place.shown}", "starts_on, part nulls first"
        return select(self.connection, rows.Forecast, where, order=order, part=self.place.part)

    def posts(self) -> list[rows.Post]:
        """What gained most reads; only known for the report week."""
        if not self.week.is_report_week:
            return []
        where = f"{self.own_accounts} and reads_last_week is not null"
        order = f"reads_last_week desc, post_id limit {TOP_POSTS}"
        return select(self.connection, rows.Post, where, order=order)

    def sources(self) -> list[source_rows.Source]:
        """The sources of the place's accounts; all of them for the bank."""
        return select(self.connection, source_rows.Source, self.own_accounts)

    @property
    def own_accounts(self) -> str:
        """SQL that keeps what is of the place's accounts, in tables without its whole path."""
        if self.place.level == "bank":
            return "true"
        inside = self.place.inside("account")
        return f"account_id in (select account_id from published.weekly_funnel where {inside})"
