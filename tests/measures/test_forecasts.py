"""Forecasts: which method counts, how far it errs, and which series are foretold at all."""

import datetime as dt
import random
from itertools import pairwise

import pyarrow as pa
import pytest

from pipeline.measures.forecasts import METHODS, forecast, forecasts

COLUMNS = pa.schema(
    [
        *((name, pa.string()) for name in ("metric", "period", "tier", "unit_id", "platform")),
        *((name, pa.string()) for name in ("account_id", "method")),
        ("starts_on", pa.date32()),
        *((name, pa.float64()) for name in ("value", "low", "high", "error", "last_value")),
        ("trials", pa.int64()),
    ]
)


def weeks(values: list[float | None], first: str = "2026-01-05", **others: str) -> list[dict]:
    monday = dt.date.fromisoformat(first)
    return [
        {"metric": "mau", "period": "week", "starts_on": monday + dt.timedelta(days=7 * n)}
        | {"value": value, **others}
        for n, value in enumerate(values)
    ]


def told(*series: list[dict]) -> list[dict]:
    rows = [row for each in series for row in each]
    return forecasts(pa.Table.from_pylist(rows, schema=COLUMNS)).to_pylist()


def test_a_line_goes_on_without_an_error():
    found = forecast([100 + 3 * n for n in range(12)], 8)
    assert (found.method, found.error) == ("drift", pytest.approx(0, abs=1e-9))
    assert found.values.tolist() == pytest.approx([100 + 3 * n for n in range(12, 20)])
    assert found.low.tolist() == pytest.approx(found.high.tolist())


def test_what_stays_the_same_is_foretold_by_the_simplest():
    assert forecast([7.0] * 10, 8).method == "last"


def test_what_jumps_around_a_level_is_foretold_by_a_mean():
    draw = random.Random(5)
    found = forecast([1000 + draw.uniform(-100, 100) for _ in range(60)], 8)
    assert found.method == "mean"
    assert 900 < found.values[0] < 1100


def test_the_method_and_its_error_are_those_of_every_trial_one_by_one():
    draw = random.Random(11)
    series = [50.0]
    for _ in range(20):
        series.append(series[-1] * draw.uniform(0.9, 1.2))
    errors: dict[str, list[float]] = {}
    for name, method in METHODS.items():
        errors[name] = [
            abs(float(method(_array(series[:origin]), 8)[ahead]) - series[origin + ahead])
            for origin in range(2, len(series))
            for ahead in range(min(8, len(series) - origin))
        ]
    best = min(errors, key=lambda name: sum(errors[name]) / len(errors[name]))
    found = forecast(series, 8)
    assert found.method == best
    assert found.trials == len(errors[best])
    assert found.error == pytest.approx(sum(errors[best]) / len(errors[best]))


def test_further_ahead_is_no_surer_and_nothing_is_less_than_none():
    draw = random.Random(3)
    found = forecast([max(0.0, 40 - 3 * n + draw.uniform(-5, 5)) for n in range(13)], 8)
    widths = found.high - found.values
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(widths[found.low > 0]))
    assert (found.low >= 0).all() and (found.values >= 0).all()


def test_four_of_five_that_were_never_seen_lie_between():
    draw, inside, seen = random.Random(1), 0, 0
    for _ in range(60):
        walk = [1000.0]
        for _ in range(47):
            walk.append(walk[-1] + draw.gauss(5, 20))
        found = forecast(walk[:40], 8)
        inside += sum(found.low[n] <= walk[40 + n] <= found.high[n] for n in range(8))
        seen += 8
    assert 0.7 < inside / seen < 0.9


def test_each_series_goes_on_from_its_own_last_week():
    rows = told(weeks([10.0] * 9, tier="line"), weeks([20.0] * 9, tier="branch"))
    assert [(r["tier"], r["value"]) for r in rows] == [("branch", 20.0)] * 8 + [("line", 10.0)] * 8
    assert rows[0]["starts_on"] == dt.date(2026, 3, 9)
    assert {r["last_value"] for r in rows[:8]} == {20.0}


def test_months_are_foretold_by_their_first_days():
    months = [
        {"metric": "aum", "period": "month", "starts_on": dt.date(2026, m, 1), "value": 5.0}
        for m in range(7, 13)
    ]
    assert [r["starts_on"] for r in told(months)] == [dt.date(2027, 1, 1), dt.date(2027, 2, 1)]


@pytest.mark.parametrize(
    "values",
    [
        [10.0] * 7,
        [10.0] * 20 + [None] + [10.0] * 7,
        [10.0] * 20 + [None],
    ],
    ids=["too few weeks", "too few since the gap", "withheld in the last week"],
)
def test_a_series_without_enough_weeks_up_to_the_last_is_not_foretold(values):
    other = weeks([1.0] * len(values), tier="line")
    assert {row["tier"] for row in told(weeks(values), other)} <= {"line"}


def test_no_rows_are_no_rows():
    assert told() == []


def _array(values: list[float]):
    return pa.array(values).to_numpy()
