from tests.warehouse.people import ANNA


def test_clicks_carry_a_code_and_may_be_anonymous(given, assert_built):
    given["staging.bank_links"] = """
        source_code | account_id | product_line | product
        s1          | hq         | card         | gold
    """
    given["staging.bank_events"] = f"""
        event_id | event_type | customer_token | source_code
        e1       | click      | {ANNA}         | s1
        e2       | click      |                | s1
        e3       | click      |                |
        e4       | arrival    | {ANNA}         | s1
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
    given["staging.bank_links"] = """
        source_code | account_id | product_line
        s1          | hq         | card
    """
    given["staging.bank_events"] = """
        event_id | event_type | source_code | product_line
        e1       | click      | s1          | wealth
    """
    assert_built(
        "core.clicks",
        """
        event_id | product_line
        e1       | wealth
        """,
    )
