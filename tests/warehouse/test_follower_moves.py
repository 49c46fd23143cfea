def test_a_loss_that_is_not_exported_stays_unknown(given, assert_built):
    given["staging.xiaohongshu_account_daily"] = """
        account_id | day        | metric           | value
        red        | 2026-11-02 | followers_gained | 12
        red        | 2026-11-02 | followers_lost   | 5
        red        | 2026-11-03 | followers_gained | 8
        red        | 2026-11-03 | likes            | 99
    """
    given["staging.wechat_official_followers_daily"] = """
        account_id | day        | followers_gained | followers_lost
        mp         | 2026-11-02 | 3                | 4
    """
    assert_built(
        "core.follower_moves",
        """
        account_id | day        | gained   | lost
        mp         | 2026-11-02 | 3.000000 | 4.000000
        red        | 2026-11-02 | 12.00000 | 5.000000
        red        | 2026-11-03 | 8.000000 |
        """,
    )


def test_what_a_post_won_is_spread_over_the_days_it_covers_up_to_the_run(given, assert_built):
    given.as_of("2026-11-05")
    given["core.post_increments"] = """
        post_id | account_id | covers_from | covers_until | followers_gained_added
        v1      | video      | 2026-11-02  | 2026-11-06   | 8
        v2      | video      | 2026-11-04  | 2026-11-05   | 1
    """
    assert_built(
        "core.follower_moves",
        """
        account_id | day        | gained | lost
        video      | 2026-11-02 | 2      |
        video      | 2026-11-03 | 2      |
        video      | 2026-11-04 | 3      |
        """,
    )


def test_posts_are_not_asked_where_the_account_s_own_export_tells(given, assert_built):
    given["staging.wechat_official_followers_daily"] = """
        account_id | day        | followers_gained | followers_lost
        mp         | 2026-11-02 | 3                | 0
    """
    given["core.post_increments"] = """
        post_id | account_id | covers_from | covers_until | followers_gained_added
        p1      | mp         | 2026-11-02  | 2026-11-03   | 2
    """
    assert_built(
        "core.follower_moves",
        """
        account_id | day        | gained
        mp         | 2026-11-02 | 3
        """,
    )
