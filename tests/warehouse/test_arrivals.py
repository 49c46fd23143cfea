from tests.warehouse.people import ANNA, BEN


def test_the_first_session_under_each_code_is_an_arrival(given, assert_built):
    given["core.link_days"] = """
        day        | source_code | account_id
        2026-11-02 | s1          | hq
        2026-11-07 | s1          | hq
        2026-11-05 | s2          | cards
    """
    given["core.arrival_weeks"] = f"""
        event_id | customer_token | source_code | day        | week_starts
        e1       | {ANNA}         | s1          | 2026-11-02 | 2026-11-02
        e2       | {ANNA}         | s1          | 2026-11-09 | 2026-11-09
        e3       | {ANNA}         | s2          | 2026-11-05 | 2026-11-02
        e4       | {ANNA}         |             | 2026-11-06 | 2026-11-02
        e5       | {ANNA}         |             | 2026-11-13 | 2026-11-09
        e6       | {BEN}          | s1          | 2026-11-07 | 2026-11-02
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
