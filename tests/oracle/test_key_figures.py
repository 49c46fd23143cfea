"""Key figures of the sample, recomputed from the tables they are carried from."""

import datetime as dt
from collections import defaultdict
from statistics import median

import pytest

from tests.oracle.lake import DAY
from tests.oracle.persons import STAGES
from tests.oracle.places import months_before

CARRIED = {
    "follower_weeks": {"followers": ("followers", "count")},
    "card_clicks": {"clicks": ("card_click", "count")},
    "subscriptions": {
        "customers": ("subscribers", "persons"),
        "amount_yuan": ("subscription_amount", "yuan"),
    },
    "monthly_active": {"mau": ("mau", "persons")},
    "platform_months": {"mau": ("mau", "persons")},
}
Key = tuple


def _where(row) -> Key:
    names = ("tier", "unit_id", "platform", "account_id")
    return tuple(row.get(name) for name in names)


@pytest.fixture(scope="module")
def carried(published) -> dict[Key, dict[dt.date, tuple]]:
    """Give for each figure and place its values by day, and whether the day counts for others."""
    found = defaultdict(dict)
    for table in ("weekly_steps", "platform_steps"):
        for row in published(table):
            kind = "persons" if row["stage"] in STAGES else "count"
            counts = row["mature"] and row["complete"]
            at = row["week_starts"]
            found["week", row["stage"], kind, _where(row)][at] = (row["value"], counts)
            if row["previous_stage"]:
                found["week", row["stage"], "rate", _where(row)][at] = (row["step_rate"], counts)
    for table, columns in CARRIED.items():
        for row in published(table):
            if table == "platform_months" and row["platform"] is None:
                continue
            period = "month" if "month" in row else "week"
            at = row["month"] if period == "month" else row["week_starts"]
            for column, (metric, kind) in columns.items():
                value = None if row[column] is None else float(row[column])
                found[period, metric, kind, _where(row)][at] = (value, row.get("complete", True))
    return found


def _key(row) -> Key:
    return row["period"], row["metric"], row["kind"], _where(row)


def test_every_figure_is_carried_and_beside_its_past(published, carried):
    rows = published("key_figures")
    by_key = defaultdict(dict)
    for row in rows:
        by_key[_key(row)][row["starts_on"]] = row
    # On platforms the sums of accounts stand here alone.
    sums = {key for key in by_key if key[1] in ("followers", "card_click")} - carried.keys()
    assert {key[3][3] for key in sums} == {None} and by_key.keys() - sums == carried.keys()
    told = defaultdict(int)
    for key, values in carried.items():
        assert by_key[key].keys() == values.keys()
        for at, (value, counts) in values.items():
            row = by_key[key][at]
            wanted = _beside(key, values, at, value, counts)
            for name, number in wanted.items():
                told[name] += number is not None
                assert row[name] == pytest.approx(number), (key, at, name)
    assert min(told.values()) > 3000


def _beside(key, values, at, value, counts):
    is_week = key[0] == "week"
    before, before_counts = values.get(at - 7 * DAY if is_week else months_before(at, 1), (None, 0))
    past = [values.get(at - 7 * back * DAY, (None, False)) for back in range(1, 9)]
    known = [number for number, is_sound in past if is_sound and number is not None]
    usual = median(known) if is_week and len(known) >= 5 else None
    wanted = {
        "value": value,
        "previous_value": before,
        "usual_value": usual,
        "against_usual": value / usual - 1 if usual and counts and value is not None else None,
    }
    if key[2] != "count":
        is_known = counts and before_counts and before and value is not None
        wanted["change"] = value / before - 1 if is_known else None
    return wanted


def test_the_change_of_a_stage_is_that_of_its_step(published):
    figures = {
        (row["starts_on"], row["metric"], _where(row)): row["change"]
        for row in published("key_figures")
        if row["kind"] in ("count", "persons")
    }
    steps = [row for table in ("weekly_steps", "platform_steps") for row in published(table)]
    changes = {(row["week_starts"], row["stage"], _where(row)): row["change"] for row in steps}
    assert {key: figures[key] for key in changes} == changes
    assert sum(1 for change in changes.values() if change is not None) > 4000


def test_sums_of_accounts_on_platforms_and_their_changes(published):
    rows = [r for r in published("key_figures") if r["metric"] in ("followers", "card_click")]
    accounts = defaultdict(dict)
    for row in rows:
        if row["level"] == "account":
            accounts[row["metric"], row["starts_on"]][_where(row)] = row
    for row in rows:
        own = accounts[row["metric"], row["starts_on"]]
        before = accounts.get((row["metric"], row["starts_on"] - 7 * DAY), {})
        place = _where(row)
        within = [at for at in own if all(place[n] in (None, at[n]) for n in range(4))]
        known = [own[at]["value"] for at in within if own[at]["value"] is not None]
        assert row["value"] == (sum(known) if known else None)
        both = [(own[at]["value"], before[at]["value"]) for at in within if at in before]
        both = [pair for pair in both if None not in pair]
        past = sum(pair[1] for pair in both)
        want = sum(pair[0] for pair in both) / past - 1 if past else None
        if row["metric"] == "followers":
            assert row["change"] == pytest.approx(want)
    assert {row["level"] for row in rows} >= {"bank", "platform", "tier_platform"}
