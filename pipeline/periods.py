"""Days, ISO weeks and months as the metrics mean them: natural in Asia/Shanghai."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from pipeline.errors import InputError

SHANGHAI = ZoneInfo("Asia/Shanghai")

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)


def week_name(day: dt.date) -> str:
    """Name the ISO week a day lies in, such as `2026-W46`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_starts(name: str) -> dt.date:
    """Give the Monday of a week named like `2026-W46`; InputError when there is no such week."""
    match = _WEEK.fullmatch(name)
    try:
        if match is None:
            raise ValueError
        return dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        raise InputError(f"“{name}”不是 ISO 周，应如 2026-W46 · not an ISO week") from None


def month_starts(name: str) -> dt.date:
    """Give the first day of a month named like `2026-10`; InputError where there is none."""
    try:
        if _MONTH.fullmatch(name) is None:
            raise ValueError
        return dt.date.fromisoformat(f"{name}-01")
    except ValueError:
        raise InputError(
            f"“{name}”不是月份：应写成 2026-10 · not a month: expected one such as 2026-10"
        ) from None


def last_complete_week(as_of: dt.date) -> dt.date:
    """Give the Monday of the last ISO week that ended before the day `as_of` began."""
    return as_of - dt.timedelta(days=as_of.weekday() + 7)


def now() -> dt.datetime:
    """Give this moment in Asia/Shanghai, for what is noted as it happens."""
    return dt.datetime.now(SHANGHAI)


def today(now: dt.datetime | None = None) -> dt.date:
    """Give today's date in Shanghai; the only place that asks the clock for a date."""
    return (now or dt.datetime.now(SHANGHAI)).astimezone(SHANGHAI).date()


def moment() -> dt.datetime:
    """Give this moment in UTC, for what records when something was done."""
    return dt.datetime.now(dt.UTC)
