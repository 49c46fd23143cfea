"""Campaigns at their horizons: what belongs to them, and what it was worth."""

from decimal import Decimal

import pytest

from pipeline.warehouse.model import read_model, sql_folder
from pipeline.warehouse.protect import protect
from tests.warehouse.people import ANNA, BEN, CARA, DORA


@pytest.fixture
def autumn(given):
    """A campaign of two codes, from 10 September; seen from 1 November."""
    given.as_of("2026-11-01")
    given["staging.bank_campaigns"] = """
        campaign_id | campaign_name | source_code | starts_on  | ends_on
        autumn      | 秋            | s1          | 2026-09-10 | 2026-09-30
        autumn      | 秋            | s2          | 2026-09-15 |
    """


@pytest.mark.usefixtures("autumn")
def test_a_horizon_ends_so_many_days_after_the_first_code_s_first_day(given, assert_built):
    given["core.month_aum"] = f"customer_token | month\n {ANNA} | 2026-10-01"
    given["staging.bank_spend"] = """
        spend_id | spent_on   | campaign_id | amount_yuan
        a        | 2026-09-01 | autumn      | 100.00
        b        | 2026-10-09 | autumn      | 20.00
        c        | 2026-10-10 | autumn      | 3.00
        d        | 2026-09-20 |             | 5000.00
    """
    given.build("core.balanced_months")
    assert_built(
        "core.campaign_horizons",
        """
        horizon_days | starts_on  | ends_before | ends_in    | is_mature | has_balances | spend_yuan
        30           | 2026-09-10 | 2026-10-10  | 2026-10-01 | true      | true         | 120.00
        60           | 2026-09-10 | 2026-11-09  | 2026-11-01 | false     | false        | 123.00
        90           | 2026-09-10 | 2026-12-09  | 2026-12-01 | false     | false        | 123.00
        """,
    )


@pytest.mark.usefixtures("autumn")
def test_a_month_that_is_not_over_has_no_balances_yet(given, assert_built):
    given.as_of("2026-10-15")
    given["core.month_aum"] = f"customer_token | month\n {ANNA} | 2026-10-01"
    given.build("core.balanced_months")
    assert_built(
        "core.campaign_horizons",
        """
        horizon_days | is_mature | has_balances
        30           | true      | false
        60           | false     | false
        90           | false     | false
        """,
    )


@pytest.mark.usefixtures("autumn")
def test_a_conversion_belongs_to_the_campaign_of_its_last_touch_s_code(given, assert_built):
    order = "wealth_subscription"
    given["core.attribution_credits"] = f"""
        event_id | touch_id | kind         | source_code | touched_on | last_touch | day
        e1       | t1       | new_customer | s1          | 2026-09-10 | 1          | 2026-10-02
        e2       | t2       | new_customer | s1          | 2026-09-09 | 1          | 2026-09-11
        e3       | t3       | new_customer | s1          | 2026-10-01 | 1          | 2026-10-02
        e4       | t4       | new_customer | s2          | 2026-10-01 | 0          | 2026-10-02
        e4       | t5       | new_customer | s3          | 2026-10-01 | 1          | 2026-10-02
        e5       | t6       | {order}      | s2          | 2026-10-01 | 1          | 2026-10-02
        e6       | t7       | {order}      | s2          | 2026-10-01 | 1          | 2026-10-02
    """
    given["core.attributed_events"] = """
        event_id | amount  | currency
        e1       | 9.00    | CNY
        e2       |         |
        e3       |         |
        e4       |         |
        e5       | 5000.00 | CNY
        e6       | 700.00  | USD
    """
    assert_built(
        "core.campaign_conversions",
        """
        event_id | kind         | amount_yuan
        e1       | new_customer | 0
        e5       | {order}      | 5000
        e6       | {order}      | 0
        """.replace("{order}", order),
    )


def test_aum_counts_by_the_days_held_within_the_horizon(given, assert_built):
    given["core.campaign_horizons"] = """
        campaign_id | horizon_days | ends_before | ends_in
        autumn      | 30           | 2026-10-11  | 2026-10-01
    """
    given["core.campaign_conversions"] = f"""
        campaign_id | event_id | kind             | customer_token | day        | amount_yuan
        autumn      | e1       | new_customer     | {ANNA}         | 2026-09-21 | 0
        autumn      | e2       | new_customer     | {BEN}          | 2026-10-11 | 0
        autumn      | e3       | card_application | {BEN}          | 2026-10-10 | 0
        autumn      | e4       | new_customer     | {CARA}         | 2026-10-10 | 0
    """
    given["core.month_aum"] = f"""
        customer_token | month      | aum
        {ANNA}         | 2026-08-01 | 900000.00
        {ANNA}         | 2026-09-01 | 3000.00
        {ANNA}         | 2026-10-01 | 6200.00
        {ANNA}         | 2026-11-01 | 800000.00
        {BEN}          | 2026-10-01 | 700000.00
        {CARA}         | 2026-10-01 | 310.00
    """
    assert_built(
        "core.campaign_persons",
        f"""
        customer_token | became_on  | applications | aum_yuan | aum_months_yuan
        {ANNA}         | 2026-09-21 | 0            | 6200     | 3000
        {BEN}          |            | 1            | 0        | 0
        {CARA}         | 2026-10-10 | 0            | 310      | 10
        """,
    )


