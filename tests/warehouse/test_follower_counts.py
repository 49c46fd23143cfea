def test_a_number_noted_during_a_day_is_that_of_the_day_before(given, assert_built):
    given["staging.bank_follower_counts"] = """
        account_id | counted_on | followers
        hq         | 2026-11-02 | 900
    """
    assert_built(
        "core.follower_counts",
        """
        account_id | day        | followers
        hq         | 2026-11-01 | 900
        """,
    )


def test_the_interface_s_number_goes_before_a_note_and_after_the_export(given, assert_built):
    given["staging.wechat_official_followers_daily"] = """
        account_id | day        | followers_total
        hq         | 2026-11-01 | 910
    """
    given["staging.wechat_official_api_user_cumulate"] = """
        account_id | day        | followers_total
        hq         | 2026-11-01 | 911
        hq         | 2026-11-02 | 921
    """
    given["staging.bank_follower_counts"] = """
        account_id | counted_on | followers
        hq         | 2026-11-03 | 920
        hq         | 2026-11-04 | 930
    """
    assert_built(
        "core.follower_counts",
        """
        account_id | day        | followers
        hq         | 2026-11-01 | 910
        hq         | 2026-11-02 | 921
        hq         | 2026-11-03 | 930
        """,
    )


def test_the_platform_s_own_number_goes_before_a_note(given, assert_built):
    given["staging.wechat_official_followers_daily"] = """
        account_id | day        | followers_total
        hq         | 2026-11-01 | 910
        hq         | 2026-11-02 |
    """
    given["staging.bank_follower_counts"] = """
        account_id | counted_on | followers
        hq         | 2026-11-02 | 900
        hq         | 2026-11-03 | 920
    """
    assert_built(
        "core.follower_counts",
        """
        account_id | day        | followers
        hq         | 2026-11-01 | 910
        hq         | 2026-11-02 | 920
        """,
    )
