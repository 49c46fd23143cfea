from tests.warehouse.people import ANNA, BEN


def test_the_first_session_under_each_code_is_an_arrival(given, assert_built):
    given["staging.bank_links"] = """
        source_code | account_id
        s1          | hq
        s2          | cards
    """
    given["core.arrival_weeks"] = f"""
        event_id | customer_token | source_code | arrived_at
        e1       | {ANNA}         | s1          | 2026-11-02 01:00:00
        e2       | {ANNA}         | s1          | 2026-11-09 01:00:00
        e3       | {ANNA}         | s2          | 2026-11-05 01:00:00
        e4       | {ANNA}         |             | 2026-11-06 01:00:00
        e5       | {ANNA}         |             | 2026-11-13 01:00:00
        e6       | {BEN}          | s1          | 2026-11-07 01:00:00
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
    given["core.arrival_weeks"] = f"""
        event_id | customer_token | source_code
        e1       | {ANNA}         | unheard-of
    """
    assert_built(
        "core.arrivals",
        """
        event_id | account_id | is_coded
        e1       | (none)     | false
        """,
    )
