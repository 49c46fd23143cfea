"""Everything one page says, read from the published tables; no metric is computed here."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import duckdb

from pipeline.errors import InputError
from pipeline.periods import week_name, week_starts
from pipeline.report import words
from pipeline.report.database import none, select
from pipeline.report.facts import month_rows, rows, source_rows
from pipeline.report.facts.alert_rows import Alert
from pipeline.report.facts.consent_rows import ConsentReason
from pipeline.report.facts.figure_rows import Expected, KeyFigure
from pipeline.report.facts.journey_rows import JourneyStep
from pipeline.report.facts.money import Money, load_money
from pipeline.report.facts.people import People, load_people
from pipeline.report.facts.period import Period, Week, week_of
from pipeline.report.facts.platform_rows import PlatformStage, PlatformStep
from pipeline.report.facts.reader import Reader
from pipeline.report.facts.texts import Texts, load_texts
from pipeline.report.language import locale
from pipeline.report.place import BANK, NOT_OURS, Place

TREND_WEEKS, YEAR_WEEKS = 13, 52
MOST_COLUMNS = 6
LONGEST = "days = (select max(days) from published.mau_to_aum)"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The rows behind one page; lists are in the order of their keys.

    A list without rows unless given is only of a week, or, where it says so, only of a month.
    """

    run: rows.Run
    period: Period
    place: Place
    parts: dict[str, Place]  # the places right below, in the order they are listed
    parameters: list[rows.Parameter]
    definitions: list[rows.Definition]
    consent: rows.Consent | None
    stages: list[rows.Stage] = none()  # the place and its parts, the weeks of the trend
    year: list[rows.Stage] = none()  # the place and its parts, clicks and arrivals of 52 weeks
    # Of the place, of the bank by platform and tier too: the weeks of the trend, whole months.
    figure_history: list[KeyFigure] = none()
    # Of the bank by platform: every stage in the weeks of the trend, clicks and arrivals of 52.
    platform_stages: list[PlatformStage] = none()
    platform_steps: list[PlatformStep] = none()  # likewise, the weeks of the trend
    account_stages: list[rows.Stage] = none()  # the place's accounts, this week
    steps: list[rows.Step] = none()  # the place and its parts, the weeks of the trend
    account_steps: list[rows.Step] = none()  # the place's accounts, this week
    overlaps: list[rows.Overlap] = none()  # of the bank, the weeks of the trend
    followers: list[rows.Followers] = none()  # the place and its parts, the weeks of the trend
    account_followers: list[rows.Followers] = none()  # the place's accounts, this week
    months: list[rows.Month]  # the place and its parts, complete months that had ended
    account_months: list[rows.Month]  # the place's accounts, the latest of them
    cohorts: list[rows.Cohort]  # the place and its parts, months that had ended
    # The place and its parts: of a week the latest mature month of each funnel, of a month itself.
    journeys: list[JourneyStep] = none()
    cards: list[rows.Cards] = none()  # the place and its parts, the weeks of the trend
    card_products: list[rows.CardProduct] = none()  # this week and the one before
    subscriptions: list[rows.Subscriptions] = none()  # place and parts, the weeks of the trend
    # Of a week: the place and its parts, with the latest full month. Of a month: the place, of it.
    figures: list[KeyFigure] = none()
    expected: list[Expected] = none()  # the place and its parts, this week
    alerts: list[Alert] = none()  # inside the place, of this week and its days, the gravest
    forecasts: list[rows.Forecast] = none()  # MAU of place and parts; only from the report week on
    posts: list[rows.Post] = none()  # what gained most reads; only known for the report week
    sources: list[source_rows.Source] = none()
    datasets: list[source_rows.Dataset] = none()
    waiting: list[source_rows.Waiting] = none()
    ambiguous: list[source_rows.Ambiguous] = none()  # the latest first
    consent_reasons: list[ConsentReason] = none()
    people: People
    money: Money
    texts: Texts
    approvals: list[month_rows.Approvals] = none()  # of a month, with those before it
    first_subscriptions: list[month_rows.FirstSubscriptions] = none()  # likewise

    @property
    def week(self) -> Week:
        """The week the page is about; TypeError on the page of a month, which has no use for it."""
        return week_of(self.period)

    def figure(self, metric: str, period: str) -> KeyFigure | None:
        """The key figure of the place that is no rate; period: `week` or `month`."""
        wanted = (None, period, metric)
        found = (r for r in self.figures if (r.part, r.period, r.metric) == wanted)
        return next((row for row in found if row.kind != "rate"), None)

    @property
    def for_outside(self) -> bool:
        """Whether persons are rounded, as they are in what may leave the bank."""
        return any(one.name == "rounded_to" and one.value != "1" for one in self.parameters)

    @property
    def is_bank(self) -> bool:
        """Whether the page is about the whole bank."""
        return self.place.level == "bank"

    @property
    def own_parts(self) -> list[str]:
        """The parts somebody answers for."""
        return [id for id, part in self.parts.items() if part.tier not in NOT_OURS]

    @property
    def drawn(self) -> list[str | None]:
        """What charts draw: the bank's tiers beside each other, any other place alone."""
        return [*self.own_parts] if self.is_bank else [None]

    @property
    def columns(self) -> list[str | None]:
        """What tables set side by side: the parts, where they are few, and the place itself."""
        return [*self.own_parts, None] if len(self.parts) <= MOST_COLUMNS else [None]

    def name(self, part: str | None, *, within: bool = False) -> str:
        """The name of a part, of the place itself for None; `within` a sentence."""
        place = self.place if part is None else self.parts.get(part)
        if place is None:
            return part or ""
        name = words.place(place)
        return words.within(name) if within and place.level in ("bank", "tier") else name

    def link(self, part: str | None) -> str:
        """Where the page of a part is from here; nothing where it has none."""
        place = self.parts.get(part or "")
        return "" if place is None else self.link_to(place)

    def link_to(self, place: Place) -> str:
        """Where the page of a place is from here; nothing where it has none."""
        if self.period.kind == "month":  # the parts have pages of their weeks alone
            return ""
        folder = f"{self.week.name}/" if self.is_bank else ""
        return "" if place.tier in NOT_OURS else f"{folder}{place.file}{locale().file}"

    def tier(self, part: str | None) -> str | None:
        """The tier a part is of, whose colour and marker it has."""
        return self.place.tier if part is None or part not in self.parts else self.parts[part].tier

    @property
    def month(self) -> date | None:
        """The latest complete month that had ended by then."""
        return max((row.month for row in self.months), default=None)


