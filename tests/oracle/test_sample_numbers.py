"""The published numbers of the sample against the oracle: they agree to the last unit."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from tests.oracle.counts import weekly_counts
from tests.oracle.persons import STAGES, is_application, is_confirmed_order

SMALL = 10


def agree(found, want, tree, beside=None):
    """Compare counts of persons by path, and find a reason for each that is withheld.

    `found` and `want` map (tree, path) to a number; `tree` is what a path is repeated for, and
    `beside` gives the cells on a second way the cell that they are a part of there. A
    number is withheld because it is small, or because without it a small one could be worked out
    from its total. No total with its parts may have one unknown only.
    """
    assert set(found) >= {cell for cell, number in want.items() if number}, f"{tree}: rows missing"
    shown = {cell: number for cell, number in found.items() if number is not None}
    assert shown == {cell: want.get(cell, 0) for cell in shown}
    assert not {cell: n for cell, n in shown.items() if 0 < n < SMALL}
    hidden = set(found) - set(shown)
    for family in families(found, beside):
        assert len(hidden.intersection(family)) != 1, f"can be worked out: {family}"
    for cell in hidden:
        assert 0 < want.get(cell, 0) < SMALL or is_beside_a_small_one(cell, hidden, want, beside)
    return len(shown), len(hidden)


def families(cells, beside=None):
    found = defaultdict(list)
    for tree, path in cells:
        if path and path[0] != "on":
            way = path[-1][:3] == "on:"  # what a level's platforms are is not what its parts are
            found[way, tree, path[:-1]].append((tree, path))
        if beside and (tree, path) in beside:
            found[2, tree, beside[tree, path]].append((tree, path))
    return [[(tree, parent), *parts] for (_, tree, parent), parts in found.items()]


def is_beside_a_small_one(cell, hidden, want, beside=None):
    """Follow withheld neighbours (total, parts, siblings) until one is small by itself."""
    reached, waiting = {cell}, [cell]
    totals = {(tree, path[:-1]) for tree, path in hidden if path}
    while waiting:
        here = waiting.pop()
        if 0 < want.get(here, 0) < SMALL:
            return True
        for family in families(hidden | totals, beside):
            if here in family:
                new = (set(family) & hidden) - reached
                reached |= new
                waiting += new
    return False


def on_platforms(rows, tree):
    """Give the second way of accounts and platforms: an account's platform, then the bank."""
    places = {(tuple(row[name] for name in tree), row["path"]): row for row in rows}
    return {
        cell: ("on", row["platform"]) if row["level"] == "account" else ()
        for cell, row in places.items()
        if row["level"] in ("account", "platform") or row["tier"] == "unattributed"
    }


def cells(rows, tree, column):
    return {(tuple(row[name] for name in tree), row["path"]): row[column] for row in rows}


def by_tree(numbers):
    return {((first,), path): number for (first, path), number in numbers.items()}


def test_the_overlap_of_the_tiers(published, persons):
    weekly = persons.weekly()
    rows = published("tier_overlap")
    for row in rows:
        week, stage = row["week_starts"], row["stage"]
        bank = len(weekly[week, (), stage])
        tiers = sum(
            len(tokens)
            for (other, path, name), tokens in weekly.items()
            if (other, name, len(path)) == (week, stage, 1)
        )
        assert row["persons"] in (None, bank)
        assert row["sum_of_tiers"] in (None, tiers)
        assert row["overlap"] in (None, tiers - bank)
    assert sum(1 for row in rows if row["overlap"]) > 5


def test_the_bridge_of_each_week(published, persons, places):
    coded, arrivals = defaultdict(int), defaultdict(int)
    for event, account, _ in persons.arrivals:
        week = event["day"].isocalendar()[:2]
        arrivals[week] += 1
        coded[week] += account != "(none)"
    for row in published("weekly_funnel"):
        week = row["week_starts"].isocalendar()[:2]
        if row["bridge"] is not None or arrivals[week]:
            assert row["bridge"] == coded[week] / arrivals[week]


def test_counts_of_each_week_account_and_stage(published, lake, places, persons):
    want = weekly_counts(lake, places, persons.events)
    rows = [
        r
        for r in published("weekly_funnel")
        if r["level"] == "account" and r["stage"] not in STAGES
    ]
    found = {(r["account_id"], r["week_starts"], r["stage"]): r["total"] for r in rows}
    weeks = {row["week_starts"] for row in rows}
    want = {cell: number for cell, number in want.items() if cell[1] in weeks}
    assert {cell: number for cell, number in found.items() if number} == {
        cell: number for cell, number in want.items() if number
    }
    unknown = {cell for cell, number in found.items() if number is None}
    assert unknown == {cell for cell in found if cell not in want and cell[2] != "click"}


def test_counts_of_each_level_are_the_sums_of_its_accounts(published):
    rows = [row for row in published("weekly_funnel") if row["stage"] not in STAGES]
    want = defaultdict(int)
    for row in rows:
        if row["level"] == "account" and row["total"] is not None:
            for depth in range(3):
                want[row["week_starts"], row["stage"], row["path"][:depth]] += row["total"]
    for row in rows:
        if row["level"] != "account":
            assert row["total"] == want.get((row["week_starts"], row["stage"], row["path"]))


