import pytest

from tests.warehouse.people import ANNA, BEN, CARA, DORA


@pytest.fixture
def july(given):
    given["core.level_months"] = """
        month      | level | tier | account_id
        2026-07-01 | bank  |      | hq
    """
    given["core.customer_months"] = f"""
        month      | customer_token | account_id | is_newly_active | first_login_at
        2026-07-01 | {ANNA}         | hq         | true            | 2026-07-02 15:59:59
        2026-07-01 | {BEN}          | hq         | true            | 2026-07-02 16:00:00
        2026-07-01 | {CARA}         | hq         | true            | 2026-07-02 16:00:00
        2026-07-01 | {DORA}         | hq         | false           | 2026-07-02 16:00:00
    """


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
        "published.mau_to_aum",
        """
        month      | newly_active | reached | reached_rate | rate_low | rate_high
        2026-07-01 | 3            | 2       | 0.6666666667 | 0.207660 | 0.938508
        """,
    )


def test_only_a_month_average_at_the_threshold_after_the_login_reaches_it(
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
        "published.mau_to_aum",
        """
        newly_active | reached
        3            | 1
        """,
    )


def test_a_cohort_is_mature_when_the_horizon_of_its_last_day_is_over(given, assert_built, july):
    for as_of, is_over in (("2026-10-29", "false"), ("2026-10-30", "true")):
        given.as_of(as_of)
        assert_built("published.mau_to_aum", f"mature\n {is_over}")


def test_a_level_without_newly_active_customers_has_no_rate(given, assert_built, july):
    given["core.level_months"] = """
        month      | level   | tier   | account_id
        2026-07-01 | account | branch | east
        2026-08-01 | account | branch | east
    """
    assert_built(
        "published.mau_to_aum",
        """
        month      | newly_active | reached | reached_rate | rate_low
        2026-07-01 | 0            | 0       |              |
        """,
    )
