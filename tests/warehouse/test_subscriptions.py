import pytest

from tests.warehouse.people import ANNA, BEN, CARA


@pytest.fixture
def places(given):
    given["core.level_weeks"] = """
        week_starts | level   | tier         | account_id | path_account_id
        2026-10-05  | bank    |              | hq         |
        2026-10-05  | bank    |              | (none)     |
        2026-10-05  | tier    | unattributed | (none)     |
        2026-10-05  | account | head_office  | hq         | hq
    """


def test_confirmed_orders_count_by_customers_orders_and_yuan(given, assert_built, places):
    given["core.attributed_events"] = f"""
        event_id | customer_token | event_type          | day        | account_id
        e1       | {ANNA}         | wealth_subscription | 2026-10-05 | hq
        e2       | {ANNA}         | wealth_subscription | 2026-10-11 | hq
        e3       | {BEN}          | wealth_subscription | 2026-10-06 | hq
        e4       | {BEN}          | wealth_subscription | 2026-10-06 | hq
        e5       | {CARA}         | wealth_subscription | 2026-10-06 | (none)
        e6       | {ANNA}         | wealth_subscription | 2026-10-12 | hq
        e7       | {ANNA}         | login               | 2026-10-06 | hq
    """
    given["staging.bank_events"] = """
        event_id | cooling_off | amount  | currency
        e1       | confirmed   | 1000.10 | CNY
        e2       |             | 2000.20 | CNY
        e3       | pending     | 4000.00 | CNY
        e4       | withdrawn   | 8000.00 | CNY
        e5       | confirmed   | 500.00  | USD
        e6       | confirmed   | 9000.00 | CNY
        e7       |             |         | CNY
    """
    assert_built(
        "published.subscriptions",
        """
        level   | customers | orders | amount_yuan | pending_orders | withdrawn_orders
        account | 1         | 2      | 3000.30     | 1              | 1
        bank    | 2         | 3      | 3000.30     | 1              | 1
        tier    | 1         | 1      | 0.00        | 0              | 0
        """,
    )


def test_of_the_wealth_clickers_those_who_subscribed(given, assert_built, places):
    given["core.followed_clicks"] = f"""
        event_id | day        | account_id | customer_token | product_line | went_on
        c1       | 2026-10-05 | hq         | {ANNA}         | wealth       | 1
        c2       | 2026-10-06 | hq         | {ANNA}         | wealth       | 0
        c3       | 2026-10-11 | hq         | {BEN}          | wealth       | 0
        c4       | 2026-10-11 | hq         |                | wealth       | 0
        c5       | 2026-10-11 | hq         | {CARA}         | card         | 1
    """
    assert_built(
        "published.subscriptions",
        """
        level   | wealth_clicks | clickers | subscribed_clickers | subscribed_rate | rate_low
        account | 4             | 2        | 1                   | 0.5             | 0.0945312
        bank    | 4             | 2        | 1                   | 0.5             | 0.0945312
        tier    | 0             | 0        | 0                   |                 |
        """,
    )


def test_clickers_are_mature_when_the_window_of_the_last_is_over(given, assert_built):
    given["core.level_weeks"] = "week_starts | level | account_id\n 2026-10-05 | bank | hq"
    for as_of, is_over in (("2026-11-10", "false"), ("2026-11-11", "true")):
        given.as_of(as_of)
        assert_built("published.subscriptions", f"mature\n {is_over}")
