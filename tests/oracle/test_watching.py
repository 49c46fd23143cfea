"""Expected ranges of the sample, recomputed one by one; and the alerts that follow from them."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from typing import Any

import duckdb
import pytest

from pipeline.settings import Settings

Series = dict[tuple, dict[dt.date, tuple[float, float, float, int | None]]]


@pytest.fixture(scope="module")
def series(published, sample_run: Settings) -> Series:
    """Every watched number by its key and day: value, its interval, and n."""
    found: Series = defaultdict(dict)
    for row in published("weekly_steps"):
        if not (row["complete"] and row["mature"]):
            continue
        kind = "count" if row["stage_order"] < 6 else "persons"
        value, rate = row["value"], row["step_rate"]
        at = row["week_starts"]
        if value is not None:
            found["week", row["path"], row["stage"], kind][at] = (value, value, value, None)
        if rate is not None:
            low, high = row["rate_low"], row["rate_high"]
            between = (rate, rate if low is None else low, rate if high is None else high)
            found["week", row["path"], row["stage"], "rate"][at] = (*between, row["n"])
    for row in published("rolling_active"):
        if row["dau"] is not None and row["level"] != "platform":
            dau = row["dau"]
            found["day", row["path"], "dau", "persons"][row["day"]] = (dau, dau, dau, None)
    for path, stage, day, amount in _days(sample_run):
        found["day", path, stage, "count"][day] = (amount, amount, amount, None)
    return found


def _days(settings: Settings) -> Iterator[tuple]:
    with duckdb.connect(str(settings.analysis_database), read_only=True) as connection:
        rows = connection.execute(
            "select tier, unit_id, account_id, stage, day, sum(amount)"
            " from core.daily_contributions join core.account_days using (account_id, day)"
            " group by all"
        ).fetchall()
    for tier, unit, account, stage, day, amount in rows:
        yield (tier, unit, account), stage, day, float(amount)


def expected(series: Series, as_of: dt.date) -> Iterator[tuple[tuple, dict[str, Any]]]:
    for (period, path, metric, kind), known in series.items():
        for day, (value, low, high, n) in known.items():
            if value < 0 or (period == "day" and day < as_of - dt.timedelta(days=35)):
                continue
            past = [known.get(day - dt.timedelta(days=7 * back)) for back in range(1, 9)]
            before = [earlier[0] for earlier in past if earlier and earlier[0] >= 0]
            if len(before) >= 5:
                yield (period, day, path, metric, kind), _range(kind, before, value, low, high, n)


def _range(kind, before, value, low, high, n) -> dict[str, Any]:
    middle = median(before)
    if kind == "count":
        before = [math.log1p(each) for each in before]
        low = high = math.log1p(value)
    center = median(before)
    spread = 1.4826 * median(abs(each - center) for each in before)
    if kind == "count":
        spread = max(spread, 0.1, 1 / math.sqrt(math.exp(center)))
    elif kind == "persons":
        spread = max(spread, math.sqrt(max(center, 1)))
    else:
        hits, misses = center * n + 1, n - center * n + 1
        spread = max(spread, math.sqrt(hits * misses / (n + 2) ** 3))
    ends = [center - 4 * spread, center + 4 * spread]
    if kind == "count":
        ends = [math.expm1(end) for end in ends]
    beyond = max(low - center, 0) or min(high - center, 0)
    return {
        "value": value,
        "expected": middle,
        "expected_low": max(ends[0], 0),
        "expected_high": ends[1],
        "periods": len(before),
        "distance": beyond / spread,
    }


def _key(row: dict[str, Any]) -> tuple:
    return row["period"], row["starts_on"], row["path"], row["metric"], row["kind"]


def test_every_range_is_that_of_the_weeks_before(published, series, sample_run):
    want = dict(expected(series, sample_run.as_of))
    rows = {_key(row): row for row in published("expected_ranges")}
    assert rows.keys() == want.keys()
    assert len(rows) > 4000
    for key, numbers in want.items():
        for name, number in numbers.items():
            assert rows[key][name] == pytest.approx(number, rel=1e-9, abs=1e-9), (key, name)


def test_an_alert_is_a_number_outside_its_range_and_no_small_one(published):
    ranges = {_key(row): row for row in published("expected_ranges")}
    outside = {
        key
        for key, row in ranges.items()
        if abs(row["distance"]) >= 4
        and (row["kind"] == "rate" or max(row["value"], row["expected"]) >= 10)
    }
    every = published("alerts")
    alerts = {_key(row): row for row in every if row["metric"] != "grave_comments"}
    assert alerts.keys() == outside
    assert {row["severity"] for row in alerts.values()} == {1, 2, 3}
    for key, row in alerts.items():
        far = abs(ranges[key]["distance"])
        assert row["severity"] == (3 if far >= 10 else 2 if far >= 6 else 1)
        assert row["direction"] == ("above" if row["value"] > row["expected"] else "below")


def test_the_week_of_the_card_campaign_is_out_of_the_usual_range(published):
    told = {
        (row["unit_id"], row["metric"], row["kind"]): row
        for row in published("alerts")
        if row["level"] == "unit" and row["starts_on"] == dt.date(2026, 11, 9)
    }
    clicks = told["cards", "click", "count"]
    told_of = ("value", "expected_low", "expected_high", "expected", "periods", "previous_stage")
    usual = (899, pytest.approx(250, abs=0.5), pytest.approx(585, abs=0.5), 382.5, 8, None)
    assert tuple(clicks[name] for name in told_of) == usual
    assert {row["previous_stage"] for key, row in told.items() if key[2] == "rate"} <= {"read"}
