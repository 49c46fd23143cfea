"""What the page says of texts: compliance, what the public says, and the quality of content.

Lists that tell how things stand on the day of the run are empty on the page of an older week.
"""

from dataclasses import dataclass, replace

from pipeline.report.database import Row, none, select
from pipeline.report.facts import text_rows as rows
from pipeline.report.facts.reader import Reader

TOP_WORKS = 8
GRAVE = 3  # severity of a comment
_ENDED = "complete and month + interval 1 month <= ?"


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The rows about texts; lists are in the order they are shown in.

    A list without rows unless given is only of a week.
    """

    findings: list[rows.Findings] = none()  # place and parts, all rules and by category, this week
    open_findings: list[rows.OpenFinding] = none()  # the gravest first; only for the report week
    repeats: list[rows.Repeat] = none()  # likewise
    reviews: list[rows.Review]  # the place and its parts, complete months that had ended
    opinions: list[rows.Opinion] = none()  # the place and its parts, this week
    grave: list[rows.Opinion] = none()  # the place's accounts with grave comments, this week
    answers: list[rows.Answers] = none()  # the place and its parts, this week
    unanswered: list[rows.Answers] = none()  # the place's accounts, weeks of the trend, in order
    mix: list[rows.Mix]  # the place and its parts, latest complete month
    variety: list[rows.Variety]  # the place and its parts, latest complete month
    homogeneity: list[rows.Homogeneity]  # the place and its parts, complete months
    giveaways: list[rows.Giveaways] = none()  # place and parts; only known for the report week
    stays: list[rows.Stay] = none()  # the place's accounts, the newest week watched long enough
    posting_times: list[rows.PostingTime] = none()  # the place; only known for the report week
    works: list[rows.Work] = none()  # the bank's most reused; only known for the report week


def load_texts(read: Reader) -> Texts:
    """Read what is shown of the reader's place and week."""
    return replace(
        load_month_texts(read),
        findings=_this_week(read, rows.Findings, "rule_id is null"),
        open_findings=_open_findings(read),
        repeats=_repeats(read),
        opinions=_this_week(read, rows.Opinion),
        grave=_grave(read),
        answers=_this_week(read, rows.Answers),
        unanswered=_unanswered(read),
        giveaways=_giveaways(read),
        stays=_stays(read),
        posting_times=_posting_times(read),
        works=_works(read),
    )


def load_month_texts(read: Reader) -> Texts:
    """Read what is shown by month of the reader's place, of a week's page or a month's."""
    return Texts(
        reviews=read.months(rows.Review, "complete"),
        mix=_newest(read, rows.Mix),
        variety=_newest(read, rows.Variety),
        homogeneity=read.months(rows.Homogeneity, "complete"),
    )


def _this_week(read: Reader, row: type[Row], condition: str = "true") -> list[Row]:
    where, part = f"{read.place.shown} and week = ? and {condition}", read.place.part
    return select(read.connection, row, where, [read.week.name], part=part)


def _newest(read: Reader, row: type[Row]) -> list[Row]:
    """The latest month that had ended by then."""
    newest = f"month = (select max(month) from published.{row.table} where {_ENDED})"
    where, part = f"{read.place.shown} and {newest}", read.place.part
    return select(read.connection, row, where, [read.period.ended], part=part)


def _open_findings(read: Reader) -> list[rows.OpenFinding]:
    if not read.week.is_report_week:
        return []
    where = f"{read.own_accounts} and fixed_on is null"
    order = "severity desc, days_open desc, found_on, post_id, rule_id"
    return select(read.connection, rows.OpenFinding, where, order=order)


def _repeats(read: Reader) -> list[rows.Repeat]:
    if not read.week.is_report_week:
        return []
    order = "weeks_found desc, posts_found desc, account_id, category"
    return select(read.connection, rows.Repeat, read.own_accounts, order=order)


def _grave(read: Reader) -> list[rows.Opinion]:
    where = f"{read.place.inside('account')} and week = ? and severity = {GRAVE}"
    return select(read.connection, rows.Opinion, where, [read.week.name], part="account_id")


def _unanswered(read: Reader) -> list[rows.Answers]:
    where = f"{read.place.inside('account')} and unanswered > 0 and week between ? and ?"
    order = "oldest_unanswered_days desc, week, account_id, kind"
    weeks = [read.week.trend[0], read.week.name]
    return select(read.connection, rows.Answers, where, weeks, order=order, part="account_id")


def _giveaways(read: Reader) -> list[rows.Giveaways]:
    if not read.week.is_report_week:
        return []
    return select(read.connection, rows.Giveaways, read.place.shown, part=read.place.part)


def _stays(read: Reader) -> list[rows.Stay]:
    """Followers won in the newest week that had been watched long enough."""
    newest = """
        select max(week_starts) from published.follower_quality
        where week_starts + interval 7 day + to_days(
            (select value::integer from published.parameters where name = 'follower_stay_days')
        ) <= ?
    """
    where = f"{read.own_accounts} and week_starts = ({newest})"
    order = "stay_rate nulls last, gained desc, account_id"
    return select(read.connection, rows.Stay, where, [read.week.ended], order=order)


def _posting_times(read: Reader) -> list[rows.PostingTime]:
    """The hours of the bank or of an account; no other place has them."""
    if not read.week.is_report_week or read.place.level not in ("bank", "account"):
        return []
    where = "level = ? and account_id is not distinct from ?"
    place = [read.place.level, read.place.account_id]
    return select(read.connection, rows.PostingTime, where, place)


def _works(read: Reader) -> list[rows.Work]:
    """The works of the bank: a work is of no one place."""
    if not read.week.is_report_week or read.place.level != "bank":
        return []
    order = f"platforms desc, accounts desc, reads desc, work_id limit {TOP_WORKS}"
    return select(read.connection, rows.Work, "posts > 1", order=order)