def test_active_customers_of_each_month_and_level(published, persons):
    rows = published("monthly_persons")
    for column, want in (
        ("mau", persons.mau()),
        ("stable_mau", persons.stable_mau()),
        ("new_customers", persons.new_customers()),
    ):
        young = min(persons.homes)
        told = [
            row
            for row in rows
            if column != "stable_mau" or months_between(young, row["month"]) >= 2
        ]
        assert all(row[column] is None for row in rows if row not in told)
        found = cells(told, ("month",), column)
        months = {row["month"] for row in told}
        wanted = {cell: n for cell, n in by_tree(want).items() if cell[0][0] in months}
        shown, _ = agree(found, wanted, column, on_platforms(told, ("month",)))
        assert shown > 20
        ways = cells(published("monthly_active"), ("month",), column)
        for row in published("platform_months"):
            ways[(row["month"],), platform_path(row["platform"])] = row[column]
        assert ways.keys() >= found.keys()
        assert all(number == found.get(cell) for cell, number in ways.items())


def platform_path(name):
    return {None: (), "unattributed": ("unattributed",)}.get(name, ("on", name))


def test_the_assets_of_the_active_are_their_month_averages(published, persons):
    aum = persons.month_aum()
    want = defaultdict(Decimal)
    for first, customers in persons.homes.items():
        for token, home in customers.items():
            for path in persons.places.levels_of_month(home, first):
                want[first, path] += aum.get(token, {}).get(first, 0)
    rows = [row for row in published("monthly_active") if row["aum_yuan"] is not None]
    assert len(rows) > 20
    for row in rows:
        assert row["aum_yuan"] == want[row["month"], row["path"]]


def test_card_clicks_and_the_customers_behind_them(published, persons):
    clicks = persons.clicks("card")
    rows = published("card_clicks")
    assert sum(len(found) for (_, path), found in clicks.items() if not path) == sum(
        row["clicks"] for row in rows if row["level"] == "bank"
    )
    for row in rows:
        found = clicks[row["week_starts"], row["path"]]
        assert row["clicks"] == len(found)
        assert row["clickers"] in (None, len(customers(found)))
        went_on = [click for click in found if persons.goes_on(click, is_application)]
        assert row["applicants"] in (None, len(customers(went_on)))
    assert sum(1 for row in rows if row["applicants"]) > 5


def test_subscriptions_by_customers_orders_and_amount(published, persons):
    orders, clicks = persons.orders(), persons.clicks("wealth")
    rows = published("subscriptions")
    places = {(row["week_starts"], row["path"]) for row in rows}
    first_week = min(week for week, _ in places)
    assert {cell for cell in orders if cell[0] >= first_week} <= places
    for row in rows:
        ordered = orders[row["week_starts"], row["path"]]
        confirmed = [order for order in ordered if is_confirmed_order(order)]
        assert row["customers"] in (None, len(customers(confirmed)))
        assert row["orders"] in (None, len(confirmed))
        yuan = sum(o["amount"] for o in confirmed if o["currency"] in (None, "CNY"))
        assert row["amount_yuan"] in (None, yuan)
        for status in ("pending", "withdrawn"):
            number = sum(1 for order in ordered if order["cooling_off"] == status)
            assert row[f"{status}_orders"] in (None, number)
        found = clicks[row["week_starts"], row["path"]]
        assert row["clickers"] in (None, len(customers(found)))
        went_on = [click for click in found if persons.goes_on(click, is_confirmed_order)]
        assert row["subscribed_clickers"] in (None, len(customers(went_on)))
    assert sum(1 for row in rows if row["customers"]) > 20


def customers(events):
    return {event["customer_token"] for event in events} - {None}


def months_between(first, second):
    return (second.year - first.year) * 12 + second.month - first.month


def test_first_subscriptions_and_who_subscribes_again(persons, published):
    firsts, again = defaultdict(set), defaultdict(set)
    for token, events in persons.by_customer.items():
        orders = sorted(
            (event["occurred_at"], event["event_id"], event)
            for event in events
            if is_confirmed_order(event)
        )
        if not orders:
            continue
        (first_at, _, first), *later = orders
        month = first["day"].replace(day=1)
        for path in persons.places.levels_of_month(persons.credited(first), month):
            firsts[month, path].add(token)
            if any(at <= first_at + dt.timedelta(days=180) for at, *_ in later):
                again[month, path].add(token)
    rows = published("repeat_subscriptions")
    found = {(row["month"], row["path"]): row["subscribers"] for row in rows}
    months = {month for month, _ in found}
    want = {cell: len(tokens) for cell, tokens in firsts.items() if cell[0] in months}
    assert agree(found, want, "subscribers")[0] > 20
    shown = [row for row in rows if row["repeaters"] is not None]
    for row in shown:
        assert row["repeaters"] == len(again[row["month"], row["path"]])
    assert len(shown) > 20
