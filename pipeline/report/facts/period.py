"""What a page is about, a week or a calendar month: nothing on it was known later than its end."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Literal


@dataclass(frozen=True)
class Week:
    """A week, the one before it, and the weeks of the trend, oldest first."""

    kind: ClassVar[Literal["week"]] = "week"
    name: str
    starts: date
    before: str
    trend: tuple[str, ...]
    year: tuple[str, ...]  # the weeks of the trend and those before them, 52 at most
    mature_cohort: str | None  # newest week not after this one whose person stages are complete
    is_report_week: bool

    @property
    def ended(self) -> date:
        """The day after its last."""
        return self.starts + timedelta(days=7)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.ended - timedelta(days=1)


@dataclass(frozen=True)
class CalendarMonth:
    """A complete calendar month. It has no trend of weeks, and nothing as of the day of the run."""

    kind: ClassVar[Literal["month"]] = "month"
    is_report_week: ClassVar[bool] = False
    name: str  # 2026-10
    starts: date

    @property
    def ended(self) -> date:
        """The day after its last."""
        return (self.starts + timedelta(days=31)).replace(day=1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.ended - timedelta(days=1)

    @property
    def before(self) -> str:
        """The name of the month before it."""
        return f"{self.starts - timedelta(days=1):%Y-%m}"


Period = Week | CalendarMonth


def week_of(period: Period) -> Week:
    """Give the week a weekly page is about; a month's page shows nothing that needs one."""
    if isinstance(period, CalendarMonth):
        raise TypeError(f"{period.name} is a month: what is shown by week is not on its page")
    return period
