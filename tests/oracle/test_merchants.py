"""The signals of the sample's merchants, counted merchant by merchant."""

import datetime as dt
from collections import defaultdict
from fractions import Fraction

from tests.oracle.lake import latest

WEEK = dt.timedelta(days=7)
NUMBERS = {"visits": "visits", "orders": "orders", "settlement": "settlement_yuan"}


def runs(weeks):
    """Give the run that each week ends: how many weeks fell, and the share lost by them."""
    found, length, before_run = {}, 0, None
    for week in sorted(weeks):
        before = weeks.get(week - WEEK)
        if before is not None and weeks[week] < before:
            before_run = before if length == 0 else before_run
            length += 1
        else:
            length = 0
        lost = 1 - Fraction(weeks[week]) / Fraction(before_run) if length else Fraction(0)
        found[week] = (length, lost)
    return found


def test_merchants_by_week(lake, published):
    consented = lake.consented("post_loan_care")
    delivered = latest(
        (
            row
            for row in lake.rows("bank_merchant_weeks")
            if row["week_starts"] + WEEK <= lake.as_of
        ),
        lambda row: (row["merchant_token"], row["week_starts"]),
    )
    numbers = defaultdict(dict)
    for row in delivered:
        for metric, column in NUMBERS.items():
            if row["merchant_token"] in consented and row[column] is not None:
                numbers[metric, row["merchant_token"]][row["week_starts"]] = row[column]
    want = defaultdict(
        lambda: dict.fromkeys(("merchants", "comparable", "down", "signals", "new_signals"), 0)
    )
    for (metric, _), weeks in numbers.items():
        signals = {
            w for w, (length, lost) in runs(weeks).items() if length >= 4 and lost >= Fraction(1, 5)
        }
        for week, number in weeks.items():
            cell, before = want[week, metric], weeks.get(week - WEEK)
            cell["merchants"] += 1
            cell["comparable"] += before is not None
            cell["down"] += before is not None and number < before
            cell["signals"] += week in signals
            cell["new_signals"] += week in signals and week - WEEK not in signals
    rows = {(row["week_starts"], row["metric"]): row for row in published("merchant_signals")}
    assert rows.keys() == want.keys()
    for cell, row in rows.items():
        for name, number in want[cell].items():
            if row[name] is None:
                assert name in row["suppressed"]
            else:
                assert row[name] == number
    assert sum(1 for row in rows.values() if row["signals"]) > 3
