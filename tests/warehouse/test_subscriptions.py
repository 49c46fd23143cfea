import pytest

from tests.warehouse.people import ANNA, BEN, CARA


@pytest.fixture
def places(given):
    given["core.level_weeks"] = """
        week_starts | path | level   | tier         | account_id | path_account_id
        2026-10-05  | 1    | bank    |              | hq         |
        2026-10-05  | 1    | bank    |              | (none)     |
        2026-10-05  | 2    | tier    | unattributed | (none)     |
        2026-10-05  | 3    | account | head_office  | hq         | hq
    """


def test_confirmed_orders_count_by_customers_orders_and_yuan(given, assert_built, places):
    order, other = "wealth_subscription", "card_application"
    given["core.attributed_events"] = f"""
        customer_token | event_type | day        | account_id | cooling_off | amount  | currency
        {ANNA}         | {order}    | 2026-10-05 | hq         | confirmed   | 1000.10 | CNY
        {ANNA}         | {order}    | 2026-10-11 | hq         |             | 2000.20 | CNY
        {BEN}          | {order}    | 2026-10-06 | hq         | pending     | 4000.00 | CNY
        {BEN}          | {order}    | 2026-10-06 | hq         | withdrawn   | 8000.00 | CNY
        {CARA}         | {order}    | 2026-10-06 | (none)     | confirmed   | 500.00  | USD
        {ANNA}         | {order}    | 2026-10-12 | hq         | confirmed   | 9000.00 | CNY
        {ANNA}         | {other}    | 2026-10-06 | hq         |             |         | CNY
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
