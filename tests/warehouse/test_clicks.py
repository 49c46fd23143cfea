from tests.warehouse.people import ANNA


def test_clicks_carry_a_code_and_may_be_anonymous(given, assert_built):
    given["core.link_days"] = """
        day        | source_code | account_id | product_line | product
        2026-11-02 | s1          | hq         | card         | gold
    """
    given["staging.bank_events"] = f"""
        event_id | day        | event_type | customer_token | source_code
        e1       | 2026-11-02 | click      | {ANNA}         | s1
        e2       | 2026-11-02 | click      |                | s1
        e3       | 2026-11-02 | click      |                |
        e4       | 2026-11-02 | arrival    | {ANNA}         | s1
    """
    assert_built(
        "core.clicks",
        f"""
        event_id | customer_token | account_id | product_line | product
        e1       | {ANNA}         | hq         | card         | gold
        e2       |                | hq         | card         | gold
        """,
    )


def test_a_click_with_an_unregistered_code_belongs_to_no_account(given, assert_built):
    given["staging.bank_events"] = """
        event_id | event_type | source_code
        e1       | click      | unheard-of
    """
    assert_built(
        "core.clicks",
        """
        event_id | account_id | product_line
        e1       | (none)     |
        """,
    )


def test_what_the_event_says_of_the_product_goes_before_the_register(given, assert_built):
    given["core.link_days"] = """
        day        | source_code | account_id | product_line
        2026-11-02 | s1          | hq         | card
    """
    given["staging.bank_events"] = """
        event_id | day        | event_type | source_code | product_line
        e1       | 2026-11-02 | click      | s1          | wealth
    """
    assert_built(
        "core.clicks",
        """
        event_id | product_line
        e1       | wealth
        """,
    )
