"""Everything one weekly page says, read from the published tables; no metric is computed here."""

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from pipeline.errors import InputError
from pipeline.periods import week_name, week_starts
from pipeline.report.database import select
from pipeline.report.facts import rows
from pipeline.report.facts.journey_rows import JourneyStep
from pipeline.report.facts.texts import Texts, load_texts

TREND_WEEKS = 13
LEVELS = "level in ('bank', 'tier')"
LONGEST = "days = (select max(days) from published.mau_to_aum)"
TOP_POSTS = 12
TOP_ALERTS = 12
BY_MONTH = "month, level, tier, account_id"


@dataclass(frozen=True)
class Week:
    """The week the page is about, the one before it, and the weeks of the trend, oldest first."""

    name: str
    starts: date
    before: str
    trend: tuple[str, ...]
    mature_cohort: str | None  # newest week not after this one whose person stages are complete
    is_report_week: bool


@dataclass(frozen=True)
class Facts:
    """The rows behind one page; lists are in the order of their keys."""

    run: rows.Run
    week: Week
    parameters: list[rows.Parameter]
    definitions: list[rows.Definition]
    consent: rows.Consent | None
    stages: list[rows.Stage]  # bank and tiers, the weeks of the trend
    account_stages: list[rows.Stage]  # accounts, this week
    steps: list[rows.Step]  # bank and tiers, the weeks of the trend
    account_steps: list[rows.Step]  # accounts, this week
    overlaps: list[rows.Overlap]  # the weeks of the trend
    followers: list[rows.Followers]  # every level but units, the weeks of the trend
    months: list[rows.Month]  # every level but units, complete months up to the week's end
    cohorts: list[rows.Cohort]  # bank and tiers, months ended by the week's end
    journeys: list[JourneyStep]  # bank and tiers, the latest mature month of each funnel
    cards: list[rows.Cards]  # bank and tiers, the weeks of the trend
    card_products: list[rows.CardProduct]  # this week and the one before
    subscriptions: list[rows.Subscriptions]  # bank and tiers, the weeks of the trend
    alerts: list[rows.Alert]  # of this week and its days, the gravest
    forecasts: list[rows.Forecast]  # MAU of bank and tiers; only from the report week on
    posts: list[rows.Post]  # what gained most reads; only known for the report week
    sources: list[rows.Source]
    datasets: list[rows.Dataset]
    waiting: list[rows.Waiting]
    ambiguous: list[rows.Ambiguous]  # the latest first
    texts: Texts

    @property
    def month(self) -> date | None:
        """The latest complete month that had ended by the end of the week."""
        return max((row.month for row in self.months), default=None)


def load(connection: duckdb.DuckDBPyConnection, week: str | None = None) -> Facts:
    """Read the facts of `week` (the database's report week when None).

    Raises InputError when the database was built without data for that week.
    """
    run = _only(select(connection, rows.Run))
    chosen = _week(connection, run, week or run.report_week)
    between = "week between ? and ?"
    trend = f"{LEVELS} and {between}"
    weeks = (chosen.trend[0], chosen.name)
    pair = (chosen.before, chosen.name)
    ended = chosen.starts + timedelta(days=7)
    months = f"{LEVELS} and month + interval 1 month <= ?"
    return Facts(
        run=run,
        week=chosen,
        parameters=select(connection, rows.Parameter),
        definitions=_definitions(connection, run.as_of),
        consent=next(iter(select(connection, rows.Consent)), None),
        stages=select(connection, rows.Stage, trend, weeks),
        account_stages=select(connection, rows.Stage, "level = 'account' and week = ?", pair[1:]),
        steps=select(connection, rows.Step, trend, weeks),
        account_steps=select(connection, rows.Step, "level = 'account' and week = ?", pair[1:]),
        overlaps=select(connection, rows.Overlap, "week between ? and ?", weeks),
        followers=select(connection, rows.Followers, f"level <> 'unit' and {between}", weeks),
        months=select(
            connection,
            rows.Month,
            "level <> 'unit' and complete and month + interval 1 month <= ?",
            [ended],
            order=BY_MONTH,
        ),
        cohorts=select(connection, rows.Cohort, f"{months} and {LONGEST}", [ended], order=BY_MONTH),
        journeys=_journeys(connection, ended),
        cards=select(connection, rows.Cards, trend, weeks),
        card_products=select(
            connection, rows.CardProduct, "level = 'bank' and week in (?, ?)", pair
        ),
        subscriptions=select(connection, rows.Subscriptions, trend, weeks),
        alerts=_alerts(connection, chosen),
        forecasts=_forecasts(connection, chosen),
        posts=_posts(connection, chosen),
        sources=select(connection, rows.Source),
        datasets=_datasets(connection),
        waiting=select(connection, rows.Waiting),
        ambiguous=_ambiguous(connection),
        texts=load_texts(connection, chosen.trend, ended, chosen.is_report_week),
    )


