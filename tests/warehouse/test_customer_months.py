from tests.warehouse.people import ANNA, BEN, CARA


def test_a_login_makes_a_customer_active_in_its_month_once(given, assert_built):
    given["core.attributed_events"] = f"""
        event_id | event_type       | customer_token | day        | occurred_at
        e1       | login            | {ANNA}         | 2026-10-31 | 2026-10-31 15:59:59
        e2       | login            | {ANNA}         | 2026-11-01 | 2026-10-31 16:00:00
        e3       | login            | {ANNA}         | 2026-11-02 | 2026-11-02 01:00:00
        e4       | card_application | {BEN}          | 2026-11-02 | 2026-11-02 01:00:00
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
    given["core.attributed_events"] = f"""
        event_id | event_type | customer_token | day        | occurred_at         | account_id
        e1       | login      | {ANNA}         | 2026-09-02 | 2026-09-02 01:00:00 | (none)
        e2       | login      | {ANNA}         | 2026-10-02 | 2026-10-02 01:00:00 | hq
        e3       | login      | {ANNA}         | 2026-10-03 | 2026-10-03 01:00:00 | cards
        e4       | login      | {ANNA}         | 2026-10-04 | 2026-10-04 01:00:00 | (none)
        e5       | login      | {ANNA}         | 2026-11-04 | 2026-11-04 01:00:00 | (none)
    """
    assert_built(
        "core.customer_months",
        """
        month      | account_id
        2026-09-01 | (none)
        2026-10-01 | cards
        2026-11-01 | cards
        """,
    )


def test_stable_is_three_consecutive_months_and_a_gap_starts_over(given, assert_built):
    given["core.attributed_events"] = f"""
        event_id | event_type | customer_token | day        | occurred_at
        a1       | login      | {ANNA}         | 2026-05-31 | 2026-05-31 01:00:00
        a2       | login      | {ANNA}         | 2026-06-01 | 2026-06-01 01:00:00
        a3       | login      | {ANNA}         | 2026-07-15 | 2026-07-15 01:00:00
        a4       | login      | {ANNA}         | 2026-08-15 | 2026-08-15 01:00:00
        b1       | login      | {BEN}          | 2026-05-15 | 2026-05-15 01:00:00
        b2       | login      | {BEN}          | 2026-06-15 | 2026-06-15 01:00:00
        b3       | login      | {BEN}          | 2026-08-15 | 2026-08-15 01:00:00
        b4       | login      | {BEN}          | 2026-09-15 | 2026-09-15 01:00:00
    """
    assert_built(
        "core.customer_months",
        f"""
        customer_token | month      | is_stable
        {ANNA}         | 2026-05-01 |
        {ANNA}         | 2026-06-01 |
        {ANNA}         | 2026-07-01 | true
        {ANNA}         | 2026-08-01 | true
        {BEN}          | 2026-05-01 |
        {BEN}          | 2026-06-01 |
        {BEN}          | 2026-08-01 | false
        {BEN}          | 2026-09-01 | false
        """,
    )


def test_consecutive_months_go_over_the_turn_of_the_year(given, assert_built):
    given["core.attributed_events"] = f"""
        event_id | event_type | customer_token | day        | occurred_at
        a1       | login      | {ANNA}         | 2025-11-15 | 2025-11-15 01:00:00
        a2       | login      | {ANNA}         | 2025-12-31 | 2025-12-31 01:00:00
        a3       | login      | {ANNA}         | 2026-01-31 | 2026-01-31 01:00:00
    """
    assert_built(
        "core.customer_months",
        """
        month      | is_stable
        2025-11-01 |
        2025-12-01 |
        2026-01-01 | true
        """,
    )


def test_newly_active_is_not_active_in_the_three_months_before(given, assert_built):
    given["core.attributed_events"] = f"""
        event_id | event_type | customer_token | day        | occurred_at
        a1       | login      | {ANNA}         | 2026-05-15 | 2026-05-15 01:00:00
        a2       | login      | {ANNA}         | 2026-08-15 | 2026-08-15 01:00:00
        b1       | login      | {BEN}          | 2026-05-15 | 2026-05-15 01:00:00
        b2       | login      | {BEN}          | 2026-09-15 | 2026-09-15 01:00:00
        c1       | login      | {CARA}         | 2026-08-15 | 2026-08-15 01:00:00
        c2       | login      | {CARA}         | 2026-09-15 | 2026-09-15 01:00:00
    """
    assert_built(
        "core.customer_months",
        f"""
        customer_token | month      | is_newly_active
        {ANNA}         | 2026-05-01 |
        {ANNA}         | 2026-08-01 | false
        {BEN}          | 2026-05-01 |
        {BEN}          | 2026-09-01 | true
        {CARA}         | 2026-08-01 | true
        {CARA}         | 2026-09-01 | false
        """,
    )
