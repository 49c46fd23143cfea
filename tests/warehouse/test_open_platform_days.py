"""The daily exports of Douyin, Bilibili, Zhihu, Toutiao and WeCom as count stages."""


def test_short_videos_stand_in_where_the_metric_s_own_file_was_not_delivered(given, assert_built):
    given["staging.douyin_account_daily"] = """
        account_id | day        | metric         | value
        dy         | 2026-11-02 | plays          | 120
        dy         | 2026-11-02 | video_plays    | 100
        dy         | 2026-11-02 | profile_visits | 7
        dy         | 2026-11-03 | plays          |
        dy         | 2026-11-03 | video_plays    | 80
        dy         | 2026-11-03 | video_likes    | -1
        dy         | 2026-11-03 | posts          | 2
    """
    assert_built(
        "core.open_platform_days",
        """
        day        | stage      | amount
        2026-11-02 | read       | 120
        2026-11-02 | intent     | 7
        2026-11-03 | read       | 80
        2026-11-03 | engagement | -1
        """,
    )


def test_the_metrics_on_one_line_of_short_videos_are_one_cell_of_engagement(given, assert_built):
    given["staging.douyin_account_daily"] = """
        account_id | day        | metric         | value | source_file | source_line
        dy         | 2026-11-03 | video_likes    | 5     | v.xlsx      | 2
        dy         | 2026-11-03 | video_comments | 2     | v.xlsx      | 2
        dy         | 2026-11-03 | video_shares   | -1    | v.xlsx      | 2
        dy         | 2026-11-03 | video_plays    | 80    | v.xlsx      | 2
    """
    assert_built(
        "core.open_platform_days",
        """
        day        | stage      | amount | source_file | source_line
        2026-11-03 | read       | 80     | v.xlsx      | 2
        2026-11-03 | engagement | 6      | v.xlsx      | 2
        """,
    )


def test_followers_won_on_douyin_are_the_net_change_and_those_that_left(given, assert_built):
    given["staging.douyin_account_daily"] = """
        account_id | day        | metric         | value
        dy         | 2026-11-02 | followers_net  | -21
        dy         | 2026-11-02 | followers_lost | 30
        dy         | 2026-11-03 | followers_net  | 5
    """
    assert_built(
        "core.open_platform_days",
        """
        day        | stage  | amount
        2026-11-02 | follow | 9
        """,
    )
    assert_built(
        "core.follower_moves",
        """
        day        | gained | lost
        2026-11-02 | 9      | 30
        """,
    )


def test_each_platform_adds_what_its_export_tells(given, assert_built):
    given["staging.bilibili_account_daily"] = """
        account_id | day        | plays | likes | saves | comments | shares
        b          | 2026-11-02 | 90    | 4     | 3     | 2        | 1
        b          | 2026-11-03 |       |       |       |          |
    """
    given["staging.zhihu_account_daily"] = """
        account_id | day        | reads | plays | upvotes | likes | saves | comments | shares
        zh         | 2026-11-02 | 50    | 7     | 5       | 4     | 3     | 2        | 1
        zh         | 2026-11-03 | 50    |       |         | 4     | 3     | 2        | 1
    """
    given["staging.toutiao_account_daily"] = """
        account_id | day        | impressions | reads | likes | comments
        tt         | 2026-11-02 | 900         | 300   | 4     | -1
    """
    given["staging.toutiao_followers_daily"] = """
        account_id | day        | followers_gained
        tt         | 2026-11-02 | 6
    """
    given["staging.wecom_customers_daily"] = """
        account_id | day        | customers_gained
        qw         | 2026-11-02 | 8
    """
    assert_built(
        "core.open_platform_days",
        """
        account_id | day        | stage      | amount
        b          | 2026-11-02 | read       | 90
        b          | 2026-11-02 | engagement | 10
        zh         | 2026-11-02 | read       | 57
        zh         | 2026-11-02 | engagement | 15
        zh         | 2026-11-03 | read       | 50
        tt         | 2026-11-02 | exposure   | 900
        tt         | 2026-11-02 | read       | 300
        tt         | 2026-11-02 | engagement | 3
        tt         | 2026-11-02 | follow     | 6
        qw         | 2026-11-02 | follow     | 8
        """,
    )


def test_followers_at_the_end_of_a_day_come_from_the_platform_s_export(given, assert_built):
    given["staging.douyin_account_daily"] = """
        account_id | day        | metric          | value
        dy         | 2026-11-02 | followers_total | 900
        dy         | 2026-11-03 | followers_total |
    """
    given["staging.toutiao_followers_daily"] = """
        account_id | day        | followers_total | followers_gained | followers_lost
        tt         | 2026-11-02 | 800             | 6                | 7
    """
    given["staging.wecom_customers_daily"] = """
        account_id | day        | customers_total | customers_gained | customers_lost
        qw         | 2026-11-02 | 700             | 5                | 1
    """
    assert_built(
        "core.follower_counts",
        """
        account_id | day        | followers
        dy         | 2026-11-02 | 900
        tt         | 2026-11-02 | 800
        qw         | 2026-11-02 | 700
        """,
    )
    assert_built(
        "core.follower_moves",
        """
        account_id | gained | lost
        tt         | 6      | 7
        qw         | 5      | 1
        """,
    )
