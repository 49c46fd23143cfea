def test_a_customer_is_of_the_platform_of_their_account(given, assert_built):
    given["core.level_months"] = """
        month      | account_id | level   | platform | is_complete
        2026-08-01 | hq         | bank    |          | true
        2026-10-01 | hq         | bank    |          | true
        2026-10-01 | hq         | account | douyin   | true
        2026-10-01 | pr         | bank    |          | true
        2026-10-01 | pr         | account | douyin   | true
        2026-10-01 | cards      | bank    |          | true
        2026-10-01 | cards      | account |          | true
        2026-10-01 | (none)     | bank    |          | true
    """
    given["core.account_months"] = """
        month      | account_id | mau | stable_mau
        2026-09-01 | hq         | 9   | 9
        2026-10-01 | hq         | 1   | 1
        2026-10-01 | pr         | 2   | 0
        2026-10-01 | (none)     | 4   | 3
    """
    given.parameters(stable_months=2)
    assert_built(
        "published.platform_months",
        """
        month      | platform     | mau | stable_mau | new_customers
        2026-08-01 | unattributed |     |            |
        2026-08-01 |              |     |            |
        2026-10-01 | douyin       | 3   | 1          | 0
        2026-10-01 | unknown      | 0   | 0          | 0
        2026-10-01 | unattributed | 4   | 3          | 0
        2026-10-01 |              | 7   | 4          | 0
        """,
    )
