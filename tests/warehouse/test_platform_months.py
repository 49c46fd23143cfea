def test_platforms_stand_beside_the_bank_and_the_unattributed(given, assert_built):
    given["published.monthly_persons"] = """
        month      | level    | tier         | platform     | mau | stable_mau | suppressed
        2026-10-01 | bank     |              |              | 27  | 14         |
        2026-10-01 | tier     | head_office  |              | 13  | 11         |
        2026-10-01 | tier     | unattributed | unattributed | 14  |            | stable_mau
        2026-10-01 | unit     | head_office  |              | 13  | 11         |
        2026-10-01 | platform |              | douyin       | 13  | 11         |
        2026-10-01 | account  | head_office  | douyin       | 13  | 11         |
    """
    assert_built(
        "published.platform_months",
        """
        platform     | mau | stable_mau | suppressed
        douyin       | 13  | 11         |
        unattributed | 14  |            | stable_mau
                     | 27  | 14         |
        """,
    )


def test_a_customer_is_of_the_platform_of_their_account(given, assert_built):
    given["core.place_months"] = """
        month      | account_id | level    | platform
        2026-10-01 | hq         | platform | douyin
        2026-10-01 | pr         | platform | douyin
        2026-10-01 | cards      | platform | weibo
    """
    given["core.account_months"] = """
        month      | account_id | mau | stable_mau
        2026-09-01 | hq         | 9   | 9
        2026-10-01 | hq         | 1   | 1
        2026-10-01 | pr         | 2   | 0
    """
    given.parameters(stable_months=2)
    assert_built(
        "published.monthly_persons",
        """
        month      | platform | mau | stable_mau
        2026-10-01 | douyin   | 3   | 1
        2026-10-01 | weibo    | 0   | 0
        """,
    )
