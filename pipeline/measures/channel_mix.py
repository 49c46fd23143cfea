"""Where another yuan would bring most: curves of diminishing returns by channel, and a division."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from pipeline.measures.saturation import Curves, Real, allocate, drawings, fit

NOW = 4
"""The latest weeks whose mean spend is what a channel spends now."""
POINTS = 11
SPREAD = 0.2
"""Spend has to reach so far, against its mean, that a curve can be told from a line."""
_LEAST = ("least_weeks", "least_customers")
_INTERVAL = (2.5, 97.5)
Row = dict[str, Any]


@dataclass(frozen=True)
class Channel:
    """The weeks of a channel in order, what it spends now, and its curves where it has some."""

    row: Row
    spend: Real
    customers: Real
    why_not: str | None
    curves: Curves | None

    @property
    def now(self) -> float:
        """Mean spend of a week, of the latest ones."""
        return float(self.spend[-NOW:].mean())


def channel_curves(rows: pa.Table) -> pa.Table:
    """Give points of each channel's curve, from no spend to the most of a week.

    Takes a row a channel and week with `spend_yuan` and `customers`; gives a row a channel and
    `point` with the same columns: `spend_yuan` of the point, `expected` customers of such a week
    and their 95 % interval, and `customers` of all weeks. A channel without a curve has no points.
    """
    found: list[Row] = []
    for channel in _channels(rows):
        if channel.curves is None:
            continue
        spend = np.linspace(0, channel.spend.max(), POINTS)
        expected = channel.curves.at(spend)
        low, high = np.percentile(expected[1:], _INTERVAL, axis=0)
        for point in range(POINTS):
            found.append(
                _told(channel)
                | {
                    "point": point,
                    "spend_yuan": round(float(spend[point]), 2),
                    "expected": float(expected[0, point]),
                    "expected_low": float(low[point]),
                    "expected_high": float(high[point]),
                }
            )
    return pa.Table.from_pylist(found, schema=rows.schema)


def channel_mix(rows: pa.Table) -> pa.Table:
    """Give each channel's curve, and its spend were the next yuan to bring as much everywhere.

    Takes rows as `channel_curves` does; gives a row a channel with the same columns: `spend_yuan`
    is what it spends a week now, `suggested_yuan` what it would of the same sum, within what it has
    spent in a week before, and `gain` the customers a week that makes. The row without a channel
    is all of them together. `why_not` says why a channel has no curve: too_few_weeks,
    too_few_customers or no_variation.
    """
    channels = _channels(rows)
    fitted = [channel for channel in channels if channel.curves is not None]
    found = [
        _told(channel) | {"spend_yuan": channel.now} for channel in channels if channel.why_not
    ]
    if fitted:
        found += _division(fitted)
    for row in found:
        row["spend_yuan"] = round(row["spend_yuan"], 2)
    return pa.Table.from_pylist(found, schema=rows.schema)


def _division(channels: list[Channel]) -> list[Row]:
    """Divide what the channels spend now among them, and say what it would gain."""
    curves = [channel.curves for channel in channels if channel.curves is not None]
    now = np.array([channel.now for channel in channels])
    low = np.array([channel.spend.min() for channel in channels])
    high = np.array([channel.spend.max() for channel in channels])
    shares = allocate(curves, low, high, float(now.sum()))
    gains = np.array(
        [
            curve.brought(np.full(len(curve.top), share))
            - curve.brought(np.full(len(curve.top), n))
            for curve, share, n in zip(curves, shares[:, 0], now, strict=True)
        ]
    )
    found = [
        _told(channel)
        | {"spend_yuan": float(spent), "half_yuan": float(curve.half[0])}
        | {"base_customers": float(curve.base[0]), "top_customers": float(curve.top[0])}
        | _interval("suggested_yuan", share)
        | _interval("gain", gain)
        for channel, curve, spent, share, gain in zip(
            channels, curves, now, shares, gains, strict=True
        )
    ]
    together: Row = {
        "channel": None,
        **{name: found[0][name] for name in ("week_starts", "weeks", *_LEAST)},
        "customers": sum(row["customers"] for row in found),
        "spend_yuan": float(now.sum()),
    }
    total = _interval("suggested_yuan", shares.sum(axis=0)) | _interval("gain", gains.sum(axis=0))
    return [*found, together | total]


def _interval(name: str, fits: Real) -> Row:
    """Give what the fit of the weeks as they are says, and where the others lie."""
    low, high = np.percentile(fits[1:], _INTERVAL)
    return {name: float(fits[0]), f"{name}_low": float(low), f"{name}_high": float(high)}


def _channels(rows: pa.Table) -> list[Channel]:
    """Read the weeks of each channel, all of the same weeks, and fit what can be fitted."""
    by_channel: dict[str, list[Row]] = {}
    for row in sorted(rows.to_pylist(), key=lambda row: (row["channel"], row["week_starts"])):
        by_channel.setdefault(row["channel"], []).append(row)
    found = []
    for weeks in by_channel.values():
        spend = np.array([float(row["spend_yuan"]) for row in weeks])
        customers = np.array([float(row["customers"]) for row in weeks])
        why_not = _why_not(weeks, spend)
        curves = None if why_not else fit(spend, customers, drawings(len(weeks)))
        found.append(Channel(weeks[-1], spend, customers, why_not, curves))
    return found


def _why_not(weeks: list[Row], spend: Real) -> str | None:
    if len(weeks) < weeks[0]["least_weeks"]:
        return "too_few_weeks"
    if sum(row["customers"] for row in weeks) < weeks[0]["least_customers"]:
        return "too_few_customers"
    if spend.max() - spend.min() < SPREAD * spend.mean() or spend.max() <= 0:
        return "no_variation"
    return None


def _told(channel: Channel) -> Row:
    return {
        "channel": channel.row["channel"],
        "week_starts": channel.row["week_starts"],
        "weeks": len(channel.spend),
        "customers": int(channel.customers.sum()),
        **{name: channel.row[name] for name in _LEAST},
        "why_not": channel.why_not,
    }
