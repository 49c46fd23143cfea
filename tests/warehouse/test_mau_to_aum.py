import pytest

from tests.warehouse.people import ANNA, BEN, CARA, DORA


@pytest.fixture
def july(given):
    given["core.account_months"] = "month\n 2026-04-01"
    given["core.level_months"] = """
        month      | level | tier | account_id
        2026-07-01 | bank  |      | hq
    """
    given["core.asset_cohorts"] = f"""
        month      | customer_token | account_id | has_reached
        2026-07-01 | {ANNA}         | hq         | 1
        2026-07-01 | {BEN}          | hq         | 1
        2026-07-01 | {CARA}         | hq         | 0
    """


def test_of_the_newly_active_those_who_reached_the_threshold(given, assert_built, july):
    assert_built(
        "published.mau_to_aum",
        """
        month      | newly_active | reached | reached_rate | rate_low | rate_high
        2026-07-01 | 3            | 2       | 0.6666666667 | 0.207660 | 0.938508
        """,
    )


def test_nobody_is_newly_active_while_the_feed_is_younger_than_three_months(given, assert_built):
    given["core.account_months"] = """
        month
        2026-04-01
        2026-06-01
    """
    given["core.level_months"] = """
        month      | level | account_id
        2026-04-01 | bank  | hq
        2026-06-01 | bank  | hq
        2026-07-01 | bank  | hq
        2026-08-01 | bank  | hq
    """
    given["core.asset_cohorts"] = f"""
        month      | customer_token | account_id | has_reached
        2026-04-01 | {ANNA}         | hq         | 1
        2026-06-01 | {BEN}          | hq         | 1
        2026-07-01 | {CARA}         | hq         | 0
        2026-08-01 | {DORA}         | hq         | 1
    """
    assert_built(
        "published.mau_to_aum",
        """
        month      | newly_active | reached
        2026-07-01 | 1            | 0
        2026-08-01 | 1            | 1
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
