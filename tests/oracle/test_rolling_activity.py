"""The rolling counts against sets of tokens: on the sample, and on small random data."""

import datetime as dt
import random
import uuid
from collections import defaultdict

import pytest

from tests.oracle.activity import WINDOWS, active_days, in_window
from tests.oracle.lake import DAY
from tests.oracle.test_sample_numbers import agree, cells, on_platforms

FIRST = dt.date(2026, 8, 1)
LENGTH = 100
PLACES = {
    "a": ("line", "cards"),
    "b": ("line", "cards"),
    "c": ("line", "wealth"),
    "d": ("hq", "pr"),
}
PLATFORMS = {"a": "douyin", "b": "zhihu", "c": "douyin", "d": "unknown"}


def test_active_customers_of_each_day_week_and_month_of_the_sample(published, persons):
    active = active_days(persons)
    first = min(day for day, _ in active)
    rows = defaultdict(list)
    for row in published("rolling_active"):
        rows[row["day"]].append(row)
    assert max(rows) == persons.places.as_of - DAY and len(rows) > 200
    paths = {path for _, path in active}
    shown = 0
    for day, of_day in rows.items():
        for column, days in WINDOWS.items():
            found = cells(of_day, ("day",), column)
            if day < first + (days - 1) * DAY:
                assert set(found.values()) == {None}
                continue
            want = {((day,), path): in_window(active, day, path, days) for path in paths}
            shown += agree(found, want, column, on_platforms(of_day, ("day",)))[0]
    assert shown > 1000


@pytest.mark.parametrize("seed", range(6))
def test_any_lives_at_accounts_that_move(given, seed):
    chance = random.Random(seed)
    stands = places(chance)
    homes = lives(chance)
    register(given, stands)
    everybody = sorted({str(token) for token, _ in homes})
    given["staging.consented_customers"] = "\n".join(["customer_token", *everybody])
    given["core.login_days"] = "\n".join(
        ["customer_token | day | account_id"]
        + [f"{token} | {day} | {account}" for (token, day), account in homes.items()]
    )
    given["staging.deliveries"] = f"""
        dataset     | exported_at         | first_day       | landed
        bank_events | 2026-11-16 06:00:00 | {FIRST - 40 * DAY} | 9
    """
    given.build("core.activity_moves", "published.rolling_persons")
    active = defaultdict(set)
    for (token, day), account in homes.items():
        for path in paths(stands, account, day):
            active[day, path].add(token)
    found = given.connection.execute(
        "select day, tier, unit_id, platform, account_id, dau, wau, mau"
        " from published.rolling_persons"
    ).fetchall()
    assert {(row[0], row[1:5]) for row in found} >= set(active)
    for day, *path, dau, wau, mau in found:
        counted = dict(zip(WINDOWS, (dau, wau, mau), strict=True))
        want = {name: in_window(active, day, tuple(path), n) for name, n in WINDOWS.items()}
        assert counted == want, (day, path)


def places(chance):
    """Say where accounts stand; one of them moves, and may move back."""
    stands = {(a, FIRST + n * DAY): PLACES[a] for a in PLACES for n in range(LENGTH)}
    left, back = sorted(chance.sample(range(LENGTH), 2))
    for n in range(left, back):
        stands["a", FIRST + n * DAY] = chance.choice([("hq", "pr"), ("line", "wealth")])
    return stands


def lives(chance):
    """Give active days and their accounts: some keep to one, some change it every day."""
    homes = {}
    for number in range(12):
        token, account, day = uuid.UUID(int=number + 1), "a", FIRST
        while (day := day + chance.choice([1, 1, 2, 6, 7, 8, 29, 30, 31]) * DAY) < FIRST + 90 * DAY:
            if chance.random() < number / 12:
                account = chance.choice([*PLACES, "(none)"])
            homes[token, day] = account
    return homes


def register(given, stands):
    days = [
        f"{account} | {day} | {tier} | {unit} | {PLATFORMS[account].replace('unknown', '')}"
        for (account, day), (tier, unit) in stands.items()
    ]
    days += [f"(none) | {FIRST + n * DAY} | unattributed | |" for n in range(LENGTH)]
    given["core.account_days"] = "\n".join(["account_id | day | tier | unit_id | platform", *days])
    given.build("core.account_levels", "core.account_places")


def paths(stands, account, day):
    if account == "(none)":
        return [(None,) * 4, ("unattributed", None, "unattributed", None)]
    tier, unit = stands[account, day]
    platform = PLATFORMS[account]
    return [
        (None,) * 4,
        (tier, None, None, None),
        (tier, unit, None, None),
        (None, None, platform, None),
        (tier, unit, platform, account),
    ]
