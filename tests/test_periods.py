"""Days and weeks as the metrics mean them."""

import datetime as dt

import pytest

from pipeline import periods
from pipeline.errors import InputError


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2026-11-16", "2026-W47"),
        ("2026-11-15", "2026-W46"),
        ("2025-12-29", "2026-W01"),
        ("2027-01-03", "2026-W53"),
    ],
)
def test_a_week_is_named_by_the_year_of_its_thursday(day: str, week: str) -> None:
    assert periods.week_name(dt.date.fromisoformat(day)) == week


@pytest.mark.parametrize("week", ["2026-W01", "2026-W46", "2026-W53"])
def test_a_week_starts_on_the_monday_that_bears_its_name(week: str) -> None:
    monday = periods.week_starts(week)
    assert (monday.isoweekday(), periods.week_name(monday)) == (1, week)


@pytest.mark.parametrize(
    "text", ["2026-W54", "2025-W53", "2026-W00", "2026-46", "2026-W6", "W46", "", "2026-W46 "]
)
def test_what_is_no_iso_week_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InputError, match="应如 2026-W46 · not an ISO week"):
        periods.week_starts(text)


@pytest.mark.parametrize(
    ("as_of", "monday"),
    [
        ("2026-11-16", "2026-11-09"),
        ("2026-11-17", "2026-11-09"),
        ("2026-11-22", "2026-11-09"),
        ("2026-11-23", "2026-11-16"),
    ],
)
def test_the_last_complete_week_ended_before_the_run(as_of: str, monday: str) -> None:
    assert periods.last_complete_week(dt.date.fromisoformat(as_of)).isoformat() == monday


def test_today_is_the_date_in_shanghai_wherever_the_machine_stands() -> None:
    evening_in_london = dt.datetime(2026, 11, 15, 16, 30, tzinfo=dt.UTC)
    assert periods.today(evening_in_london) == dt.date(2026, 11, 16)
