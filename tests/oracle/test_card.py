"""Card clicks by product, approvals, and conversions of the sample against the oracle."""

import datetime as dt
from collections import defaultdict
from math import sqrt

from tests.oracle.persons import is_application, is_confirmed_order
from tests.oracle.places import month
from tests.oracle.test_sample_numbers import customers

WINDOW = dt.timedelta(days=30)
Z = 1.959963984540054


def test_card_clicks_by_product_and_level(published, persons):
    clicks = defaultdict(list)
    for (week, path), found in persons.clicks("card").items():
        for click in found:
            product = persons.places.links[click["source_code"]]["product"] or "(未注明)"
            clicks[week, product, path].append(click)
    rows = published("card_products")
    assert {(row["week_starts"], row["product"], row["path"]) for row in rows} == clicks.keys()
    for row in rows:
        found = clicks[row["week_starts"], row["product"], row["path"]]
        went_on = [click for click in found if persons.goes_on(click, is_application)]
        assert row["clicks"] == len(found)
        assert row["clickers"] in (None, len(customers(found)))
        assert row["applicants"] in (None, len(customers(went_on)))
    assert sum(1 for row in rows if row["clickers"]) > 50


def test_approvals_of_each_month_and_level(published, persons):
    applied, approved, hours = defaultdict(set), defaultdict(set), defaultdict(list)
    applications = defaultdict(int)
    for token, events in persons.by_customer.items():
        asked = [event for event in events if is_application(event)]
        for number, event in enumerate(asked):
            at, later = event["occurred_at"], asked[number + 1 :]
            end = later[0]["occurred_at"] if later else dt.datetime.max
            answers = [
                other["occurred_at"]
                for other in events
                if other["event_type"] == "card_approved"
                and at <= other["occurred_at"] <= at + WINDOW
                and other["occurred_at"] < end
            ]
            first = month(event["day"])
            for path in persons.places.ways_of_month(persons.credited(event), first):
                applied[first, path].add(token)
                applications[first, path] += 1
                if answers:
                    approved[first, path].add(token)
                    hours[first, path].append((min(answers) - at).total_seconds() / 3600)
    rows = published("card_approvals")
    for row in rows:
        cell = row["month"], row["path"]
        assert row["applicants"] in (None, len(applied[cell]))
        assert row["applications"] in (None, applications[cell])
        assert row["approved"] in (None, len(approved[cell]))
        if row["median_hours"] is not None:
            assert abs(row["median_hours"] - median(hours[cell])) < 0.006
    assert {cell for cell, n in applied.items() if n} <= {(r["month"], r["path"]) for r in rows}
    assert sum(1 for row in rows if row["median_hours"]) > 15


def test_conversions_against_the_line(published, persons):
    weekly = persons.weekly()
    clicks = {line: persons.clicks(line) for line in ("card", "wealth")}
    follows = {"card": is_application, "wealth": is_confirmed_order}
    rows = published("conversions")
    verdicts = set()
    for row in rows:
        cell = row["week_starts"], row["path"]
        if row["conversion"].startswith("arrival_to_"):
            stage = row["conversion"].removeprefix("arrival_to_")
            n, converted = (len(weekly[*cell, name]) for name in ("arrival", stage))
        else:
            line = row["conversion"].split("_")[0]
            found = clicks[line][cell]
            went_on = [click for click in found if persons.goes_on(click, follows[line])]
            n, converted = len(customers(found)), len(customers(went_on))
        assert row["n"] in (None, n) and row["converted"] in (None, converted)
        if row["conversion_rate"] is not None:
            assert row["conversion_rate"] == converted / n
            assert row["against_benchmark"] == (verdict(converted, n) if row["mature"] else None)
            verdicts.add(row["against_benchmark"])
        else:
            assert row["against_benchmark"] is None
    assert verdicts >= {"above", None} and len({row["conversion"] for row in rows}) == 4


def verdict(converted, n):
    """Compare the interval of Wilson, 95 %, with 3 %."""
    share = converted / n
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    if centre - half > 0.03:
        return "above"
    return "below" if centre + half < 0.03 else "level"


def median(numbers):
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[-middle - 1]) / 2
