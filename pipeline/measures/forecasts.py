"""What comes next of a number: the simple method that would have erred least so far.

Each method is tried on every beginning of the series (rolling origin; Hyndman, Athanasopoulos,
Forecasting: principles and practice, 3rd ed., 5.10), and the one with the smallest mean absolute
error counts, of those as good the first. Its own errors give the interval.
"""

import calendar
import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Real = npt.NDArray[np.float64]

AHEAD = {"week": 8, "month": 2}
"""How many periods are foretold: eight weeks."""

LEAST = {"week": 8, "month": 6}
"""So many periods without a gap are needed."""

_RECENT = 4
_DAMPING = 0.8
_COVERED = 0.8
_SERIES = ("metric", "period", "tier", "unit_id", "platform", "account_id")


def _last(past: Real, ahead: int) -> Real:
    return np.full(ahead, past[-1])


def _mean(past: Real, ahead: int) -> Real:
    return np.full(ahead, past[-_RECENT:].mean())


def _drift(past: Real, ahead: int) -> Real:
    slope = (past[-1] - past[0]) / (len(past) - 1)
    return np.asarray(past[-1] + slope * np.arange(1, ahead + 1))


def _damped(past: Real, ahead: int) -> Real:
    recent = past[-_RECENT - 1 :]
    slope = (recent[-1] - recent[0]) / (len(recent) - 1)
    return np.asarray(past[-1] + slope * np.cumsum(_DAMPING ** np.arange(1, ahead + 1)))


METHODS: dict[str, Callable[[Real, int], Real]] = {
    "last": _last,
    "mean": _mean,
    "drift": _drift,
    "damped": _damped,
}
"""last: as the last period; mean: as the last four; drift: on along the line from the first to the
last; damped: on as in the last four, each step a fifth less."""


@dataclass(frozen=True)
class Forecast:
    """The periods to come: what is expected, between low and high in four of five cases.

    error: the mean absolute error of the method's `trials`, in the unit of the series.
    """

    method: str
    values: Real
    low: Real
    high: Real
    error: float
    trials: int


def forecast(series: Sequence[float], ahead: int) -> Forecast:
    """Foretell so many periods of a series of three at least, by the method that errs least."""
    values = np.asarray(series, dtype=np.float64)
    tried = {name: _errors(values, method, ahead) for name, method in METHODS.items()}
    best = min(tried, key=lambda name: float(np.nanmean(tried[name])))
    errors = tried[best]
    expected = METHODS[best](values, ahead)
    width = _widths(errors)
    return Forecast(
        best,
        np.maximum(expected, 0),
        np.maximum(expected - width, 0),
        np.maximum(expected + width, 0),
        float(np.nanmean(errors)),
        int(np.isfinite(errors).sum()),
    )


def _widths(errors: Real) -> Real:
    """Give how far four of five errors reach at each step: the n-th part of n + 1 is beyond all.

    Where a step was tried too rarely to tell, it is as much further as a walk at random goes.
    """
    widths: list[float] = []
    for step, tried in enumerate(errors.T, 1):
        known = np.sort(tried[np.isfinite(tried)])
        rank = int(np.ceil(_COVERED * (len(known) + 1)))
        if rank <= len(known):
            width = float(known[rank - 1])
        else:
            width = widths[-1] * float(np.sqrt(step / (step - 1))) if widths else float(known[-1])
        widths.append(max(width, widths[-1]) if widths else width)
    return np.array(widths)


def _errors(values: Real, method: Callable[[Real, int], Real], ahead: int) -> Real:
    """Give the absolute errors of a row an origin and a column a step ahead; nan: not known yet."""
    errors = np.full((len(values) - 2, ahead), np.nan)
    for row, origin in enumerate(range(2, len(values))):
        actual = values[origin : origin + ahead]
        told = method(values[:origin], ahead)[: len(actual)]
        errors[row, : len(actual)] = np.abs(told - actual)
    return errors


def forecasts(rows: pa.Table) -> pa.Table:
    """Give the periods to come of each series of a table.

    Takes a row a period: `period` is week or month and `starts_on` its first day. Gives rows of the
    same columns: `value`, `low`, `high`, `method`, `error`, `trials`, and `last_value`, the latest
    known. A series that has not come to the last period of its metric, or has too few periods
    without a gap before it, is not foretold.
    """
    found = list(_foretold(rows.to_pylist()))
    return pa.Table.from_pylist(found, schema=rows.schema)


def _foretold(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    known = [row for row in rows if row["value"] is not None]
    latest: dict[str, dt.date] = {}
    for row in known:
        latest[row["metric"]] = max(row["starts_on"], latest.get(row["metric"], dt.date.min))
    known.sort(key=lambda row: (_key(row), row["starts_on"]))
    for _, series in itertools.groupby(known, _key):
        unbroken = _unbroken(list(series))
        last = unbroken[-1]
        if last["starts_on"] < latest[last["metric"]] or len(unbroken) < LEAST[last["period"]]:
            continue
        yield from _rows(last, forecast([r["value"] for r in unbroken], AHEAD[last["period"]]))


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple("" if row[name] is None else f" {row[name]}" for name in _SERIES)


def _unbroken(series: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the last periods of a series that follow one another without a gap."""
    start = len(series) - 1
    while start and _next(series[start - 1]) == series[start]["starts_on"]:
        start -= 1
    return series[start:]


def _next(row: dict[str, Any]) -> dt.date:
    day: dt.date = row["starts_on"]
    length = 7 if row["period"] == "week" else calendar.monthrange(day.year, day.month)[1]
    return day + dt.timedelta(days=length)


def _rows(last: dict[str, Any], told: Forecast) -> Iterator[dict[str, Any]]:
    row = last
    for value, low, high in zip(told.values, told.low, told.high, strict=True):
        row = {
            **row,
            "starts_on": _next(row),
            "value": float(value),
            "low": float(low),
            "high": float(high),
            "method": told.method,
            "error": told.error,
            "trials": told.trials,
            "last_value": last["value"],
        }
        yield row
