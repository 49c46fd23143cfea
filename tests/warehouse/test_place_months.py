def test_an_account_counts_towards_its_platform_too(given, assert_built):
    given["core.level_months"] = """
        month      | account_id | level   | tier         | unit_id | platform | path_account_id
        2026-10-01 | hq         | bank    |              |         |          |
        2026-10-01 | hq         | tier    | head_office  |         |          |
        2026-10-01 | hq         | unit    | head_office  | U1      |          |
        2026-10-01 | hq         | account | head_office  | U1      | douyin   | hq
    """
    assert_built(
        "core.place_months",
        """
        account_id | level    | tier         | unit_id | platform | path_account_id
        hq         | bank     |              |         |          |
        hq         | tier     | head_office  |         |          |
        hq         | unit     | head_office  | U1      |          |
        hq         | platform |              |         | douyin   |
        hq         | account  | head_office  | U1      | douyin   | hq
        """,
    )


def test_nobody_s_customers_are_one_row_of_both_ways(given, assert_built):
    given["core.level_months"] = """
        month      | account_id | level | tier
        2026-10-01 | (none)     | bank  |
        2026-10-01 | (none)     | tier  | unattributed
    """
    assert_built(
        "core.place_months",
        """
        level | tier         | platform
        bank  |              |
        tier  | unattributed | unattributed
        """,
    )
