"""Assets, wealth tiers, products and changes of the sample against the oracle."""

from collections import defaultdict
from decimal import Decimal

import pytest

from tests.oracle.assets import PRODUCTS, TIERS, Assets, months_since
from tests.oracle.places import month, months_before, next_month

SMALL = 10


@pytest.fixture(scope="module")
def assets(persons):
    return Assets(persons)


def check(rows, tree, column, want):
    """Compare counts of persons by (*tree, path): those shown are right, all small ones are hidden.

    Nothing is hidden in a month without small ones. That none of the hidden can be worked out is
    tested of every model in tests/warehouse/test_protect.py.
    """
    found = {(*(row[name] for name in tree), row["path"]): row[column] for row in rows}
    assert set(found) >= {cell for cell, number in want.items() if number}
    shown = {cell: number for cell, number in found.items() if number is not None}
    assert shown == {cell: want.get(cell, 0) for cell in shown}
    assert not {cell: n for cell, n in shown.items() if 0 < n < SMALL}
    small = {first for (first, *_), number in want.items() if 0 < number < SMALL}
    assert {first for first, *_ in found.keys() - shown.keys()} <= small
    return len(shown)


def test_customers_and_what_they_have_in_each_month_and_level(published, persons, assets):
    people, points, money, ends = (defaultdict(int) for _ in range(4))
    for first in assets.months:
        for number, total, balances in (
            (people, money, assets.averages[first]),
            (points, ends, assets.at_the_end(first)),
        ):
            for token, yuan in balances.items():
                for path in persons.places.ways_of_month(assets.home(token, first), first):
                    number[first, path] += 1
                    total[first, path] += yuan
    rows = published("assets")
    assert {row["month"] for row in rows} == set(assets.months)
    assert check(rows, ["month"], "customers", people) > 100
    assert check(rows, ["month"], "point_customers", points) > 100
    for row in rows:
        cell = row["month"], row["path"]
        for column, total, number in (
            ("aum_yuan", money, row["customers"]),
            ("point_aum_yuan", ends, row["point_customers"]),
        ):
            assert (row[column] or 0) == (total[cell] if number else 0)
        if row["customers"]:
            each = money[cell] / people[cell]
            assert abs(row["aum_per_customer"] - each) <= Decimal("0.005")


def test_the_active_and_the_attributed_active_are_bases_of_their_own(published, persons, assets):
    mau, attributed, money = defaultdict(int), defaultdict(int), defaultdict(Decimal)
    for first, homes in persons.homes.items():
        for token, home in homes.items():
            for path in persons.places.ways_of_month(home, first):
                mau[first, path] += 1
                yuan = assets.averages[first].get(token, 0)
                money[first, path, False] += yuan
                if home != "(none)":
                    attributed[first, path] += 1
                    money[first, path, True] += yuan
    rows = published("assets")
    here = set(assets.months)
    assert check(rows, ["month"], "mau", {c: n for c, n in mau.items() if c[0] in here}) > 100
    for row in rows:
        cell = row["month"], row["path"]
        if row["mau"]:
            each = money[*cell, False] / mau[cell]
            assert abs(row["aum_per_mau"] - each) <= Decimal("0.005")
        if row["attributed_mau"]:
            assert row["attributed_mau"] == attributed[cell]
            each = money[*cell, True] / attributed[cell]
            assert abs(row["aum_per_attributed_mau"] - each) <= Decimal("0.005")
    assert sum(1 for row in rows if row["attributed_mau"]) > 30


def test_wealth_tiers_of_each_month_and_level(published, persons, assets):
    want = {name: defaultdict(int) for name in ("customers", "watched", "moved_up", "moved_down")}
    for first in assets.months:
        before = assets.tiers.get(months_before(first, 1), {})
        for token, (tier, watched) in assets.tiers[first].items():
            was = TIERS.index(before[token][0]) if token in before else TIERS.index(tier)
            for path in persons.places.ways_of_month(assets.home(token, first), first):
                cell = first, tier, path
                want["customers"][cell] += 1
                want["watched"][cell] += watched
                want["moved_up"][cell] += was < TIERS.index(tier)
                want["moved_down"][cell] += was > TIERS.index(tier)
    rows = published("wealth_tiers")
    young = [row for row in rows if row["month"] == min(assets.months)]
    assert {(row["moved_up"], row["moved_down"]) for row in young} == {(None, None)}
    for column, cells in want.items():
        told = [row for row in rows if row not in young] if "moved" in column else rows
        assert check(told, ["month", "wealth_tier"], column, cells) > 500
    assert sum(want["watched"].values()) and sum(want["moved_up"].values())


def test_the_flow_between_wealth_tiers(published, assets):
    rows = published("wealth_flow")
    months = assets.months[1:]
    assert sorted({row["month"] for row in rows}) == months
    want = defaultdict(int)
    for first in months:
        before = assets.tiers[months_before(first, 1)]
        for token, (tier, _) in assets.tiers[first].items():
            came = before[token][0] if token in before else "unknown"
            for cell in ((came, tier), (came, None), (None, tier)):
                want[first, *cell] += 1
    found = {(r["month"], r["from_tier"], r["to_tier"]): r["customers"] for r in rows}
    assert found.keys() == want.keys()
    shown = {cell: n for cell, n in found.items() if n is not None}
    assert shown == {cell: want[cell] for cell in shown} and len(shown) > 20
    assert not [cell for cell, n in want.items() if n < SMALL and cell in shown]


