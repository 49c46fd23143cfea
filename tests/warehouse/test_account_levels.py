def test_an_account_counts_once_towards_each_level_above_it(given, assert_built):
    given["core.account_days"] = """
        account_id | day        | account_name | platform | tier   | unit_id
        east       | 2026-11-02 | East         | weibo    | branch | b1
    """
    assert_built(
        "core.account_levels",
        """
        account_id | level   | tier   | unit_id | platform | path_account_id | account_name
        east       | account | branch | b1      | weibo    | east            | East
        east       | bank    |        |         |          |                 |
        east       | tier    | branch |         |          |                 |
        east       | unit    | branch | b1      |          |                 |
        """,
    )


def test_an_account_whose_platform_nobody_told_is_of_an_unknown_one(given, assert_built):
    given["core.account_days"] = "account_id | day | tier\n old | 2026-11-02 | unregistered"
    given.build("core.account_levels")
    found = given.connection.execute(
        "select platform from core.account_levels where level='account'"
    )
    assert found.fetchall() == [("unknown",)]


def test_what_nobody_is_credited_for_has_a_tier_but_no_account(given, assert_built):
    given["core.account_days"] = """
        account_id | day        | tier
        (none)     | 2026-11-02 | unattributed
    """
    assert_built(
        "core.account_levels",
        """
        account_id | level | tier
        (none)     | bank  |
        (none)     | tier  | unattributed
        """,
    )
