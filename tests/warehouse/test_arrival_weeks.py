from tests.warehouse.people import ANNA, BEN


def test_the_first_session_of_a_week_under_each_code_is_kept(given, assert_built):
    given["staging.bank_events"] = f"""
        event_id | event_type | customer_token | source_code | day        | occurred_at
        e1       | arrival    | {ANNA}         | s1          | 2026-11-02 | 2026-11-01 16:00:00
        e2       | arrival    | {ANNA}         | s1          | 2026-11-08 | 2026-11-08 15:59:59
        e3       | arrival    | {ANNA}         | s1          | 2026-11-09 | 2026-11-08 16:00:00
        e4       | arrival    | {ANNA}         | s2          | 2026-11-05 | 2026-11-05 01:00:00
        e5       | arrival    | {ANNA}         |             | 2026-11-06 | 2026-11-06 01:00:00
        e6       | arrival    | {ANNA}         |             | 2026-11-07 | 2026-11-07 01:00:00
        e7       | arrival    | {BEN}          | s1          | 2026-11-07 | 2026-11-07 01:00:00
    """
    assert_built(
        "core.arrival_weeks",
        """
        event_id | source_code | week_starts
        e1       | s1          | 2026-11-02
        e3       | s1          | 2026-11-09
        e4       | s2          | 2026-11-02
        e5       |             | 2026-11-02
        e7       | s1          | 2026-11-02
        """,
    )


def test_of_sessions_at_one_instant_the_smallest_id_is_the_first(given, assert_built):
    given["staging.bank_events"] = f"""
        event_id | event_type | customer_token | source_code | day        | occurred_at
        e2       | arrival    | {ANNA}         | s1          | 2026-11-05 | 2026-11-05 01:00:00
        e1       | arrival    | {ANNA}         | s1          | 2026-11-05 | 2026-11-05 01:00:00
    """
    assert_built("core.arrival_weeks", "event_id\n e1")


def test_only_sessions_of_known_customers_are_arrivals(given, assert_built):
    given["staging.bank_events"] = f"""
        event_id | event_type | customer_token | source_code | day
        e1       | arrival    |                | s1          | 2026-11-05
        e2       | click      | {ANNA}         | s1          | 2026-11-05
        e3       | login      | {ANNA}         | s1          | 2026-11-05
    """
    assert_built("core.arrival_weeks", "event_id")
