from tests.warehouse.people import ANNA


def test_clicks_and_arrivals_with_a_registered_code_are_touches(given, assert_built):
    given["staging.bank_links"] = """
        source_code | account_id | product_line
        s1          | hq         | card
    """
    given["staging.bank_events"] = f"""
        event_id | event_type | customer_token | source_code | product_line
        e1       | click      | {ANNA}         | s1          |
        e2       | arrival    | {ANNA}         | s1          | wealth
        e3       | login      | {ANNA}         | s1          |
        e4       | click      | {ANNA}         | unheard-of  |
        e5       | click      | {ANNA}         |             |
        e6       | click      |                | s1          |
    """
    assert_built(
        "core.touches",
        """
        event_id | account_id | product_line
        e1       | hq         | card
        e2       | hq         | wealth
        """,
    )
