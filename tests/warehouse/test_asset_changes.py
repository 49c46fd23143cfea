import pytest

from tests.warehouse.people import ANNA, BEN, CARA, DORA, EMIL


def test_the_first_touch_of_all_history_is_the_earliest_then_of_the_smallest_id(
    given, assert_built
):
    given["core.touches"] = f"""
        event_id | customer_token | touched_at          | day        | account_id
        e3       | {ANNA}         | 2026-09-30 15:59:59 | 2026-09-30 | hq
        e2       | {ANNA}         | 2026-09-30 15:59:59 | 2026-09-30 | pr
        e1       | {ANNA}         | 2026-09-30 16:00:00 | 2026-10-01 | cards
        e4       | {BEN}          | 2026-09-30 16:00:00 | 2026-10-01 | cards
    """
    assert_built(
        "core.first_touches",
        f"""
        customer_token | month      | day        | account_id
        {ANNA}         | 2026-09-01 | 2026-09-30 | pr
        {BEN}          | 2026-10-01 | 2026-10-01 | cards
        """,
    )


@pytest.fixture
def touched(given):
    """Everybody's first touch is on 10 October."""
    given["core.first_touches"] = "\n".join(
        ["customer_token | month | day | account_id"]
        + [f"{token} | 2026-10-01 | 2026-10-10 | hq" for token in (ANNA, BEN, CARA, DORA)]
    )


def test_the_baseline_is_the_day_end_before_the_first_touch(given, assert_built, touched):
    given["staging.bank_balances"] = f"""
        customer_token | balance_on | basis         | aum
        {ANNA}         | 2026-10-08 | point_in_time | 80.00
        {ANNA}         | 2026-10-09 | point_in_time | 90.00
        {ANNA}         | 2026-10-09 | month_average | 95.00
        {ANNA}         | 2026-10-10 | point_in_time | 100.00
        {BEN}          | 2026-10-08 | point_in_time | 80.00
        {CARA}         | 2026-09-09 | month_average | 80.00
        {DORA}         | 2026-09-08 | point_in_time | 80.00
        {DORA}         | 2026-10-10 | point_in_time | 80.00
    """
    assert_built(
        "core.asset_baselines",
        f"""
        customer_token | baseline_yuan | has_balances
        {ANNA}         | 90.00         | true
        {BEN}          |               | true
        {CARA}         |               | true
        {DORA}         |               | false
        """,
    )
    given.parameters(baseline_days=2)
    assert_built(
        "core.asset_baselines",
        f"""
        customer_token | baseline_yuan | has_balances
        {ANNA}         | 90.00         | true
        {BEN}          | 80.00         | true
        {CARA}         |               | true
        {DORA}         |               | false
        """,
    )


@pytest.fixture
def cohort(given):
    given["core.asset_baselines"] = f"""
        month      | customer_token | account_id | day        | baseline_yuan | has_balances
        2026-08-01 | {ANNA}         | hq         | 2026-08-10 | 90.00         | true
        2026-08-01 | {BEN}          | hq         | 2026-08-10 |               | false
        2026-08-01 | {CARA}         | hq         | 2026-08-10 |               | true
        2026-08-01 | {DORA}         | hq         | 2026-08-10 |               | false
    """
    given["core.customer_assets"] = f"""
        month      | customer_token | point_aum
        2026-07-01 | {ANNA}         | 10.00
        2026-08-01 | {ANNA}         | 80.00
        2026-08-01 | {BEN}          | 50.00
        2026-09-01 | {ANNA}         | 100.00
        2026-09-01 | {BEN}          | 0.00
        2026-09-01 | {CARA}         | 100.00
        2026-09-01 | {DORA}         | 100.00
        2026-09-01 | {EMIL}         | 100.00
        2026-10-01 | {ANNA}         |
        2026-10-01 | {BEN}          | 7.00
    """


def test_the_baseline_stays_and_who_became_a_customer_since_had_nothing(
    given, assert_built, cohort
):
    given["core.new_customers"] = f"""
        event_id | customer_token | day
        e1       | {BEN}          | 2026-08-10
        e2       | {CARA}         | 2026-08-11
        e3       | {DORA}         | 2026-08-09
    """
    assert_built(
        "core.asset_changes",
        """
        month      | cohort_starts | account_id | compared | grown | change_yuan
        2026-08-01 | 2026-08-01    | hq         | 2        | 1     | 40.00
        2026-09-01 | 2026-08-01    | hq         | 2        | 1     | 10.00
        2026-10-01 | 2026-08-01    | hq         | 1        | 1     | 7.00
        """,
    )


def test_a_cohort_is_followed_for_so_many_months(given, assert_built, cohort):
    given.parameters(asset_change_months=1)
    assert_built(
        "core.asset_changes",
        """
        month      | compared | change_yuan
        2026-08-01 | 1        | -10.00
        2026-09-01 | 1        | 10.00
        """,
    )


def test_who_became_a_customer_after_the_month_is_not_compared_in_it(given, assert_built, cohort):
    given["core.new_customers"] = f"event_id | customer_token | day\n e1 | {BEN} | 2026-09-30"
    assert_built(
        "core.asset_changes",
        """
        month      | compared
        2026-08-01 | 1
        2026-09-01 | 2
        2026-10-01 | 1
        """,
    )


@pytest.fixture
def published(given):
    given["core.place_months"] = """
        month      | level    | platform | account_id
        2026-08-01 | bank     |          | hq
        2026-08-01 | platform | douyin   | hq
        2026-09-01 | bank     |          | hq
        2026-10-01 | bank     |          | hq
    """
    given["core.first_touches"] = f"""
        customer_token | month      | account_id
        {ANNA}         | 2026-08-01 | hq
        {BEN}          | 2026-08-01 | hq
        {CARA}         | 2026-08-01 | hq
        {DORA}         | 2026-10-01 | hq
    """
    given["core.asset_moves"] = """
        month      | account_id | customers | point_customers
        2026-08-01 | hq         | 9         | 9
        2026-09-01 | hq         | 9         | 0
        2026-10-01 | hq         | 9         | 9
        2026-11-01 | hq         | 9         | 9
    """
    given["core.asset_changes"] = """
        month      | cohort_starts | account_id | compared | grown | change_yuan
        2026-08-01 | 2026-08-01    | hq         | 2        | 1     | 40.00
        2026-10-01 | 2026-08-01    | hq         | 3        | 2     | 100.00
        2026-11-01 | 2026-08-01    | hq         | 3        | 2     | 100.00
    """


def test_ages_are_the_months_since_of_whose_end_balances_were_delivered(
    given, assert_built, published
):
    given.as_of("2026-11-16")
    assert_built(
        "published.asset_changes",
        """
        cohort_starts | age | platform | cohort_size | compared | grown | change_per_customer
        2026-08-01    | 0   |          | 3           | 2        | 1     | 20.00
        2026-08-01    | 0   | douyin   | 3           | 2        | 1     | 20.00
        2026-08-01    | 2   |          | 3           | 3        | 2     | 33.33
        2026-08-01    | 2   | douyin   | 3           | 3        | 2     | 33.33
        2026-10-01    | 0   |          | 1           | 0        | 0     |
        """,
    )
