"""How far a person went in a funnel in a week or month, at each level, and how many did."""

import pytest

from tests.warehouse.people import ANNA, BEN, CARA

DAYS = ("2026-10-26", "2026-10-31", "2026-11-01", "2026-11-02")


@pytest.fixture
def periods(given):
    """The last week of October, which ends in November; and the two months."""
    rows = ["period | starts_on | day | stands_on"]
    for day in DAYS[:3]:
        rows.append(f"week | 2026-10-26 | {day} | 2026-11-01")
    for day in DAYS[:2]:
        rows.append(f"month | 2026-10-01 | {day} | 2026-10-31")
    rows.append("month | 2026-11-01 | 2026-11-01 | 2026-11-15")
    given["core.funnel_periods"] = "\n".join(rows)
    given["core.account_levels"] = """
        account_id | day        | level | tier | path_account_id
        hq         | 2026-10-31 | bank  |      |
        hq         | 2026-10-31 | tier  | line |
        east       | 2026-10-31 | bank  |      |
        east       | 2026-10-31 | tier  | new  |
        hq         | 2026-11-01 | bank  |      |
        hq         | 2026-11-01 | tier  | line |
        east       | 2026-11-01 | bank  |      |
        east       | 2026-11-01 | tier  | line |
        hq         | 2026-11-15 | bank  |      |
    """
    given.build("core.funnel_paths")


def test_levels_are_numbered_in_each_period_the_bank_first(given, periods):
    found = given.connection.execute(
        "select starts_on::varchar, account_id, level, path from core.funnel_paths"
        " where period = 'month' order by all"
    ).fetchall()
    assert found == [
        ("2026-10-01", "east", "bank", 1),
        ("2026-10-01", "east", "tier", 3),
        ("2026-10-01", "hq", "bank", 1),
        ("2026-10-01", "hq", "tier", 2),
        ("2026-11-01", "hq", "bank", 1),
    ]


def test_the_deepest_entry_counts_and_of_those_the_latest(given, assert_built, periods):
    given["core.funnel_persons"] = f"""
        funnel | customer_token | day        | depth | is_excluded | account_id | value | step_1_at
        f      | {ANNA}         | 2026-10-26 | 2     | false       | hq         | a     | 2026-10-26
        f      | {ANNA}         | 2026-10-31 | 2     | false       | east       | b     | 2026-10-31
        f      | {ANNA}         | 2026-11-01 | 1     | false       | hq         | c     | 2026-11-01
        f      | {BEN}          | 2026-10-26 | 1     | false       | hq         | d     | 2026-10-26
        f      | {BEN}          | 2026-11-01 | 2     | true        | hq         | e     | 2026-11-01
    """
    assert_built(
        "core.funnel_depths",
        f"""
        month      | period | starts_on  | path | customer_token | depth | step_1_at
        2026-10-01 | month  | 2026-10-01 | 1    | {ANNA}         | 2     | 2026-10-31 00:00:00
        2026-10-01 | month  | 2026-10-01 | 1    | {BEN}          | 1     | 2026-10-26 00:00:00
        2026-10-01 | month  | 2026-10-01 | 2    | {ANNA}         | 2     | 2026-10-26 00:00:00
        2026-10-01 | month  | 2026-10-01 | 2    | {BEN}          | 1     | 2026-10-26 00:00:00
        2026-10-01 | month  | 2026-10-01 | 3    | {ANNA}         | 2     | 2026-10-31 00:00:00
        2026-11-01 | month  | 2026-11-01 | 1    | {ANNA}         | 1     | 2026-11-01 00:00:00
        2026-10-01 | week   | 2026-10-26 | 1    | {ANNA}         | 2     | 2026-10-31 00:00:00
        2026-10-01 | week   | 2026-10-26 | 2    | {ANNA}         | 2     | 2026-10-31 00:00:00
        """,
    )


def test_persons_of_a_step_went_as_far_at_least_and_took_so_long(given, assert_built):
    given["settings.funnel_steps"] = "funnel | step\n f | 1\n f | 2\n f | 3"
    midnight = "2026-10-05 00:00"
    given["core.funnel_depths"] = f"""
        funnel | period | starts_on  | path | customer_token | depth | step_1_at
        f      | week   | 2026-10-05 | 1    | {ANNA}         | 2     | {midnight}:00
        f      | week   | 2026-10-05 | 1    | {BEN}          | 2     | {midnight}:00
        f      | week   | 2026-10-05 | 1    | {CARA}         | 1     | {midnight}:00
    """
    given["core.funnel_persons"] = f"""
        funnel | customer_token | step_1_at     | step_2_at
        f      | {ANNA}         | {midnight}:00 | {midnight}:10
        f      | {ANNA}         | {midnight}:01 | {midnight}:50
        f      | {BEN}          | {midnight}:00 | {midnight}:20
    """
    assert_built(
        "core.funnel_counts",
        """
        step | persons | median_seconds | p90_seconds
        1    | 3       |                |
        2    | 2       | 15             | 19
        3    | 0       |                |
        """,
    )
