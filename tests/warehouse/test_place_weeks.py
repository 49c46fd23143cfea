def test_an_account_counts_on_its_platform_at_every_level(given, assert_built):
    given["core.level_weeks"] = """
        week_starts | account_id | level   | tier        | unit_id | platform | path_account_id
        2026-10-05  | hq         | bank    |             |         |          |
        2026-10-05  | hq         | tier    | head_office |         |          |
        2026-10-05  | hq         | unit    | head_office | U1      |          |
        2026-10-05  | hq         | account | head_office | U1      | douyin   | hq
    """
    assert_built(
        "core.place_weeks",
        """
        path | level         | tier        | unit_id | platform | path_account_id
        1    | bank          |             |         |          |
        2    | platform      |             |         | douyin   |
        3    | tier          | head_office |         |          |
        4    | tier_platform | head_office |         | douyin   |
        5    | unit          | head_office | U1      |          |
        6    | unit_platform | head_office | U1      | douyin   |
        7    | account       | head_office | U1      | douyin   | hq
        """,
    )


def test_nobody_s_customers_are_a_platform_of_their_own(given, assert_built):
    given["core.level_weeks"] = """
        week_starts | account_id | level | tier
        2026-10-05  | (none)     | bank  |
        2026-10-05  | (none)     | tier  | unattributed
    """
    assert_built(
        "core.place_weeks",
        """
        level         | tier         | platform
        bank          |              |
        platform      |              | unattributed
        tier          | unattributed |
        tier_platform | unattributed | unattributed
        """,
    )
