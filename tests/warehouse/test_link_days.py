def test_a_registered_code_is_known_on_every_day_that_carries_it(given, assert_built):
    given["staging.bank_event_codes"] = """
        day        | source_code
        2026-11-02 | s1
        2026-11-03 | s1
        2026-11-03 | s2
        2026-11-03 | unheard-of
    """
    given["staging.bank_links"] = """
        source_code | account_id | post | product_line | product | entry
        s1          | hq         | 42   | card         | gold    | post
        s2          | cards      |      |              |         |
        unused      | wealth     |      |              |         |
    """
    assert_built(
        "core.link_days",
        """
        day        | source_code | account_id | post | product_line | product | entry
        2026-11-02 | s1          | hq         | 42   | card         | gold    | post
        2026-11-03 | s1          | hq         | 42   | card         | gold    | post
        2026-11-03 | s2          | cards      |      |              |         |
        """,
    )
