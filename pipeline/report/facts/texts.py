"""What the page says of texts: compliance, what the public says, and the quality of content.

Lists that tell how things stand on the day of the run are empty on the page of an older week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from pipeline.report.database import Row, select
from pipeline.report.facts import text_rows as rows

LEVELS = "level in ('bank', 'tier')"
TOP_WORKS = 8
GRAVE = 3  # severity of a comment


@dataclass(frozen=True)
class Texts:
    """The rows about texts; lists are in the order they are shown in."""

    findings: list[rows.Findings]  # bank and tiers, of all rules and by category, this week
    open_findings: list[rows.OpenFinding]  # the gravest first; only known for the report week
    repeats: list[rows.Repeat]  # likewise
    reviews: list[rows.Review]  # bank and tiers, complete months up to the week's end
    opinions: list[rows.Opinion]  # bank and tiers, this week
    grave: list[rows.Opinion]  # accounts with grave comments, this week
    answers: list[rows.Answers]  # bank and tiers, this week
    unanswered: list[rows.Answers]  # accounts, weeks of the trend, the oldest comment first
    mix: list[rows.Mix]  # bank and tiers, latest complete month
    variety: list[rows.Variety]  # bank and tiers, latest complete month
    homogeneity: list[rows.Homogeneity]  # bank and tiers, complete months
    giveaways: list[rows.Giveaways]  # bank and tiers; only known for the report week
    stays: list[rows.Stay]  # accounts, the newest week that has been watched long enough
    posting_times: list[rows.PostingTime]  # the bank; only known for the report week
    works: list[rows.Work]  # the most reused; only known for the report week


def load_texts(
    connection: duckdb.DuckDBPyConnection, trend: Sequence[str], ended: date, is_latest: bool
) -> Texts:
    """Read what is shown of the last week of `trend`.

    `ended` is the day after that week; nothing of a later period is read. `is_latest` tells whether
    it is the week of the run, the only one for which the standing lists hold.
    """
    this_week = [trend[-1]]
    standing = "true" if is_latest else "false"
    worst = "severity desc, days_open desc, found_on, post_id, rule_id"
    oldest = "oldest_unanswered_days desc, week, account_id, kind"
    most = f"platforms desc, accounts desc, reads desc, work_id limit {TOP_WORKS}"
    levels = f"{LEVELS} and week = ?"
    grave = f"level = 'account' and week = ? and severity = {GRAVE}"
    waiting = "level = 'account' and unanswered > 0 and week between ? and ?"
    often = "weeks_found desc, posts_found desc, account_id, category"
    still_open = f"{standing} and fixed_on is null"
    return Texts(
        findings=select(connection, rows.Findings, f"{levels} and rule_id is null", this_week),
        open_findings=select(connection, rows.OpenFinding, still_open, order=worst),
        repeats=select(connection, rows.Repeat, standing, order=often),
        reviews=_until(connection, rows.Review, ended),
        opinions=select(connection, rows.Opinion, levels, this_week),
        grave=select(connection, rows.Opinion, grave, this_week),
        answers=select(connection, rows.Answers, levels, this_week),
        unanswered=select(connection, rows.Answers, waiting, [trend[0], trend[-1]], order=oldest),
        mix=_newest(connection, rows.Mix, ended),
        variety=_newest(connection, rows.Variety, ended),
        homogeneity=_until(connection, rows.Homogeneity, ended),
        giveaways=select(connection, rows.Giveaways, f"{standing} and {LEVELS}"),
        stays=_stays(connection, ended),
        posting_times=select(connection, rows.PostingTime, f"{standing} and level = 'bank'"),
        works=select(connection, rows.Work, f"{standing} and posts > 1", order=most),
    )


def _until(connection: duckdb.DuckDBPyConnection, row: type[Row], ended: date) -> list[Row]:
    """The bank and its tiers in the months that had ended by then."""
    where = f"{LEVELS} and complete and month + interval 1 month <= ?"
    return select(connection, row, where, [ended], order="all")


def _newest(connection: duckdb.DuckDBPyConnection, row: type[Row], ended: date) -> list[Row]:
    """The bank and its tiers in the latest month that had ended by then."""
    newest = (
        f"select max(month) from published.{row.table} "
        "where complete and month + interval 1 month <= ?"
    )
    return select(connection, row, f"{LEVELS} and month = ({newest})", [ended])


def _stays(connection: duckdb.DuckDBPyConnection, ended: date) -> list[rows.Stay]:
    """Followers won in the newest week that had been watched long enough by then."""
    query = """
        select max(week_starts) from published.follower_quality
        where week_starts + interval 7 day + to_days(
            (select value::integer from published.parameters where name = 'follower_stay_days')
        ) <= ?
    """
    found = connection.execute(query, [ended]).fetchone()
    newest = None if found is None else found[0]
    order = "stay_rate nulls last, gained desc, account_id"
    return select(connection, rows.Stay, "week_starts = ?", [newest], order=order)
