"""Exports of the open platforms: which export counts, and totals so far turned into days."""

DAILY = (
    "douyin_account_daily",
    "bilibili_account_daily",
    "zhihu_account_daily",
    "toutiao_account_daily",
    "toutiao_followers_daily",
    "wecom_customers_daily",
)
SNAPSHOTS = (
    "douyin_works",
    "bilibili_videos",
    "zhihu_contents",
    "toutiao_articles",
    "toutiao_videos",
    "baijiahao_articles",
)


def test_totals_so_far_become_the_difference_to_the_day_before(given, assert_built):
    given["lake.bilibili_account_daily"] = """
        account_id | day        | delivery_id | exported_at         | plays_so_far | likes_so_far
        b          | 2026-11-04 | d1          | 2026-11-05 08:00:00 | 1100         | 49
        b          | 2026-11-03 | d1          | 2026-11-05 08:00:00 | 1050         | 50
        b          | 2026-11-02 | d1          | 2026-11-05 08:00:00 | 1000         | 40
    """
    assert_built(
        "staging.bilibili_account_daily",
        """
        day        | plays | likes
        2026-11-02 |       |
        2026-11-03 | 50    | 10
        2026-11-04 | 50    | -1
        """,
    )


def test_totals_are_compared_within_one_file_and_never_over_a_gap(given, assert_built):
    given["lake.bilibili_account_daily"] = """
        account_id | day        | delivery_id | exported_at         | plays_so_far
        b          | 2026-11-02 | d1          | 2026-11-05 08:00:00 | 1000
        b          | 2026-11-03 | d1          | 2026-11-05 08:00:00 | 1050
        b          | 2026-11-03 | d2          | 2026-11-06 08:00:00 | 7
        b          | 2026-11-05 | d2          | 2026-11-06 08:00:00 | 90
    """
    assert_built(
        "staging.bilibili_account_daily",
        """
        day        | plays | delivery_id
        2026-11-02 |       | d1
        2026-11-03 | 50    | d1
        2026-11-05 |       | d2
        """,
    )


def test_of_several_exports_the_latest_counts_up_to_the_day_before_the_run(given, assert_built):
    given.as_of("2026-11-16")
    for table in DAILY:
        given[f"lake.{table}"] = """
            account_id | day        | exported_at         | delivery_id
            hq         | 2026-11-15 | 2026-11-16 08:00:00 | late
            hq         | 2026-11-15 | 2026-11-16 07:00:00 | early
            hq         | 2026-11-16 | 2026-11-16 08:00:00 | late
        """
        assert_built(f"staging.{table}", "day | delivery_id\n 2026-11-15 | late")


def test_totals_exported_on_the_run_s_own_day_are_kept(given, assert_built):
    given.as_of("2026-11-16")
    for table in SNAPSHOTS:
        given[f"lake.{table}"] = """
            account_id | exported_at
            hq         | 2026-11-09 08:00:00
            hq         | 2026-11-16 23:59:59
            hq         | 2026-11-17 00:00:00
        """
        assert_built(f"staging.{table}", "exported_at\n 2026-11-09 08:00:00\n 2026-11-16 23:59:59")