def load(
    connection: duckdb.DuckDBPyConnection, week: str | None = None, place: Place = BANK
) -> Facts:
    """Read the facts of `week` (the database's report week when None) about `place`.

    Raises InputError when the database was built without data for that week.
    """
    run = run_of(connection)
    read = Reader(connection, place, _week(connection, run, week or run.report_week))
    return replace(
        of_any_page(read, run, load_texts(read)),
        journeys=read.journeys(),
        stages=read.weeks(rows.Stage),
        year=read.year(),
        figure_history=read.figure_history(),
        platform_stages=read.platform_stages(),
        platform_steps=read.platform_steps(),
        account_stages=read.accounts(rows.Stage),
        steps=read.weeks(rows.Step),
        account_steps=read.accounts(rows.Step),
        overlaps=read.overlaps(),
        followers=read.weeks(rows.Followers),
        account_followers=read.accounts(rows.Followers),
        cards=read.weeks(rows.Cards),
        card_products=read.card_products(),
        subscriptions=read.weeks(rows.Subscriptions),
        figures=read.figures(),
        expected=read.expected(),
        alerts=read.alerts(),
        forecasts=read.forecasts(),
        posts=read.posts(),
        sources=read.sources(),
        datasets=_datasets(connection),
        waiting=select(connection, source_rows.Waiting),
        ambiguous=_ambiguous(connection),
        consent_reasons=select(connection, ConsentReason),
    )


