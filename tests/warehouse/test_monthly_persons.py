import pytest

from tests.warehouse.people import ANNA, BEN, CARA


@pytest.fixture
def october(given):
    given["core.level_months"] = """
        month      | level | tier         | account_id
        2026-10-01 | bank  |              | hq
        2026-10-01 | bank  |              | (none)
        2026-10-01 | tier  | head_office  | hq
        2026-10-01 | tier  | unattributed | (none)
    """


def test_the_bank_counts_everybody_and_a_tier_its_own(given, assert_built, october):
    given["core.customer_months"] = f"""
        month      | customer_token | account_id | is_stable
        2026-10-01 | {ANNA}         | hq         | true
        2026-10-01 | {BEN}          | hq         | false
        2026-10-01 | {CARA}         | (none)     | true
    """
    given["core.attributed_events"] = f"""
        event_id | customer_token | event_type   | day        | account_id
        e1       | {ANNA}         | new_customer | 2026-10-31 | hq
        e2       | {BEN}          | new_customer | 2026-11-01 | hq
        e3       | {CARA}         | login        | 2026-10-31 | hq
    """
    assert_built(
        "published.monthly_persons",
        """
        level | tier         | mau | stable_mau | new_customers
        bank  |              | 3   | 2          | 1
        tier  | head_office  | 2   | 1          | 1
        tier  | unattributed | 1   | 1          | 0
        """,
    )


def test_stable_customers_are_unknown_while_the_feed_is_young(given, assert_built, october):
    given["core.customer_months"] = f"""
        month      | customer_token | account_id | is_stable
        2026-10-01 | {ANNA}         | hq         |
    """
    assert_built(
        "published.monthly_persons",
        """
        level | tier         | mau | stable_mau
        bank  |              | 1   |
        tier  | head_office  | 1   |
        tier  | unattributed | 0   |
        """,
    )


def test_aum_is_the_month_averages_of_the_active_alone(given, assert_built, october):
    given["core.customer_months"] = f"""
        month      | customer_token | account_id
        2026-10-01 | {ANNA}         | hq
        2026-10-01 | {BEN}          | hq
    """
    given["core.month_aum"] = f"""
        month      | customer_token | aum
        2026-10-01 | {ANNA}         | 100.50
        2026-09-01 | {ANNA}         | 999.00
        2026-10-01 | {CARA}         | 999.00
    """
    assert_built(
        "published.monthly_persons",
        """
        level | tier         | aum_yuan
        bank  |              | 100.50
        tier  | head_office  | 100.50
        tier  | unattributed |
        """,
    )
