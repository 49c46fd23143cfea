import pytest

from tests.warehouse.people import ANNA, BEN, CARA


def test_a_login_makes_a_customer_active_in_its_month_once(given, assert_built):
    given["core.login_months"] = f"""
        month      | customer_token | logins | first_login_at
        2026-10-01 | {ANNA}         | 1      | 2026-10-31 15:59:59
        2026-11-01 | {ANNA}         | 2      | 2026-10-31 16:00:00
    """
    assert_built(
        "core.customer_months",
        f"""
        month      | customer_token | logins | first_login_at
        2026-10-01 | {ANNA}         | 1      | 2026-10-31 15:59:59
        2026-11-01 | {ANNA}         | 2      | 2026-10-31 16:00:00
        """,
    )


def test_a_customer_belongs_to_the_latest_login_that_was_attributed(given, assert_built):
    given["core.login_months"] = f"""
        month      | customer_token | account_id
        2025-09-01 | {ANNA}         |
        2025-10-01 | {ANNA}         | hq
        2025-11-01 | {ANNA}         | cards
        2026-11-01 | {ANNA}         |
        2026-12-01 | {ANNA}         | wealth
        2026-11-01 | {BEN}          |
    """
    assert_built(
        "core.customer_months",
        f"""
        month      | customer_token | account_id
        2025-09-01 | {ANNA}         | (none)
        2025-10-01 | {ANNA}         | hq
        2025-11-01 | {ANNA}         | cards
        2026-11-01 | {ANNA}         | cards
        2026-12-01 | {ANNA}         | wealth
        2026-11-01 | {BEN}          | (none)
        """,
    )


def test_stable_is_three_consecutive_months_and_a_gap_starts_over(given, assert_built):
    given["core.login_months"] = f"""
        customer_token | month
        {ANNA}         | 2026-05-01
        {ANNA}         | 2026-06-01
        {ANNA}         | 2026-07-01
        {ANNA}         | 2026-08-01
        {BEN}          | 2026-05-01
        {BEN}          | 2026-06-01
        {BEN}          | 2026-08-01
        {BEN}          | 2026-09-01
    """
    assert_built(
        "core.customer_months",
        f"""
        customer_token | month      | is_stable
        {ANNA}         | 2026-05-01 | false
        {ANNA}         | 2026-06-01 | false
        {ANNA}         | 2026-07-01 | true
        {ANNA}         | 2026-08-01 | true
        {BEN}          | 2026-05-01 | false
        {BEN}          | 2026-06-01 | false
        {BEN}          | 2026-08-01 | false
        {BEN}          | 2026-09-01 | false
        """,
    )


@pytest.mark.parametrize("months", [2, 12])
def test_how_many_months_make_it_stable_is_a_parameter(given, assert_built, months):
    given.parameters(stable_months=months)
    given["core.login_months"] = "customer_token | month\n" + "\n".join(
        f"{ANNA} | 2025-{month:02d}-01" for month in range(1, 13)
    )
    assert_built(
        "core.customer_months",
        "month | is_stable\n"
        + "\n".join(f"2025-{month:02d}-01 | {month >= months}" for month in range(1, 13)),
    )


def test_consecutive_months_go_over_the_turn_of_the_year(given, assert_built):
    given["core.login_months"] = f"""
        customer_token | month
        {ANNA}         | 2025-11-01
        {ANNA}         | 2025-12-01
        {ANNA}         | 2026-01-01
    """
    assert_built(
        "core.customer_months",
        """
        month      | is_stable
        2025-11-01 | false
        2025-12-01 | false
        2026-01-01 | true
        """,
    )


def test_newly_active_is_not_active_in_the_three_months_before(given, assert_built):
    given["core.login_months"] = f"""
        customer_token | month
        {ANNA}         | 2026-05-01
        {ANNA}         | 2026-08-01
        {BEN}          | 2026-05-01
        {BEN}          | 2026-09-01
        {CARA}         | 2026-08-01
        {CARA}         | 2026-09-01
    """
    assert_built(
        "core.customer_months",
        f"""
        customer_token | month      | is_newly_active
        {ANNA}         | 2026-05-01 | true
        {ANNA}         | 2026-08-01 | false
        {BEN}          | 2026-05-01 | true
        {BEN}          | 2026-09-01 | true
        {CARA}         | 2026-08-01 | true
        {CARA}         | 2026-09-01 | false
        """,
    )


def test_the_first_month_is_that_before_which_there_is_none(given, assert_built):
    given["core.login_months"] = f"""
        customer_token | month      | account_id
        {ANNA}         | 2026-05-01 |
        {ANNA}         | 2026-08-01 | hq
        {BEN}          | 2026-08-01 |
    """
    assert_built(
        "core.customer_months",
        f"""
        customer_token | month      | is_first_month | account_id
        {ANNA}         | 2026-05-01 | true           | (none)
        {ANNA}         | 2026-08-01 | false          | hq
        {BEN}          | 2026-08-01 | true           | (none)
        """,
    )
