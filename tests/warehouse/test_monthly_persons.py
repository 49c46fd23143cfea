import pytest

from tests.warehouse.people import ANNA, BEN, CARA


@pytest.fixture
def october(given):
    given["core.place_months"] = """
        month      | level | tier         | account_id
        2026-10-01 | bank  |              | hq
        2026-10-01 | bank  |              | (none)
        2026-10-01 | tier  | head_office  | hq
        2026-10-01 | tier  | unattributed | (none)
    """


def test_the_bank_counts_everybody_and_a_tier_its_own(given, assert_built, october):
    given["core.account_months"] = """
        month      | account_id | mau | stable_mau
        2026-08-01 | cards      | 7   | 0
        2026-10-01 | hq         | 2   | 1
        2026-10-01 | (none)     | 1   | 1
    """
    given["core.new_customers"] = f"""
        event_id | customer_token | day        | account_id
        e1       | {ANNA}         | 2026-10-31 | hq
        e2       | {BEN}          | 2026-11-01 | hq
        e3       | {CARA}         | 2026-10-31 | cards
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


def test_stable_customers_are_unknown_while_the_feed_is_young(given, assert_built):
    given["core.place_months"] = """
        month      | level | account_id
        2026-08-01 | bank  | hq
        2026-09-01 | bank  | hq
        2026-10-01 | bank  | hq
        2026-11-01 | bank  | hq
    """
    given["core.account_months"] = """
        month      | account_id | mau | stable_mau
        2026-08-01 | cards      | 3   | 0
        2026-09-01 | hq         | 2   | 0
        2026-10-01 | hq         | 1   | 1
        2026-11-01 | hq         | 1   | 0
    """
    assert_built(
        "published.monthly_persons",
        """
        month      | mau | stable_mau
        2026-08-01 | 0   |
        2026-09-01 | 2   |
        2026-10-01 | 1   | 1
        2026-11-01 | 1   | 0
        """,
    )


def test_a_month_without_any_login_was_not_delivered(given, assert_built, october):
    given["core.account_months"] = "month | mau\n 2026-07-01 | 1"
    given["core.new_customers"] = f"""
        event_id | customer_token | day        | account_id
        e1       | {ANNA}         | 2026-10-31 | hq
    """
    assert_built(
        "published.monthly_persons",
        """
        level | tier         | mau | stable_mau | new_customers
        bank  |              |     |            |
        tier  | head_office  |     |            |
        tier  | unattributed |     |            |
        """,
    )


def test_aum_is_summed_where_it_is_known(given, assert_built, october):
    given["core.account_months"] = """
        month      | account_id | mau | aum_yuan
        2026-09-01 | hq         | 1   | 999.00
        2026-10-01 | hq         | 2   | 100.50
        2026-10-01 | (none)     | 1   |
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
