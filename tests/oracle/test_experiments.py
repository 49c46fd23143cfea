"""What is published of the sample's experiments against plain loops over the lake."""

import datetime as dt
from collections import defaultdict

from tests.oracle.lake import SHANGHAI, latest

WINDOW = {"EXP-2026-01": 14, "EXP-2026-02": 7, "EXP-2026-03": 30}


def counted(lake, persons):
    """Give (assigned, observed, converted) of each experiment and variant."""
    plans = latest(
        lake.exported("bank_experiments", "experiment_id", "variant"),
        lambda row: (row["experiment_id"], row["variant"]),
    )
    plan = {row["experiment_id"]: row for row in plans if row["is_control"]}
    given = defaultdict(list)
    for row in lake.rows("bank_assignments"):
        day = (row["assigned_at"] + SHANGHAI).date()
        last = plan[row["experiment_id"]]["ends_on"] or lake.as_of
        if plan[row["experiment_id"]]["starts_on"] <= day <= last and day < lake.as_of:
            given[row["experiment_id"], row["customer_token"]].append(row)
    consented = lake.consented()
    found = defaultdict(lambda: [0, 0, 0])
    for (experiment, token), rows in given.items():
        if token not in consented:
            continue
        variants = {row["variant"] for row in rows}
        first = min(row["assigned_at"] for row in rows)
        ends = first + dt.timedelta(days=WINDOW[experiment])
        is_over = ends + SHANGHAI <= lake.midnight
        won = any(
            event["event_type"] == plan[experiment]["metric_event"]
            and first <= event["occurred_at"] <= ends
            for event in persons.by_customer[token]
        )
        cell = found[experiment, variants.pop() if len(variants) == 1 else "(several)"]
        for place, counts in enumerate((True, is_over, is_over and won)):
            cell[place] += counts
    return found


def test_the_persons_of_each_variant(lake, persons, published):
    want = counted(lake, persons)
    rows = published("experiments")
    assert {(row["experiment_id"], row["variant"]) for row in rows} == want.keys()
    for row in rows:
        counts = [row["assigned"], row["observed"], row["converted"]]
        assert counts == want[row["experiment_id"], row["variant"]]
    assert min(map(min, want.values())) >= 10


def test_the_sample_has_one_experiment_that_works_one_running_and_one_that_broke(published):
    said = {(r["experiment_id"], r["variant"]): r for r in published("experiments")}
    works, runs = said["EXP-2026-01", "new"], said["EXP-2026-02", "sms"]
    assert works["mature"] and works["difference_low"] > 0 and works["sequential_low"] is None
    assert not runs["mature"] and runs["sequential_low"] < 0 < runs["sequential_high"]
    assert runs["difference_low"] is None
    assert said["EXP-2026-03", "new"]["why_not"] == "ratio_mismatch"
