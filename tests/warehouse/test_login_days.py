import pytest

from tests.warehouse.people import ANNA, BEN, CARA


def test_a_customer_has_one_row_a_day_however_often_they_log_in(given, assert_built):
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type       | day        | occurred_at
        e1       | {ANNA}         | login            | 2026-10-31 | 2026-10-31 15:59:59
        e2       | {ANNA}         | login            | 2026-11-01 | 2026-10-31 16:00:01
        e3       | {ANNA}         | login            | 2026-11-01 | 2026-10-31 16:00:00
        e4       | {ANNA}         | card_application | 2026-11-02 | 2026-11-02 01:00:00
        e5       | {BEN}          | login            | 2026-11-01 | 2026-11-01 01:00:00
        e6       |                | login            | 2026-11-01 | 2026-11-01 01:00:00
    """
    assert_built(
        "core.login_days",
        f"""
        day        | customer_token | logins | first_login_at
        2026-10-31 | {ANNA}         | 1      | 2026-10-31 15:59:59
        2026-11-01 | {ANNA}         | 2      | 2026-10-31 16:00:00
        2026-11-01 | {BEN}          | 1      | 2026-11-01 01:00:00
        """,
    )


def test_the_last_coded_touch_before_a_login_gets_it(given, assert_built):
    given["core.touches"] = f"""
        event_id | customer_token | account_id | touched_at
        t1       | {ANNA}         | hq         | 2026-10-01 01:00:00
        t2       | {ANNA}         | cards      | 2026-10-03 01:00:00
        t3       | {ANNA}         | wealth     | 2026-10-09 01:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type | day        | occurred_at
        e1       | {ANNA}         | login      | 2026-10-02 | 2026-10-02 01:00:00
        e2       | {ANNA}         | login      | 2026-10-04 | 2026-10-04 01:00:00
        e3       | {ANNA}         | login      | 2026-10-10 | 2026-10-10 01:00:00
    """
    assert_built(
        "core.login_days",
        """
        day        | account_id
        2026-10-02 | hq
        2026-10-04 | cards
        2026-10-10 | wealth
        """,
    )


def test_the_lookback_is_30_times_24_hours_boundary_inclusive(given, assert_built):
    given["core.touches"] = f"""
        event_id | customer_token | account_id | touched_at
        t1       | {ANNA}         | hq         | 2026-10-01 01:00:00
        t2       | {BEN}          | hq         | 2026-10-01 01:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type | day        | occurred_at
        e1       | {ANNA}         | login      | 2026-10-31 | 2026-10-31 01:00:00
        e2       | {BEN}          | login      | 2026-10-31 | 2026-10-31 01:00:01
    """
    assert_built(
        "core.login_days",
        f"""
        customer_token | account_id
        {ANNA}         | hq
        {BEN}          | (none)
        """,
    )


def test_a_touch_at_the_same_instant_comes_first(given, assert_built):
    given["core.touches"] = f"""
        event_id | customer_token | account_id | touched_at
        z9       | {ANNA}         | hq         | 2026-10-01 01:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type | day        | occurred_at
        a1       | {ANNA}         | login      | 2026-10-01 | 2026-10-01 01:00:00
    """
    assert_built("core.login_days", "account_id\n hq")


def test_of_touches_at_one_instant_the_greatest_id_is_the_last(given, assert_built):
    given["core.touches"] = f"""
        event_id | customer_token | account_id | touched_at
        t2       | {ANNA}         | cards      | 2026-10-01 01:00:00
        t1       | {ANNA}         | hq         | 2026-10-01 01:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type | day        | occurred_at
        a1       | {ANNA}         | login      | 2026-10-01 | 2026-10-01 02:00:00
    """
    assert_built("core.login_days", "account_id\n cards")


def test_without_a_touch_of_one_s_own_before_it_a_login_belongs_to_nobody(given, assert_built):
    given["core.touches"] = f"""
        event_id | customer_token | account_id | touched_at
        t1       | {ANNA}         | hq         | 2026-10-02 01:00:00
        t2       | {BEN}          | hq         | 2026-10-01 01:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type | day        | occurred_at
        e1       | {ANNA}         | login      | 2026-10-01 | 2026-10-01 01:00:00
        e2       | {CARA}         | login      | 2026-10-03 | 2026-10-03 01:00:00
    """
    assert_built(
        "core.login_days",
        f"""
        customer_token | account_id
        {ANNA}         | (none)
        {CARA}         | (none)
        """,
    )


@pytest.mark.parametrize(
    ("second_touch", "last_login", "account"),
    [
        ("2026-10-31 06:00:00", "2026-10-31 07:00:00", "cards"),
        ("2026-10-31 06:00:00", "2026-10-31 05:00:00", "hq"),
        ("2026-10-20 01:00:00", "2026-10-31 07:00:00", "cards"),
    ],
)
def test_a_day_belongs_to_its_latest_login_that_is_attributed(
    given, assert_built, second_touch, last_login, account
):
    """The day's first login is at the end of the first touch's lookback, the last one after it."""
    given["core.touches"] = f"""
        event_id | customer_token | account_id | touched_at
        t1       | {ANNA}         | hq         | 2026-10-01 01:00:00
        t2       | {ANNA}         | cards      | {second_touch}
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type | day        | occurred_at
        e1       | {ANNA}         | login      | 2026-10-31 | 2026-10-31 01:00:00
        e2       | {ANNA}         | login      | 2026-10-31 | {last_login}
    """
    assert_built("core.login_days", f"logins | account_id\n 2 | {account}")
