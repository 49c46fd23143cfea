from tests.warehouse.people import ANNA, BEN, CARA


def test_customers_count_once_for_the_account_they_belong_to(given, assert_built):
    given["core.customer_months"] = f"""
        month      | customer_token | account_id | is_stable
        2026-09-01 | {ANNA}         | cards      | false
        2026-10-01 | {ANNA}         | hq         | true
        2026-10-01 | {BEN}          | hq         | false
        2026-10-01 | {CARA}         | (none)     | true
    """
    assert_built(
        "core.account_months",
        """
        month      | account_id | mau | stable_mau
        2026-09-01 | cards      | 1   | 0
        2026-10-01 | hq         | 2   | 1
        2026-10-01 | (none)     | 1   | 1
        """,
    )


def test_aum_is_the_month_averages_of_the_active_alone(given, assert_built):
    given["core.customer_months"] = f"""
        month      | customer_token | account_id
        2026-10-01 | {ANNA}         | hq
        2026-10-01 | {BEN}          | hq
        2026-10-01 | {CARA}         | (none)
    """
    given["core.month_aum"] = f"""
        month      | customer_token | aum
        2026-10-01 | {ANNA}         | 100.50
        2026-09-01 | {ANNA}         | 999.00
        2026-09-01 | {CARA}         | 999.00
    """
    assert_built(
        "core.account_months",
        """
        month      | account_id | aum_yuan
        2026-10-01 | hq         | 100.50
        2026-10-01 | (none)     |
        """,
    )