def of_any_page(read: Reader, run: rows.Run, texts: Texts) -> Facts:
    """Read what the page of a week and that of a month both say."""
    return Facts(
        run=run,
        period=read.period,
        place=read.place,
        parts=read.parts(),
        parameters=select(read.connection, rows.Parameter),
        definitions=_definitions(read.connection, run.as_of),
        consent=next(iter(select(read.connection, rows.Consent)), None),
        months=read.months(rows.Month, "complete"),
        account_months=read.account_months(),
        cohorts=read.months(rows.Cohort, LONGEST),
        people=load_people(read),
        money=load_money(read),
        texts=texts,
    )


def _week(connection: duckdb.DuckDBPyConnection, run: rows.Run, name: str) -> Week:
    starts = week_starts(name)
    found = connection.execute(
        "select distinct week from published.weekly_funnel order by week"
    ).fetchall()
    known = [row[0] for row in found]
    if name not in known:
        if not known:
            raise InputError(
                "发布库里还没有任何一周：登记表（bank/accounts.csv）和至少一个账号的导出入库后才有周报"
                "；请放进收件箱后重新运行 funnel nightly · no week is published yet"
            )
        raise InputError(
            f"发布库里没有 {name} 这一周，有的是 {known[0]} 至 {known[-1]}：请换一周，或补齐数据后"
            "重新运行 funnel build · no such week"
        )
    until = known.index(name) + 1
    return Week(
        name=name,
        starts=starts,
        before=week_name(starts - timedelta(days=7)),
        trend=tuple(known[max(0, until - TREND_WEEKS) : until]),
        year=tuple(known[max(0, until - YEAR_WEEKS) : until]),
        mature_cohort=_mature_cohort(connection, name),
        is_report_week=name == run.report_week,
    )


def _mature_cohort(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    query = """
        select max(week) from published.weekly_funnel
        where
            level = 'bank' and stage = 'new_customer' and mature and week <= ?
            and (persons is not null or suppressed is not null)
    """
    row = connection.execute(query, [name]).fetchone()
    return None if row is None else row[0]


def _definitions(connection: duckdb.DuckDBPyConnection, as_of: date) -> list[rows.Definition]:
    """Give the newest version of each definition in force when the numbers were made.

    Of data older than a definition its first version holds: nothing else was ever meant.
    """
    newest = """
        (metric, version) in (
            select (metric, coalesce(max(version) filter (where valid_from <= ?), min(version)))
            from published.definitions group by metric
        )
    """
    return select(connection, rows.Definition, newest, [as_of], order="metric")


def _ambiguous(connection: duckdb.DuckDBPyConnection) -> list[source_rows.Ambiguous]:
    order = "ambiguous_since desc, account_id, published_at, form, title"
    return select(connection, source_rows.Ambiguous, order=order)


def _datasets(connection: duckdb.DuckDBPyConnection) -> list[source_rows.Dataset]:
    query = """
        select
            dataset, count(*), count_if(status <> 'current'),
            case when count(*) = count(last_day) then min(last_day) end,
            sum(files)::bigint, sum(delivered)::bigint, sum(landed)::bigint,
            sum(repeated)::bigint, sum(refused)::bigint, sum(erased)::bigint
        from published.data_freshness group by dataset order by dataset
    """
    return [source_rows.Dataset(*values) for values in connection.execute(query).fetchall()]


def run_of(connection: duckdb.DuckDBPyConnection) -> rows.Run:
    """Give what the database was built from and for; InputError where that is not one run."""
    found = select(connection, rows.Run)
    if len(found) != 1:
        raise InputError("发布库的 run 表不是恰好一行：请重新运行 funnel build。")
    return found[0]
