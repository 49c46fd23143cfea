"""What the platforms export: which export counts, up to which day, and what names a post."""


def test_of_several_exports_of_a_day_the_latest_counts(given, assert_built):
    given["lake.xiaohongshu_account_daily"] = """
        account_id | day        | metric | value | exported_at
        hq         | 2026-11-02 | likes  | 30    | 2026-11-10 08:00:00
        hq         | 2026-11-02 | likes  | 20    | 2026-11-03 08:00:00
        hq         | 2026-11-02 | saves  | 7     | 2026-11-03 08:00:00
    """
    assert_built(
        "staging.xiaohongshu_account_daily",
        """
        account_id | day        | metric | value
        hq         | 2026-11-02 | likes  | 30
        hq         | 2026-11-02 | saves  | 7
        """,
    )
    given["lake.wechat_official_followers_daily"] = """
        account_id | day        | followers_total | exported_at
        hq         | 2026-11-02 | 900             | 2026-11-10 08:00:00
        hq         | 2026-11-02 | 800             | 2026-11-03 08:00:00
    """
    assert_built("staging.wechat_official_followers_daily", "followers_total\n 900")
    given["lake.wechat_official_reads_daily"] = """
        account_id | day        | channel | readers | exported_at
        hq         | 2026-11-02 | all     | 90      | 2026-11-10 08:00:00
        hq         | 2026-11-02 | all     | 80      | 2026-11-03 08:00:00
        hq         | 2026-11-02 | chat    | 70      | 2026-11-03 08:00:00
    """
    assert_built(
        "staging.wechat_official_reads_daily",
        """
        channel | readers
        all     | 90
        chat    | 70
        """,
    )


def test_a_later_export_that_lacks_a_number_does_not_fall_back_on_an_older_one(given, assert_built):
    given["lake.wechat_official_actions_daily"] = """
        account_id | day        | share_users | jump_users | exported_at
        hq         | 2026-11-02 | 4           | 6          | 2026-11-03 08:00:00
        hq         | 2026-11-02 | 5           |            | 2026-11-10 08:00:00
    """
    assert_built(
        "staging.wechat_official_actions_daily",
        """
        share_users | jump_users
        5           |
        """,
    )


def test_daily_numbers_end_the_day_before_the_run(given, assert_built):
    given.as_of("2026-11-16")
    drawing = """
        account_id | day
        hq         | 2026-11-15
        hq         | 2026-11-16
    """
    for table in (
        "xiaohongshu_account_daily",
        "wechat_official_followers_daily",
        "wechat_official_reads_daily",
        "wechat_official_actions_daily",
        "wechat_official_api_reads_daily",
        "wechat_official_api_user_cumulate",
    ):
        given[f"lake.{table}"] = drawing
        assert_built(f"staging.{table}", "day\n 2026-11-15")


def test_totals_exported_on_the_run_s_own_day_are_kept(given, assert_built):
    given.as_of("2026-11-16")
    drawing = """
        account_id | exported_at
        hq         | 2026-11-09 08:00:00
        hq         | 2026-11-16 23:59:59
        hq         | 2026-11-17 00:00:00
    """
    for table in (
        "xiaohongshu_notes",
        "xiaohongshu_account_summary",
        "wechat_official_articles",
        "wechat_official_articles_2022",
        "wechat_official_article_channels",
        "wechat_channels_videos",
    ):
        given[f"lake.{table}"] = drawing
        assert_built(
            f"staging.{table}",
            """
            exported_at
            2026-11-09 08:00:00
            2026-11-16 23:59:59
            """,
        )


def test_notes_of_one_moment_stay_apart_by_title_and_form(given, assert_built):
    given["lake.xiaohongshu_notes"] = """
        account_id | published_at        | title | form       | exported_at         | reads
        hq         | 2026-11-02 08:00:00 | A     | image_text | 2026-11-03 08:00:00 | 1
        hq         | 2026-11-02 08:00:00 | A     | video      | 2026-11-03 08:00:00 | 2
        hq         | 2026-11-02 08:00:00 | B     | video      | 2026-11-03 08:00:00 | 3
    """
    assert_built(
        "staging.xiaohongshu_notes",
        """
        title | form       | reads
        A     | image_text | 1
        A     | video      | 2
        B     | video      | 3
        """,
    )


def test_an_article_is_named_by_account_message_and_position_in_its_address(given, assert_built):
    articles = """
        account_id | exported_at         | source_line | url
        hq | 2026-11-03 08:00:00 | 2 | http://mp.weixin.qq.com/s?__biz=Mz==&mid=26&idx=1&sn=a#rd
        hq | 2026-11-04 08:00:00 | 2 | https://mp.weixin.qq.com/s?__biz=Mz==&amp;mid=26&idx=1&scene=4
        hq | 2026-11-04 08:00:00 | 3 | https://mp.weixin.qq.com/s?__biz=Mz==&mid=26&idx=2&sn=b
    """
    for table in ("wechat_official_articles", "wechat_official_articles_2022"):
        given[f"lake.{table}"] = articles
        assert_built(
            f"staging.{table}",
            """
            exported_at         | post_ref
            2026-11-03 08:00:00 | Mz==_26_1
            2026-11-04 08:00:00 | Mz==_26_1
            2026-11-04 08:00:00 | Mz==_26_2
            """,
        )


def test_one_article_under_two_addresses_of_one_export_is_one_row(given, assert_built):
    given["lake.wechat_official_articles"] = """
        account_id | exported_at         | source_line | readers | url
        hq | 2026-11-03 08:00:00 | 2 | 5 | http://mp.weixin.qq.com/s?__biz=Mz==&mid=26&idx=1&sn=a
        hq | 2026-11-03 08:00:00 | 9 | 5 | http://mp.weixin.qq.com/s?__biz=Mz==&mid=26&idx=1&sn=b
    """
    assert_built(
        "staging.wechat_official_articles",
        """
        source_line | post_ref
        2           | Mz==_26_1
        """,
    )


def test_a_short_address_names_the_article_as_it_is(given, assert_built):
    given["lake.wechat_official_articles"] = """
        account_id | exported_at         | url
        hq         | 2026-11-03 08:00:00 | https://mp.weixin.qq.com/s/AbC
        hq         | 2026-11-03 08:00:00 | https://mp.weixin.qq.com/s/XyZ
    """
    assert_built(
        "staging.wechat_official_articles",
        """
        post_ref
        https://mp.weixin.qq.com/s/AbC
        https://mp.weixin.qq.com/s/XyZ
        """,
    )


def test_of_two_deliveries_of_one_export_a_video_counts_once(given, assert_built):
    given["lake.wechat_channels_videos"] = """
        account_id | video_id | exported_at         | delivery_id | plays
        hq         | v1       | 2026-11-03 08:00:00 | d1          | 5
        hq         | v1       | 2026-11-03 08:00:00 | d2          | 6
    """
    assert_built(
        "staging.wechat_channels_videos",
        """
        video_id | plays
        v1       | 6
        """,
    )