@pytest.mark.usefixtures("autumn")
def test_arrivals_are_those_under_the_campaign_s_codes_while_they_are_its(given, assert_built):
    given["core.campaign_horizons"] = """
        campaign_id | horizon_days | ends_before
        autumn      | 30           | 2026-10-10
    """
    given["core.arrivals"] = f"""
        customer_token | source_code | day
        {ANNA}         | s1          | 2026-09-10
        {ANNA}         | s2          | 2026-09-16
        {BEN}          | s2          | 2026-09-14
        {CARA}         | s2          | 2026-10-09
        {DORA}         | s2          | 2026-10-10
    """
    assert_built(
        "core.campaign_persons",
        f"customer_token | has_arrived\n {ANNA} | true\n {CARA} | true",
    )


@pytest.fixture
def results(given):
    """A campaign with one horizon over, one without balances, one not over."""
    given["core.campaign_horizons"] = """
        campaign_id | horizon_days | is_mature | has_balances | spend_yuan
        autumn      | 30           | true      | true         | 1000.00
        autumn      | 60           | true      | false        | 2000.00
        autumn      | 90           | false     | false        | 3000.00
    """
    head = "campaign_id | horizon_days | customer_token | has_arrived | became_on | orders"
    rows = [
        f"autumn | {days} | {ANNA} | true  | 2026-09-12 | 2 | 30000 | 0 | 40000 | 100000\n"
        f"autumn | {days} | {BEN}  | true  |            | 0 | 0     | 3 | 0     | 0\n"
        f"autumn | {days} | {CARA} | false | 2026-09-12 | 0 | 0     | 0 | 0     | 0"
        for days in (30, 60, 90)
    ]
    given["core.campaign_persons"] = "\n".join(
        [f"{head} | subscribed_yuan | applications | aum_yuan | aum_months_yuan", *rows]
    )


@pytest.mark.usefixtures("results")
def test_returns_are_what_the_parameters_say_they_are_worth(given, assert_built):
    """100,000 yuan-months at 5 a 10,000, 30,000 subscribed at 60, three applications at 400."""
    given.parameters(
        return_per_10k_aum_month=5, return_per_10k_subscribed=60, return_per_application=400
    )
    assert_built(
        "published.campaign_returns",
        """
        horizon_days | spend_yuan | arrivals | yuan_per_arrival | new_customers | cac_yuan | aum_yuan | yuan_per_10k_aum | contributors | return_yuan | roi  | why_not
        30           | 1000       | 2        | 500              | 2             | 500      | 40000    | 250              | 2            | 1430        | 0.43 |
        60           | 2000       | 2        | 1000             | 2             | 1000     |          |                  |              |             |      | no_balances
        90           |            |          |                  |               |          |          |                  |              |             |      | immature
        """,  # noqa: E501 - a table
    )


@pytest.mark.usefixtures("results")
def test_without_a_parameter_there_is_no_return(assert_built):
    assert_built(
        "published.campaign_returns",
        """
        horizon_days | cac_yuan | contributors | return_yuan | roi | why_not
        30           | 500      |              |             |     | return_not_set
        60           | 1000     |              |             |     | return_not_set
        90           |          |              |             |     | immature
        """,
    )


def test_a_cost_is_withheld_with_the_count_it_would_give_away(given):
    given["core.campaign_horizons"] = """
        campaign_id | horizon_days | is_mature | has_balances | spend_yuan
        autumn      | 30           | true      | true         | 1000.00
    """
    given["core.campaign_persons"] = f"""
        campaign_id | horizon_days | customer_token | has_arrived | became_on  | orders
        autumn      | 30           | {ANNA}         | true        | 2026-09-12 | 1
        autumn      | 30           | {BEN}          | true        |            | 0
        autumn      | 30           | {CARA}         | true        |            | 0
    """
    name = "published.campaign_returns"
    given.build(name)
    protect(given.connection, read_model(sql_folder() / "published/campaign_returns.sql"), 3)
    found = given.connection.execute(
        "select arrivals, yuan_per_arrival, new_customers, cac_yuan, aum_yuan, yuan_per_10k_aum,"
        f" subscribers, subscribed_yuan, spend_yuan, suppressed from {name}"
    ).fetchall()
    assert found == [
        (3, Decimal("333.33"), *[None] * 6, Decimal(1000), "new_customers,subscribers")
    ]


@pytest.mark.usefixtures("results")
def test_a_return_does_not_tell_the_part_of_it_that_is_withheld(given):
    """One subscriber: what was subscribed is the return less what the others brought."""
    given.parameters(return_per_10k_aum_month=5, return_per_10k_subscribed=60)
    name = "published.campaign_returns"
    given.build(name)
    protect(given.connection, read_model(sql_folder() / "published/campaign_returns.sql"), 2)
    found = given.connection.execute(
        "select aum_yuan, subscribers, subscribed_yuan, contributors, return_yuan, roi"
        f" from {name} where horizon_days = 30"
    ).fetchall()
    assert found == [(Decimal(40000), None, None, None, None, None)]
