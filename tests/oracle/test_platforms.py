"""The funnel by platform, recomputed from the lake; and what is withheld of it on both ways."""

import datetime as dt
from collections import defaultdict
from math import sqrt

import pytest

from tests.oracle.counts import weekly_counts
from tests.oracle.lake import DAY
from tests.oracle.persons import STAGES
from tests.oracle.test_sample_numbers import agree, cells

ON = "on:"
BASES = {"engagement": "read", "follow": "read", "intent": "read", "click": "read"}
BASES |= {"read": "exposure"} | dict(zip(STAGES[1:], STAGES, strict=False))


def crossed(path, platform):
    """Give a level's own place and the one on the platform; an account has only one."""
    if len(path) == 3:
        return [(*path[:2], ON + platform, path[2])]
    return [path, (*path, ON + platform)]


def place(row):
    """Give a row's place, an account as a part of its unit on its platform."""
    platform = [] if row["platform"] is None else [ON + row["platform"]]
    named = [row["tier"], row.get("unit_id"), *platform, row.get("account_id")]
    return tuple(name for name in named if name is not None)


def beside(rows, tree):
    """Give the place of all tiers on a platform for one tier's, of all units for one unit's."""
    return {
        (tuple(row[name] for name in tree), path): (*path[:-2], path[-1])
        for row in rows
        for path in [place(row)]
        if row["account_id"] is None and len(path) > 1 and path[-1].startswith(ON)
    }


@pytest.fixture(scope="module")
def weekly(persons, places):
    found = defaultdict(set)
    for event, account, deep in persons.arrivals:
        week = event["day"] - event["day"].weekday() * DAY
        platform = places.platform(account, week + 6 * DAY)
        for path in places.levels_of_week(account, week):
            for at in crossed(path, platform):
                for stage in STAGES[:deep]:
                    found[(week, stage), at].add(event["customer_token"])
    return {cell: len(tokens) for cell, tokens in found.items()}


def test_persons_of_each_week_on_each_platform_level_and_stage(published, weekly):
    tree = ("week_starts", "stage")
    rows = [{**row, "path": place(row)} for row in published("weekly_persons")]
    weeks = {row["week_starts"] for row in rows}
    want = {cell: number for cell, number in weekly.items() if cell[0][0] in weeks}
    shown, hidden = agree(cells(rows, tree, "persons"), want, tree, beside(rows, tree))
    assert shown > 2000 and hidden > 500
    before_the_codes = {path for (week, _), path in weekly if week < min(weeks)}
    nobody = {("unattributed",), (ON + "unattributed",), ("unattributed", ON + "unattributed")}
    assert before_the_codes == {(), *nobody}


def test_the_two_funnels_show_the_same_persons(published):
    def persons(table):
        return {
            (row["week_starts"], row["stage"], place(row)): (row["persons"], row["suppressed"])
            for row in published(table)
            if row["stage"] in STAGES and row["level"] != "unit_platform"
        }

    assert persons("weekly_funnel") | persons("platform_funnel") == persons("weekly_persons")


@pytest.fixture(scope="module")
def counted(published, lake, places, persons):
    """Counts of the lake by week, stage, tier and platform."""
    weeks = {row["week_starts"] for row in published("platform_funnel")}
    found = defaultdict(int)
    for (account, week, stage), number in weekly_counts(lake, places, persons.events).items():
        if week in weeks:
            tier = places.levels_of_week(account, week)[1][0]
            platform = places.platform(account, week + 6 * DAY)
            found[week, stage, None, platform] += number
            found[week, stage, tier, platform] += number
    return found


def test_counts_of_each_week_platform_tier_and_stage(published, counted):
    rows = [row for row in published("platform_funnel") if row["stage"] not in STAGES]
    found = {
        (row["week_starts"], row["stage"], row["tier"], row["platform"]): row["total"]
        for row in rows
    }
    assert {cell: number for cell, number in found.items() if number} == {
        cell: number for cell, number in counted.items() if number
    }
    assert sum(1 for number in found.values() if number) > 800


def test_steps_of_each_week_platform_tier_and_stage(published):
    steps = {_key(row): row for row in published("platform_steps")}
    funnel = {_key(row): row for row in published("platform_funnel")}
    accounts = defaultdict(dict)
    for row in published("weekly_funnel"):
        if row["level"] == "account" and row["stage"] not in STAGES:
            accounts[row["week_starts"]][row["stage"], row["tier"], row["account_id"]] = row
    assert steps.keys() == funnel.keys()
    told = defaultdict(int)
    for (week, stage, tier, platform), row in steps.items():
        if stage in STAGES:
            want = _of_persons(funnel, week, stage, tier, platform)
        else:
            want = _of_counts(accounts, week, stage, tier, platform)
        for name, number in want.items():
            told[name] += row[name] is not None
            assert row[name] == pytest.approx(number), (week, stage, tier, platform, name)
    assert min(told.values()) > 100


def _of_counts(accounts, week, stage, tier, platform):
    own = {
        key: row
        for key, row in accounts[week].items()
        if key[0] == stage and row["platform"] == platform and tier in (None, row["tier"])
    }
    before = accounts.get(week - 7 * DAY, {})
    both = [
        (row["total"], before[key]["total"])
        for key, row in own.items()
        if key in before and row["complete"] and before[key]["complete"]
    ]
    both = [pair for pair in both if None not in pair]
    of_base = [
        (row["total"], accounts[week][BASES[stage], *key[1:]]["total"])
        for key, row in own.items()
        if stage in BASES
    ]
    of_base = [pair for pair in of_base if None not in pair]
    past, base = sum(pair[1] for pair in both), sum(pair[1] for pair in of_base)
    return {
        "change": sum(pair[0] for pair in both) / past - 1 if past else None,
        "n": base if of_base else None,
        "step_rate": sum(pair[0] for pair in of_base) / base if base else None,
    }


def _of_persons(funnel, week: dt.date, stage, tier, platform):
    row = funnel[week, stage, tier, platform]
    before = funnel.get((week - 7 * DAY, stage, tier, platform), {})
    base = funnel.get((week, BASES.get(stage), tier, platform), {}).get("persons")
    persons, past = row["persons"], before.get("persons")
    is_compared = all(each.get(name) for each in (row, before) for name in ("mature", "complete"))
    rate = persons / base if base and persons is not None else None
    return {
        "change": persons / past - 1 if is_compared and past and persons is not None else None,
        "n": base,
        "step_rate": rate,
        "rate_low": None if rate is None else _wilson_low(rate, base),
    }


def _wilson_low(rate, n, z=1.959963984540054):
    middle = rate + z * z / (2 * n)
    return (middle - z * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))) / (1 + z * z / n)


def _key(row):
    return row["week_starts"], row["stage"], row["tier"], row["platform"]
