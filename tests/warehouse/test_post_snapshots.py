def test_a_note_whose_title_is_edited_stays_the_same_post(given, assert_built):
    given["staging.xiaohongshu_notes"] = """
        account_id | title | published_at        | form  | exported_at         | reads
        red        | Old   | 2026-11-02 09:00:00 | video | 2026-11-03 08:00:00 | 10
        red        | New   | 2026-11-02 09:00:00 | video | 2026-11-04 08:00:00 | 30
    """
    given.build("core.exported_posts", "core.post_titles")
    assert_built("core.post_snapshots", "reads | title\n 10 | Old\n 30 | New")
    assert count_posts(given) == 1


def test_two_notes_of_one_moment_are_two_posts(given, assert_built):
    given["staging.xiaohongshu_notes"] = """
        account_id | title | published_at        | form  | exported_at         | reads
        red        | A     | 2026-11-02 09:00:00 | video | 2026-11-03 08:00:00 | 10
        red        | B     | 2026-11-02 09:00:00 | video | 2026-11-03 08:00:00 | 30
    """
    given.build("core.exported_posts", "core.post_titles")
    assert_built("core.post_snapshots", "reads\n 10\n 30")
    assert count_posts(given) == 2


def test_an_article_is_one_post_in_the_old_and_the_new_export(given, assert_built):
    given["staging.wechat_official_articles"] = """
        account_id | post_ref  | exported_at         | delivery_id | readers | share_users
        mp         | Mz==_26_1 | 2026-11-03 08:00:00 | d1          | 10      | 2
        mp         | Mz==_26_1 | 2026-11-04 08:00:00 | d2          | 12      | 3
    """
    given["staging.wechat_official_articles_2022"] = """
        account_id | post_ref  | exported_at         | delivery_id | readers | share_users
        mp         | Mz==_26_1 | 2026-11-02 08:00:00 | d3          | 4       | 1
        mp         | Mz==_26_1 | 2026-11-04 08:00:00 | d4          | 11      | 3
    """
    given.build("core.exported_posts", "core.post_titles")
    assert_built(
        "core.post_snapshots",
        """
        exported_at         | reads | engagement
        2026-11-02 08:00:00 | 4     | 1
        2026-11-03 08:00:00 | 10    | 2
        2026-11-04 08:00:00 | 11    | 3
        """,
    )
    assert count_posts(given) == 1


def test_what_a_platform_does_not_export_is_unknown(given, assert_built):
    given["staging.xiaohongshu_notes"] = """
        account_id | likes | saves | comments | shares | impressions | reads
        red        | 1     | 2     | 3        | 4      | 50          | 20
    """
    given["staging.wechat_official_articles"] = """
        account_id | post_ref | share_users | readers
        mp         | a        | 6           | 20
    """
    given["staging.wechat_channels_videos"] = """
        account_id | video_id | recommends | likes | comments | shares | plays
        old        | v1       | 1          | 2     | 3        | 4      | 20
    """
    given.build("core.exported_posts", "core.post_titles")
    assert_built(
        "core.post_snapshots",
        """
        account_id | impressions | reads | engagement | intents
        red        | 50          | 20    | 10         |
        mp         |             | 20    | 6          |
        old        |             | 20    | 10         |
        """,
    )


def test_the_wecom_taps_of_a_video_are_intents(given, assert_built):
    given["staging.wechat_channels_videos"] = """
        account_id | video_id | wecom_link_clicks | contact_adds
        video      | v1       | 5                 | 2
    """
    given.build("core.exported_posts", "core.post_titles")
    assert_built("core.post_snapshots", "intents\n 7")


def count_posts(given):
    query = "select count(distinct post_id) from core.post_snapshots"
    return given.connection.execute(query).fetchone()[0]
