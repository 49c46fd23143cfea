def test_an_account_counts_towards_its_platform_too_and_nobody_s_on_both_ways(given, assert_built):
    given["core.account_levels"] = """
        account_id | day        | level   | tier         | unit_id | platform | path_account_id
        hq         | 2026-10-01 | bank    |              |         |          |
        hq         | 2026-10-01 | unit    | head_office  | U1      |          |
        hq         | 2026-10-01 | account | head_office  | U1      | douyin   | hq
        (none)     | 2026-10-01 | bank    |              |         |          |
        (none)     | 2026-10-01 | tier    | unattributed |         |          |
    """
    assert_built(
        "core.account_places",
        """
        account_id | level    | tier         | unit_id | platform     | path_account_id
        hq         | bank     |              |         |              |
        hq         | unit     | head_office  | U1      |              |
        hq         | platform |              |         | douyin       |
        hq         | account  | head_office  | U1      | douyin       | hq
        (none)     | bank     |              |         |              |
        (none)     | tier     | unattributed |         | unattributed |
        """,
    )
