"""Reading an experiment: differences of proportions to a control, and whether it may be read.

Two intervals answer two ways of looking. Newcombe's is for one look, planned before. The
always-valid one holds at every look at once, so that whoever stops when it leaves zero is still
wrong in at most 5 % of experiments without an effect; it is wider for that.
"""

import math
from collections.abc import Sequence
from itertools import groupby
from statistics import NormalDist
from typing import Any

import pyarrow as pa

ALPHA = 0.05
POWER = 0.8
SEVERAL = "(several)"
Interval = tuple[float, float]
Row = dict[str, Any]


def newcombe(treated: Row, control: Row) -> Interval:
    """Give Newcombe's interval of a difference of two rates, from their Wilson intervals.

    Takes rows with `rate`, `rate_low` and `rate_high`. Source: Newcombe 1998, "Interval estimation
    for the difference between independent proportions", Stat. Med. 17, 873-890, method 10.
    """
    difference = treated["rate"] - control["rate"]
    below = (treated["rate"] - treated["rate_low"], control["rate_high"] - control["rate"])
    above = (treated["rate_high"] - treated["rate"], control["rate"] - control["rate_low"])
    return difference - math.hypot(*below), difference + math.hypot(*above)


def always_valid(treated: Row, control: Row, effect_sd: float) -> Interval | None:
    """Give an interval of a difference of two rates that holds at every look at once.

    The mixture sequential probability ratio test with a normal mixture of standard deviation
    `effect_sd` over the difference, turned into an interval; None where nothing varies yet. It
    rests on the normal approximation, so it wants a few conversions in each variant. Source:
    Johari, Koomen, Pekelis, Walsh 2022, "Always valid inference", Oper. Res. 70(3), section 5.
    """
    variance = sum(row["rate"] * (1 - row["rate"]) / row["observed"] for row in (treated, control))
    if variance == 0:
        return None
    mixed = variance + effect_sd**2
    bound = 2 * math.log(1 / ALPHA) + math.log(mixed / variance)
    half = math.sqrt(variance * mixed / effect_sd**2 * bound)
    difference = treated["rate"] - control["rate"]
    return difference - half, difference + half


def detectable(treated: Row, control: Row) -> float:
    """Give the difference that a two-sided test at 5 % would find with 80 % power.

    By the normal approximation, with the control's rate in both variants.
    """
    normal = NormalDist()
    reach = normal.inv_cdf(1 - ALPHA / 2) + normal.inv_cdf(POWER)
    rate = control["rate"]
    per_person = 1 / treated["observed"] + 1 / control["observed"]
    return reach * math.sqrt(rate * (1 - rate) * per_person)


def ratio_p(counts: Sequence[int], shares: Sequence[float]) -> float | None:
    """Give the p-value of a split of persons, were it as planned: Pearson's chi-square test.

    `shares` are taken in proportion; None where there is nobody, or nothing to be split. Somebody
    where nobody was planned cannot happen: 0.
    """
    total, planned = sum(counts), sum(shares)
    if not total or not planned or len(counts) < 2:
        return None
    if any(count and not share for count, share in zip(counts, shares, strict=True)):
        return 0.0
    expected = [total * share / planned for share in shares]
    pairs = [(o, e) for o, e in zip(counts, expected, strict=True) if e]
    return chi_square_above(sum((o - e) ** 2 / e for o, e in pairs), len(pairs) - 1)


def chi_square_above(value: float, freedom: int) -> float:
    """Give the chance that a chi-square variable of so many degrees of freedom is above a value.

    The finite series for whole degrees. Source: Abramowitz and Stegun 1964, 26.4.4 and 26.4.5.
    """
    half = value / 2
    if freedom % 2:
        tail, term = math.erfc(math.sqrt(half)), math.sqrt(half / math.pi) * 2
        steps = [i + 0.5 for i in range(1, freedom // 2 + 1)]
    else:
        tail, term = 0.0, 1.0
        steps = [float(i) for i in range(1, freedom // 2 + 1)]
    for step in steps:
        tail += math.exp(-half) * term
        term *= half / step
    return tail


def experiment_readout(rows: pa.Table) -> pa.Table:
    """Fill in what each variant says against the control of its experiment.

    Takes a row an experiment and variant with counts (null: withheld), `rate` and its Wilson
    interval; gives the same rows with `difference`, its interval by the experiment's look rule,
    `detectable`, `ratio_p`, and in `why_not` the reason where there is no difference to read.
    """
    found: list[Row] = []
    ordered = sorted(rows.to_pylist(), key=lambda row: (row["experiment_id"], row["variant"]))
    for _, variants in groupby(ordered, key=lambda row: row["experiment_id"]):
        found += _read(list(variants))
    return pa.Table.from_pylist(found, schema=rows.schema)


def _read(variants: list[Row]) -> list[Row]:
    split = [row for row in variants if row["variant"] != SEVERAL]
    counts = [row["assigned"] for row in split]
    shares = [row["planned_share"] or 0.0 for row in split]
    p = None if None in counts else ratio_p(counts, shares)
    control = next((row for row in variants if row["is_control"]), None)
    read = []
    for row in variants:
        why_not = None if row["is_control"] else _why_not(row, control, p)
        said = row | {"ratio_p": p, "why_not": why_not}
        if control and not row["is_control"] and _has_rates(row, control):
            planned = row["planned_share"] is not None
            said |= {"detectable": detectable(row, control)} if planned else {}
            said |= {} if why_not else _difference(row, control)
        read.append(said)
    return read


def _why_not(row: Row, control: Row | None, p: float | None) -> str | None:
    """Say why a variant has no difference to read; None where it has one."""
    if row["variant"] == SEVERAL:
        return "several_variants"
    if row["planned_share"] is None:
        return "not_planned"
    if control is None:
        return "no_control"
    if None in (row["converted"], control["converted"]):
        return "too_few"
    if p is not None and p < row["ratio_limit"]:
        return "ratio_mismatch"
    if not _has_rates(row, control):
        return "nobody_observed"
    if row["look_rule"] == "fixed" and not row["mature"]:
        return "immature"
    return None


def _has_rates(row: Row, control: Row) -> bool:
    return row["rate"] is not None and control["rate"] is not None


def _difference(row: Row, control: Row) -> Row:
    said: Row = {"difference": row["rate"] - control["rate"]}
    if row["look_rule"] == "fixed":
        low, high = newcombe(row, control)
        return said | {"difference_low": low, "difference_high": high}
    interval = always_valid(row, control, row["effect_sd"])
    if interval is None:
        return said
    return said | {"sequential_low": interval[0], "sequential_high": interval[1]}
