"""Posts of Douyin, Bilibili, Zhihu, Toutiao and Baijiahao, in the same words."""


def test_a_work_whose_title_is_edited_stays_the_same_post(given, assert_built):
    given["staging.douyin_works"] = """
        account_id | title | published_at        | form       | exported_at         | plays
        dy         | Old   | 2026-11-02 09:00:00 | 1min-视频  | 2026-11-03 08:00:00 | 10
        dy         | New   | 2026-11-02 09:00:00 | 1min-视频  | 2026-11-04 08:00:00 | 30
        dy         | New   | 2026-11-02 09:00:00 | 图文       | 2026-11-04 08:00:00 | 5
    """
    assert_built(
        "core.open_platform_posts",
        """
        title | form       | reads
        Old   | video      | 10
        New   | video      | 30
        New   | image_text | 5
        """,
    )
    given.build("core.exported_posts", "core.post_titles", "core.post_snapshots")
    assert count_posts(given) == 2


def test_engagement_is_unknown_where_a_part_of_it_was_not_ticked(given, assert_built):
    given["staging.bilibili_videos"] = """
        account_id | title | published_at        | plays | likes | saves | comments | shares
        b          | A     | 2026-11-02 09:00:00 | 90    | 4     | 3     | 2        | 1
        b          | B     | 2026-11-03 09:00:00 | 80    | 4     |       | 2        | 1
    """
    assert_built(
        "core.open_platform_posts",
        """
        title | reads | engagement | impressions
        A     | 90    | 10         |
        B     | 80    |            |
        """,
    )


def test_each_platform_carries_what_its_export_tells_and_null_elsewhere(given, assert_built):
    given["staging.douyin_works"] = """
        account_id | plays | likes | saves | comments | shares | profile_visits | followers_gained
        dy         | 90    | 4     | 3     | 2        | 1      | 6              | -2
    """
    given["staging.zhihu_contents"] = """
        account_id | url | reads | plays | upvotes | likes | saves | comments | shares
        zh         | /p/ | 50    |       | 5       | 4     | 3     | 2        | 1
        zh         | /a/ | 50    | 7     | 5       | 4     | 3     | 2        | 1
    """
    given["staging.toutiao_articles"] = """
        account_id | post_id | impressions | reads | likes | saves | comments | shares | forwards
        tt         | 1       | 900         | 300   | 4     | 3     | 2        | 1      | 8
        tt         | 2       | 9           |       | 0     | 0     | 0        | 0      | 0
    """
    given["staging.toutiao_videos"] = """
        account_id | post_id | impressions | plays | likes | saves | comments | shares
        tt         | 3       | 70          | 60    | 1     | 1     | 1        | 1
    """
    given["staging.baijiahao_articles"] = """
        account_id | url | recommendations | reads | likes | saves | comments | shares
        bj         | s   | 800             | 200   | 1     | 1     | 1        | 2
    """
    assert_built(
        "core.open_platform_posts",
        """
        account_id | link_post | impressions | reads | engagement | followers_gained | intents
        dy         |           |             | 90    | 10         | -2               | 6
        zh         | /p/       |             | 50    | 15         |                  |
        zh         | /a/       |             | 57    | 15         |                  |
        tt         | 1         | 900         | 300   | 10         |                  |
        tt         | 2         | 9           |       | 0          |                  |
        tt         | 3         | 70          | 60    | 4          |                  |
        bj         | s         | 800         | 200   | 5          |                  |
        """,
    )


def count_posts(given):
    query = "select count(distinct post_id) from core.post_snapshots"
    return given.connection.execute(query).fetchone()[0]