def test_products_held_in_each_month_and_level(published, persons, assets):
    known, holders = defaultdict(int), defaultdict(int)
    for first in assets.months:
        for product, customers in assets.holdings(first).items():
            for token, holds in customers.items():
                for path in persons.places.ways_of_month(assets.home(token, first), first):
                    known[first, product, path] += 1
                    holders[first, product, path] += holds
    rows = published("product_penetration")
    assert {row["product"] for row in rows} == set(PRODUCTS)
    assert check(rows, ["month", "product"], "customers", known) > 500
    told = [row for row in rows if row["customers"] is not None]
    found = {(row["month"], row["product"], row["path"]) for row in told}
    assert check(told, ["month", "product"], "holders", {c: holders[c] for c in found}) > 300


def test_assets_of_a_cohort_against_the_day_before_the_first_touch(published, persons, assets):
    touched = assets.first_touches()
    sizes, compared, grown, change = (defaultdict(int) for _ in range(4))
    for day, account in touched.values():
        for path in persons.places.ways_of_month(account, month(day)):
            sizes[month(day), path] += 1
    for first in assets.months:
        for token, yuan in assets.changes(first, touched).items():
            day, account = touched[token]
            for path in persons.places.ways_of_month(account, month(day)):
                cell = month(day), months_since(first, month(day)), path
                compared[cell] += 1
                grown[cell] += yuan > 0
                change[cell] += yuan
    rows = published("asset_changes")
    for row in rows:
        cell = row["cohort_starts"], row["age"], row["path"]
        assert row["cohort_size"] in (None, sizes[row["cohort_starts"], row["path"]])
        assert row["compared"] in (None, compared[cell])
        assert row["grown"] in (None, grown[cell])
        assert row["change_yuan"] is None or row["change_yuan"] == change[cell]
    ages = {(row["cohort_starts"], row["age"]) for row in rows}
    starts = {first for first, _ in sizes}
    assert ages == {
        (start, months_since(first, start))
        for start in starts
        for first in assets.months
        if first >= start
    }
    assert sum(1 for row in rows if row["change_yuan"] is not None) > 50
    assert set(compared) <= {(row["cohort_starts"], row["age"], row["path"]) for row in rows}


def test_newly_active_customers_who_reach_the_assets_in_each_horizon(published, persons, assets):
    want, newly = defaultdict(int), defaultdict(int)
    for first, homes in persons.homes.items():
        before = [persons.homes.get(months_before(first, n), {}) for n in (1, 2, 3)]
        for token, home in homes.items():
            if any(token in customers for customers in before):
                continue
            logins = [e["day"] for e in persons.by_customer[token] if e["event_type"] == "login"]
            since = min(day for day in logins if month(day) == first)
            after = [
                (next_month(other) - since).days - 1
                for other in assets.averages
                if assets.averages[other].get(token, 0) >= 1000 and next_month(other) > since
            ]
            for path in persons.places.ways_of_month(home, first):
                newly[first, path] += 1
                for days in (30, 60, 90):
                    want[first, days, path] += any(day <= days for day in after)
    rows = published("mau_to_aum")
    assert {row["days"] for row in rows} == {30, 60, 90}
    for row in rows:
        assert row["newly_active"] in (None, newly[row["month"], row["path"]])
        assert row["reached"] in (None, want[row["month"], row["days"], row["path"]])
    for days in (30, 60, 90):
        assert sum(1 for row in rows if row["days"] == days and row["reached"]) > 20
    bank = {(r["month"], r["days"]): r["reached"] for r in rows if r["level"] == "bank"}
    assert any(bank[first, 30] < bank[first, 60] for first, _ in bank)


def test_who_reached_the_threshold_for_the_first_time_and_still_does(published, persons, assets):
    reached = {}
    for first in assets.months:
        for token, yuan in assets.averages[first].items():
            if yuan >= 1000:
                reached.setdefault(token, first)
    sizes, compared, kept = (defaultdict(int) for _ in range(3))
    for token, first in reached.items():
        if first == min(assets.months):
            continue
        paths = persons.places.ways_of_month(assets.home(token, first), first)
        for path in paths:
            sizes[first, path] += 1
        for later in assets.months:
            age = months_since(later, first)
            if 1 <= age <= 3 and token in assets.averages[later]:
                for path in paths:
                    compared[first, age, path] += 1
                    kept[first, age, path] += assets.averages[later][token] >= 1000
    rows = published("asset_stays")
    ages = {(row["cohort_starts"], row["age"]) for row in rows}
    assert ages == {cell[:2] for cell in compared}
    want = {(first, age, path): n for (first, path), n in sizes.items() for age in (1, 2, 3)}
    here = {cell: n for cell, n in want.items() if cell[:2] in ages}
    assert check(rows, ["cohort_starts", "age"], "cohort_size", here) > 30
    for row in rows:
        cell = row["cohort_starts"], row["age"], row["path"]
        if row["kept"] is not None:
            assert (row["compared"], row["kept"]) == (compared[cell], kept[cell])
    assert sum(1 for row in rows if row["kept_rate"]) > 30
