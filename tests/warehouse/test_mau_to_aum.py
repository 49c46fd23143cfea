import pytest

from tests.warehouse.people import ANNA, BEN, CARA, DORA


@pytest.fixture
def july(given):
    given["core.account_months"] = "month\n 2026-04-01"
    given["core.place_months"] = """
        month      | level | tier | account_id
        2026-07-01 | bank  |      | hq
    """
    given["core.asset_cohorts"] = f"""
        month      | customer_token | account_id | active_on  | reached_on
        2026-07-01 | {ANNA}         | hq         | 2026-07-01 | 2026-07-31
        2026-07-01 | {BEN}          | hq         | 2026-07-03 | 2026-10-01
        2026-07-01 | {CARA}         | hq         | 2026-07-31 |
    """


def test_of_the_newly_active_those_who_reached_the_threshold(given, assert_built, july):
    assert_built(
        "published.mau_to_aum",
        """
        month      | days | newly_active | reached | reached_rate | rate_low | rate_high
        2026-07-01 | 30   | 3            | 1       | 0.3333333333 | 0.0614919 | 0.792340
        2026-07-01 | 60   | 3            | 1       | 0.3333333333 | 0.0614919 | 0.792340
        2026-07-01 | 90   | 3            | 2       | 0.6666666667 | 0.207660 | 0.938508
        """,
    )


@pytest.mark.parametrize(("days", "reached"), [(88, 1), (89, 2)])
def test_a_horizon_begins_with_the_day_of_the_first_login_and_ends_inclusive(
    given, assert_built, july, days, reached
):
    given.parameters(aum_early_days=30, aum_middle_days=days, aum_horizon_days=90)
    given["core.asset_cohorts"] = f"""
        month      | customer_token | account_id | active_on  | reached_on
        2026-07-01 | {ANNA}         | hq         | 2026-07-01 | 2026-07-31
        2026-07-01 | {BEN}          | hq         | 2026-07-03 | 2026-09-30
    """
    assert_built(
        "published.mau_to_aum",
        f"""
        days   | reached
        30     | 1
        {days} | {reached}
        90     | 2
        """,
    )


def test_nobody_is_newly_active_while_the_feed_is_younger_than_three_months(given, assert_built):
    given["core.account_months"] = """
        month
        2026-04-01
        2026-06-01
    """
    given["core.place_months"] = """
        month      | level | account_id
        2026-04-01 | bank  | hq
        2026-06-01 | bank  | hq
        2026-07-01 | bank  | hq
        2026-08-01 | bank  | hq
    """
    given["core.asset_cohorts"] = f"""
        month      | customer_token | account_id | active_on  | reached_on
        2026-04-01 | {ANNA}         | hq         | 2026-04-01 | 2026-04-30
        2026-06-01 | {BEN}          | hq         | 2026-06-01 | 2026-06-30
        2026-07-01 | {CARA}         | hq         | 2026-07-01 |
        2026-08-01 | {DORA}         | hq         | 2026-08-31 | 2026-08-31
    """
    assert_built(
        "published.mau_to_aum",
        """
        month      | days | newly_active | reached
        2026-07-01 | 30   | 1            | 0
        2026-07-01 | 60   | 1            | 0
        2026-07-01 | 90   | 1            | 0
        2026-08-01 | 30   | 1            | 1
        2026-08-01 | 60   | 1            | 1
        2026-08-01 | 90   | 1            | 1
        """,
    )


@pytest.mark.parametrize(
    ("as_of", "over"),
    [
        ("2026-08-30", ()),
        ("2026-08-31", (30,)),
        ("2026-10-29", (30, 60)),
        ("2026-10-30", (30, 60, 90)),
    ],
)
def test_each_horizon_is_mature_when_that_of_the_last_day_is_over(given, july, as_of, over):
    given.as_of(as_of)
    given.build("published.mau_to_aum")
    found = given.connection.execute(
        "select days from published.mau_to_aum where mature"
    ).fetchall()
    assert tuple(sorted(days for (days,) in found)) == over


def test_a_level_without_newly_active_customers_has_no_rate(given, assert_built, july):
    given["core.place_months"] = """
        month      | level   | tier   | account_id
        2026-07-01 | account | branch | east
        2026-08-01 | account | branch | east
    """
    given.parameters(aum_early_days=30)
    given.build("published.mau_to_aum")
    found = given.connection.execute(
        "select distinct month::varchar, newly_active, reached, reached_rate, rate_low"
        " from published.mau_to_aum"
    ).fetchall()
    assert found == [("2026-07-01", 0, 0, None, None)]
