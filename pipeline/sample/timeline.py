"""The days of the sample: programme weeks, export days, deliveries, and the history before."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cached_property

from pipeline.errors import ConfigurationError

SHANGHAI = timezone(timedelta(hours=8))  # no summer time since 1991
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
HISTORY_MONTHS = 4  # whole months of bank data before the programme's first month
POSTS_BEFORE = 42  # days of posting before the first export, so that it is a baseline


@dataclass(frozen=True)
class Window:
    """An account's own daily export: made on a Monday, covering first to last day inclusive."""

    exported: date
    first: date
    last: date

    @property
    def days(self) -> int:
        """Number of days covered: 7 or 30."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Timeline:
    """`weeks` programme weeks up to the Sunday before `end`, the Monday of the last export."""

    weeks: int
    end: date

    def __post_init__(self) -> None:
        """Refuse an end that is no Monday, or no weeks at all."""
        if self.end.weekday() != 0 or self.weeks < 1:
            raise ConfigurationError(
                f"样例到 {self.end} 为止，共 {self.weeks} 周：--end 须是周一，至少一周"
                " · the sample needs a Monday and at least one week"
            )

    @cached_property
    def start(self) -> date:
        """Monday of the first programme week, the day of the baseline export."""
        return self.end - self.weeks * WEEK

    @cached_property
    def history_start(self) -> date:
        """First day of the bank's own data."""
        months = self.start.year * 12 + self.start.month - 1 - HISTORY_MONTHS
        return date(months // 12, months % 12 + 1, 1)

    @cached_property
    def exports(self) -> list[date]:
        """Every Monday from start to end."""
        return [self.start + number * WEEK for number in range(self.weeks + 1)]

    @cached_property
    def sundays(self) -> list[date]:
        """Last day of every programme week."""
        return [monday - DAY for monday in self.exports[1:]]

    @cached_property
    def months(self) -> list[date]:
        """First day of every month of the bank's data; the last one may be incomplete."""
        found, month = [], self.history_start
        while month < self.end:
            found.append(month)
            month = next_month(month)
        return found

    @cached_property
    def month_ends(self) -> list[date]:
        """Last day of every complete month of the bank's data."""
        return [next_month(m) - DAY for m in self.months if next_month(m) <= self.end]

    @cached_property
    def deliveries(self) -> list[date]:
        """Days the bank delivers: the first and last export, and the Monday after a month's end."""
        starts = (next_month(month) for month in self.months)
        mondays = {day + timedelta(days=-day.weekday() % 7) for day in starts}
        inside = {day for day in mondays if self.start < day < self.end}
        return sorted({self.start, self.end} | inside)

    def delivered_on(self, last_day: date) -> date:
        """Return the first delivery after a day is over."""
        return next(day for day in self.deliveries if day > last_day)

    @cached_property
    def windows(self) -> list[Window]:
        """Exports of the account's own days: 30 days every fourth week, 7 days at the start."""
        found, monday = [], self.end
        while monday - 30 * DAY >= self.start:
            found.append(Window(monday, monday - 30 * DAY, monday - DAY))
            monday -= 4 * WEEK
        covered_from = found[-1].first if found else self.end
        for monday in self.exports[1:]:
            if monday - WEEK < covered_from:
                found.append(Window(monday, monday - WEEK, monday - DAY))
        return sorted(found, key=lambda window: window.exported)

    @cached_property
    def monthly_exports(self) -> list[date]:
        """Mondays on which posts are exported where nobody does it weekly.

        The first one, those of the windows, and the last but one: the last week has its own.
        """
        ends = {window.exported for window in self.windows}
        return sorted({self.start, *ends, self.end - WEEK})

    @cached_property
    def first_post_day(self) -> date:
        """First day the accounts are followed, before their first export."""
        return self.start - timedelta(days=POSTS_BEFORE)

    @cached_property
    def post_days(self) -> int:
        """Number of days the accounts are followed."""
        return (self.end - self.first_post_day).days

    def week_of_post_day(self, day: int) -> int:
        """Return how many weeks before the last one a day of the accounts lies; 0 is the last."""
        return (self.post_days - 1 - day) // 7


def next_month(day: date) -> date:
    """Return the first day of the month after the one `day` lies in."""
    return day.replace(day=1) + timedelta(days=monthrange(day.year, day.month)[1])


def epoch(day: date) -> int:
    """Return the instant a day begins in Shanghai, in seconds since 1970 UTC."""
    return int(datetime.combine(day, time(), SHANGHAI).timestamp())


def utc(seconds: int) -> datetime:
    """Return an instant as a datetime in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def shanghai(seconds: int) -> datetime:
    """Return an instant as a datetime in Shanghai."""
    return datetime.fromtimestamp(seconds, SHANGHAI)