def _week(connection: duckdb.DuckDBPyConnection, run: rows.Run, name: str) -> Week:
    starts = week_starts(name)
    found = connection.execute(
        "select distinct week from published.weekly_funnel order by week"
    ).fetchall()
    known = [row[0] for row in found]
    if name not in known:
        span = f"库中有 {known[0]} 至 {known[-1]}" if known else "库中没有任何一周"
        raise InputError(
            f"发布库里没有 {name} 这一周（{span}）：请换一周，或补齐数据后重新运行 funnel build。"
        )
    until = known.index(name) + 1
    return Week(
        name=name,
        starts=starts,
        before=week_name(starts - timedelta(days=7)),
        trend=tuple(known[max(0, until - TREND_WEEKS) : until]),
        mature_cohort=_mature_cohort(connection, name),
        is_report_week=name == run.report_week,
    )


def _mature_cohort(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    query = """
        select max(week) from published.weekly_funnel
        where level = 'bank' and stage = 'new_customer' and mature and week <= ?
    """
    row = connection.execute(query, [name]).fetchone()
    return None if row is None else row[0]


def _definitions(connection: duckdb.DuckDBPyConnection, as_of: date) -> list[rows.Definition]:
    """Give the newest version of each definition in force when the numbers were made."""
    newest = """
        (metric, version) in (
            select (metric, max(version)) from published.definitions
            where valid_from <= ? group by metric
        )
    """
    return select(connection, rows.Definition, newest, [as_of], order="metric")


def _alerts(connection: duckdb.DuckDBPyConnection, week: Week) -> list[rows.Alert]:
    order = f"severity desc, period desc, starts_on, sentence_zh limit {TOP_ALERTS}"
    days = [week.starts, week.starts + timedelta(days=6)]
    return select(connection, rows.Alert, "starts_on between ? and ?", days, order=order)


def _forecasts(connection: duckdb.DuckDBPyConnection, week: Week) -> list[rows.Forecast]:
    if not week.is_report_week:
        return []
    order = "starts_on, tier nulls first"
    return select(connection, rows.Forecast, f"metric = 'mau' and {LEVELS}", order=order)


def _journeys(connection: duckdb.DuckDBPyConnection, ended: date) -> list[JourneyStep]:
    """Give each funnel of the latest month of entry, ended by then, whose window was over."""
    latest = f"""
        {LEVELS} and period = 'month' and (funnel, starts_on) in (
            select (funnel, max(starts_on)) from published.funnel_steps
            where period = 'month' and mature and starts_on + interval 1 month <= ?
            group by funnel
        )
    """
    return select(connection, JourneyStep, latest, [ended], order="funnel, level, tier, step")


def _posts(connection: duckdb.DuckDBPyConnection, week: Week) -> list[rows.Post]:
    if not week.is_report_week:
        return []
    order = f"reads_last_week desc, post_id limit {TOP_POSTS}"
    return select(connection, rows.Post, "reads_last_week is not null", order=order)


def _ambiguous(connection: duckdb.DuckDBPyConnection) -> list[rows.Ambiguous]:
    order = "ambiguous_since desc, account_id, published_at, form, title"
    return select(connection, rows.Ambiguous, order=order)


def _datasets(connection: duckdb.DuckDBPyConnection) -> list[rows.Dataset]:
    query = """
        select
            dataset, count(*), count_if(status <> 'current'),
            case when count(*) = count(last_day) then min(last_day) end,
            sum(files)::bigint, sum(delivered)::bigint, sum(landed)::bigint,
            sum(repeated)::bigint, sum(refused)::bigint, sum(erased)::bigint
        from published.data_freshness group by dataset order by dataset
    """
    return [rows.Dataset(*values) for values in connection.execute(query).fetchall()]


def _only(found: list[rows.Run]) -> rows.Run:
    if len(found) != 1:
        raise InputError("发布库的 run 表不是恰好一行：请重新运行 funnel build。")
    return found[0]
