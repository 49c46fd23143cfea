"""Retention as other systems publish it, from the project's own models over their events.

The rule does not depend on the length of a period, so the periods of a case become months in a row.
"""

import csv
import datetime as dt
import json
import uuid
from pathlib import Path

import pytest

ANSWERS = Path(__file__).parents[1] / "known_answers" / "retention"
CASES = json.loads((ANSWERS / "cases.json").read_text("utf-8"))
MODELS = (
    "core.login_days",
    "core.login_months",
    "core.customer_months",
    "core.account_months",
    "core.cohort_weeks",
    "core.cohort_months",
    "core.cohort_ends",
    "published.retention_persons",
    "published.retention",
)


def nth_month(number):
    """Count months from the first that a cohort is published for."""
    return dt.date(2025 + (10 + number) // 12, (10 + number) % 12 + 1, 1)


def logins(case):
    """Give the case's events as logins, in the month that its period became."""
    length = len("2020-01") if case["interval"] == "month" else len("2020-01-01")
    with (ANSWERS / "events.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            period = row["ts_utc"][:length]
            if row["dataset"] == case["dataset"]:
                yield row["actor"], nth_month(case["periods"].index(period))


def bank_of(given, case):
    """Make the actors customers of the bank who log in."""
    tokens = {actor: uuid.uuid5(uuid.NAMESPACE_OID, actor) for actor, _ in logins(case)}
    given["staging.consented_customers"] = "\n".join(["customer_token", *map(str, tokens.values())])
    given["staging.bank_events"] = "\n".join(
        ["event_id | customer_token | event_type | day | occurred_at"]
        + [
            f"e{n} | {tokens[actor]} | login | {month} | {month} 05:00:00"
            for n, (actor, month) in enumerate(logins(case))
        ]
    )
    given["staging.deliveries"] = f"""
        dataset     | exported_at         | first_day      | landed
        bank_events | 2026-11-16 06:00:00 | {nth_month(0)} | 9
    """
    given.build(*MODELS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_recurring_retention_is_that_of_other_systems(given, case):
    bank_of(given, case)
    found = given.connection.execute(
        """
        select cohort_starts, age, active, cohort_size from published.retention
        where cohort_type = 'recurring' and level = 'bank'
        """
    ).fetchall()
    active = {(starts, age): active for starts, age, active, _ in found}
    expected = case["expected"]
    rows = [expected["r"]] if isinstance(expected, dict) else expected
    for number, row in enumerate(rows):
        starts = nth_month(number)
        assert [active.get((starts, age), 0) for age in range(len(row))] == row
    assert all(size == active[starts, 0] for starts, _, _, size in found)
