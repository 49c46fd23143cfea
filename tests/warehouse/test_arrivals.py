from tests.warehouse.people import ANNA, BEN


def test_the_first_session_under_each_code_is_an_arrival(given, assert_built):
    given["staging.bank_links"] = """
        source_code | account_id
        s1          | hq
        s2          | cards
    """
    given["staging.bank_events"] = f"""
        event_id | event_type | customer_token | source_code | occurred_at
        e1       | arrival    | {ANNA}         | s1          | 2026-11-02 01:00:00
        e2       | arrival    | {ANNA}         | s1          | 2026-11-05 01:00:00
        e3       | arrival    | {ANNA}         | s2          | 2026-11-05 01:00:00
        e4       | arrival    | {ANNA}         |             | 2026-11-06 01:00:00
        e5       | arrival    | {ANNA}         |             | 2026-11-07 01:00:00
        e6       | arrival    | {BEN}          | s1          | 2026-11-07 01:00:00
    """
    assert_built(
        "core.arrivals",
        """
        event_id | account_id | is_coded
        e1       | hq         | true
        e3       | cards      | true
        e4       | (none)     | false
        e6       | hq         | true
        """,
    )


def test_a_code_that_nobody_registered_belongs_to_no_account(given, assert_built):
    given["staging.bank_events"] = f"""
        event_id | event_type | customer_token | source_code
        e1       | arrival    | {ANNA}         | unheard-of
    """
    assert_built(
        "core.arrivals",
        """
        event_id | account_id | is_coded
        e1       | (none)     | false
        """,
    )


def test_only_sessions_of_known_customers_are_arrivals(given, assert_built):
    given["staging.bank_events"] = f"""
        event_id | event_type | customer_token | source_code
        e1       | arrival    |                | s1
        e2       | click      | {ANNA}         | s1
        e3       | login      | {ANNA}         | s1
    """
    assert_built("core.arrivals", "event_id")
