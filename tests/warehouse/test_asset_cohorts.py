import pytest

from tests.warehouse.people import ANNA, BEN, CARA, DORA


@pytest.fixture
def july(given):
    given["core.customer_months"] = f"""
        month      | customer_token | account_id | is_newly_active | first_login_at
        2026-07-01 | {ANNA}         | hq         | true            | 2026-07-02 15:59:59
        2026-07-01 | {BEN}          | hq         | true            | 2026-07-02 16:00:00
        2026-07-01 | {CARA}         | cards      | true            | 2026-07-02 16:00:00
        2026-07-01 | {DORA}         | hq         | false           | 2026-07-02 16:00:00
    """


def test_a_cohort_is_who_is_newly_active_from_the_day_of_the_first_login(given, assert_built, july):
    assert_built(
        "core.asset_cohorts",
        f"""
        month      | customer_token | account_id | active_on  | reached_on
        2026-07-01 | {ANNA}         | hq         | 2026-07-02 |
        2026-07-01 | {BEN}          | hq         | 2026-07-03 |
        2026-07-01 | {CARA}         | cards      | 2026-07-03 |
        """,
    )


def test_the_horizon_is_90_days_from_the_day_of_the_first_login(given, assert_built, july):
    # 90 days after 2 July is 30 September, after 3 July 1 October.
    given["core.month_aum"] = f"""
        customer_token | ends_on    | aum
        {ANNA}         | 2026-09-30 | 1000.00
        {BEN}          | 2026-10-01 | 1000.00
        {CARA}         | 2026-10-02 | 1000.00
        {DORA}         | 2026-07-31 | 1000.00
    """
    assert_built(
        "core.asset_cohorts",
        f"""
        customer_token | reached_on
        {ANNA}         | 2026-09-30
        {BEN}          | 2026-10-01
        {CARA}         |
        """,
    )


def test_the_first_month_average_at_the_threshold_after_the_login_reaches_it(
    given, assert_built, july
):
    given["core.month_aum"] = f"""
        customer_token | ends_on    | aum
        {ANNA}         | 2026-07-31 | 1000.00
        {ANNA}         | 2026-08-31 | 1000.00
        {BEN}          | 2026-07-31 | 999.99
        {CARA}         | 2026-06-30 | 5000.00
    """
    assert_built(
        "core.asset_cohorts",
        f"""
        customer_token | reached_on
        {ANNA}         | 2026-07-31
        {BEN}          |
        {CARA}         |
        """,
    )
