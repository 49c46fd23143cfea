"""Everything the page of one month says, as it was known when the month had ended."""

from dataclasses import replace
from datetime import date

import duckdb

from pipeline.errors import InputError
from pipeline.periods import month_starts
from pipeline.report.database import select
from pipeline.report.facts import month_rows
from pipeline.report.facts.figure_rows import KeyFigure
from pipeline.report.facts.load import Facts, load, of_any_page, run_of
from pipeline.report.facts.period import CalendarMonth
from pipeline.report.facts.reader import Reader
from pipeline.report.facts.texts import load_month_texts
from pipeline.report.place import BANK


def load_period(
    connection: duckdb.DuckDBPyConnection, week: str | None, month: str | None
) -> Facts:
    """Read the facts of a week (the report week when neither is given) or of a month.

    Raises InputError when both are given, or the database does not know it.
    """
    if week is not None and month is not None:
        raise InputError(
            "--week 与 --month 只能给一个：一页说一周，或说一个月 · give one of them, not both"
        )
    return load(connection, week) if month is None else load_month(connection, month)


def load_month(connection: duckdb.DuckDBPyConnection, month: str) -> Facts:
    """Read the facts of `month`, such as `2026-10`, about the bank; lists by week stay empty.

    Raises InputError when the database does not know the whole month.
    """
    run = run_of(connection)
    read = Reader(connection, BANK, _month(connection, month))
    return replace(
        of_any_page(read, run, load_month_texts(read)),
        journeys=read.month_journeys(),
        figures=_figures(read),
        approvals=read.months(month_rows.Approvals, "true"),
        first_subscriptions=read.months(month_rows.FirstSubscriptions, "true"),
    )


def _month(connection: duckdb.DuckDBPyConnection, name: str) -> CalendarMonth:
    starts = month_starts(name)
    found = connection.execute(
        "select distinct month from published.monthly_active where complete order by month"
    ).fetchall()
    known: list[date] = [row[0] for row in found]
    if starts not in known:
        span = f"库中有 {known[0]:%Y-%m} 至 {known[-1]:%Y-%m}" if known else "库中没有任何完整月"
        raise InputError(
            f"发布库里没有 {name} 这个完整月（{span}）："
            "请换一个月，或等该月过完、数据齐了再运行 funnel build。"
        )
    return CalendarMonth(name, starts)


def _figures(read: Reader) -> list[KeyFigure]:
    where = f"{read.place.inside(read.place.level)} and period = 'month' and starts_on = ?"
    return select(read.connection, KeyFigure, where, [read.period.starts])
