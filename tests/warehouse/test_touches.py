from tests.warehouse.people import ANNA


def test_clicks_and_arrivals_with_a_registered_code_are_touches(given, assert_built):
    given["core.link_days"] = """
        day        | source_code | account_id | product_line
        2026-11-02 | s1          | hq         | card
    """
    given["staging.bank_events"] = f"""
        event_id | day        | event_type | customer_token | source_code | product_line
        e1       | 2026-11-02 | click      | {ANNA}         | s1          |
        e2       | 2026-11-02 | arrival    | {ANNA}         | s1          | wealth
        e3       | 2026-11-02 | login      | {ANNA}         | s1          |
        e4       | 2026-11-02 | click      | {ANNA}         | unheard-of  |
        e5       | 2026-11-02 | click      | {ANNA}         |             |
        e6       | 2026-11-02 | click      |                | s1          |
    """
    assert_built(
        "core.touches",
        """
        event_id | account_id | product_line
        e1       | hq         | card
        e2       | hq         | wealth
        """,
    )
