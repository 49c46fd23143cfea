"""Forecasts of the sample: every method tried on every beginning, by plain loops."""

from collections import defaultdict
from statistics import fmean

import pytest

from tests.oracle.lake import DAY
from tests.oracle.places import months_before

AHEAD = {"week": 8, "month": 2}
BEFORE = {"week": lambda day: day - 7 * DAY, "month": lambda day: months_before(day, 1)}


def last(past, ahead):
    return past[-1]


def mean(past, ahead):
    return fmean(past[-4:])


def drift(past, ahead):
    return past[-1] + ahead * (past[-1] - past[0]) / (len(past) - 1)


def damped(past, ahead):
    recent = past[-5:]
    slope = (recent[-1] - recent[0]) / (len(recent) - 1)
    return past[-1] + slope * sum(0.8**step for step in range(1, ahead + 1))


METHODS = (last, mean, drift, damped)


def where(row):
    return (row["level"], row["tier"], row["unit_id"], row["platform"], row["account_id"])


def series(published):
    """Give what is published of the past: (metric, period, place) -> first day -> number."""
    found = defaultdict(dict)
    weeks = sorted(published("follower_weeks"), key=lambda row: row["week_starts"])
    now = {where(row): row["accounts_reporting"] for row in weeks}
    for row in weeks:
        if row["accounts_reporting"] == now[where(row)]:
            found["followers", "week", where(row)][row["week_starts"]] = row["followers"]
    for row in published("rolling_active"):
        if row["day"].weekday() == 6:
            found["mau", "week", where(row)][row["day"] - 6 * DAY] = row["mau"]
    for row in published("assets"):
        found["aum", "month", where(row)][row["month"]] = row["attributed_aum_yuan"]
    return found


def unbroken(past, first, before):
    """Give the numbers up to the period before the first to come, back to the first gap."""
    values, day = [], before(first)
    while past.get(day) is not None:
        values.insert(0, float(past[day]))
        day = before(day)
    return values


def test_forecasts_and_their_backtest_errors(published):
    past_of = series(published)
    cells = defaultdict(dict)
    for row in published("forecasts"):
        cells[row["metric"], row["period"], where(row)][row["starts_on"]] = row
    assert {cell[0] for cell in cells if cell[2][0] == "bank"} == {"followers", "mau", "aum"}
    for cell, ahead in cells.items():
        values = unbroken(past_of[cell], min(ahead), BEFORE[cell[1]])
        errors = {
            method: [
                abs(values[end + step - 1] - method(values[:end], step))
                for end in range(2, len(values))
                for step in range(1, min(AHEAD[cell[1]], len(values) - end) + 1)
            ]
            for method in METHODS
        }
        best = min(METHODS, key=lambda method: fmean(errors[method]))
        assert len(ahead) == AHEAD[cell[1]]
        for step, day in enumerate(sorted(ahead), 1):
            row = ahead[day]
            assert (row["method"], row["trials"]) == (best.__name__, len(errors[best]))
            assert row["error"] == pytest.approx(fmean(errors[best]))
            assert row["value"] == pytest.approx(max(best(values, step), 0))
            assert row["last_value"] == values[-1]
            assert row["low"] <= row["value"] <= row["high"]
