from tests.warehouse.people import ANNA, BEN


def test_the_days_of_a_month_are_one_row(given, assert_built):
    given["core.login_days"] = f"""
        day        | customer_token | logins | first_login_at
        2026-10-31 | {ANNA}         | 1      | 2026-10-31 15:59:59
        2026-11-02 | {ANNA}         | 2      | 2026-11-02 01:00:00
        2026-11-01 | {ANNA}         | 3      | 2026-10-31 16:00:00
        2026-11-30 | {BEN}          | 1      | 2026-11-30 01:00:00
    """
    assert_built(
        "core.login_months",
        f"""
        month      | customer_token | logins | first_login_at
        2026-10-01 | {ANNA}         | 1      | 2026-10-31 15:59:59
        2026-11-01 | {ANNA}         | 5      | 2026-10-31 16:00:00
        2026-11-01 | {BEN}          | 1      | 2026-11-30 01:00:00
        """,
    )


def test_a_month_belongs_to_its_latest_day_that_is_attributed(given, assert_built):
    given["core.login_days"] = f"""
        day        | customer_token | account_id
        2026-10-02 | {ANNA}         | hq
        2026-10-03 | {ANNA}         | cards
        2026-10-04 | {ANNA}         | (none)
        2026-11-04 | {ANNA}         | (none)
    """
    assert_built(
        "core.login_months",
        """
        month      | account_id
        2026-10-01 | cards
        2026-11-01 |
        """,
    )
