"""Platforms that an operator maps by hand: which export counts, and how they reach the funnel."""

import pytest

POSTS = ("weibo_posts", "kuaishou_posts", "alipay_posts")
DAYS = (
    "weibo_account_daily",
    "kuaishou_account_daily",
    "mini_program_account_daily",
    "alipay_account_daily",
)


@pytest.mark.parametrize("table", DAYS)
def test_of_several_exports_of_a_day_the_latest_counts_up_to_the_run(given, assert_built, table):
    given.as_of("2026-11-16")
    given[f"lake.{table}"] = """
        account_id | day        | reads | likes | exported_at
        hq         | 2026-11-02 | 30    |       | 2026-11-10 08:00:00
        hq         | 2026-11-02 | 20    | 5     | 2026-11-03 08:00:00
        hq         | 2026-11-16 | 7     | 1     | 2026-11-16 08:00:00
    """
    assert_built(
        f"staging.{table}",
        """
        day        | reads | likes
        2026-11-02 | 30    |
        """,
    )


@pytest.mark.parametrize("table", POSTS)
def test_every_export_of_a_post_is_kept_and_one_of_two_deliveries_of_it(given, assert_built, table):
    given.as_of("2026-11-16")
    given[f"lake.{table}"] = """
        account_id | post_ref | published_at        | exported_at         | delivery_id | reads
        hq         | p1       | 2026-11-02 09:30:00 | 2026-11-03 08:00:00 | d1          | 5
        hq         | p1       | 2026-11-02 09:30:00 | 2026-11-03 08:00:00 | d2          | 6
        hq         | p1       | 2026-11-02 09:30:00 | 2026-11-10 08:00:00 | d3          | 9
        hq         | p1       | 2026-11-02 09:30:00 | 2026-11-17 08:00:00 | d4          | 99
    """
    assert_built(f"staging.{table}", "delivery_id | reads\n d2 | 6\n d3 | 9")


def test_a_post_is_named_by_its_id_or_else_by_its_moment_and_title(given, assert_built):
    given["staging.weibo_posts"] = """
        account_id | post_ref | title | published_at        | exported_at         | reads
        hq         | p1       | Old   | 2026-11-02 09:30:00 | 2026-11-03 08:00:00 | 1
        hq         | p1       | New   | 2026-11-02 09:30:00 | 2026-11-04 08:00:00 | 2
        hq         |          | A     | 2026-11-02 00:00:00 | 2026-11-03 08:00:00 | 3
        hq         |          | B     | 2026-11-02 00:00:00 | 2026-11-03 08:00:00 | 4
    """
    assert_built(
        "core.mapped_posts",
        """
        post_ref | title | platform | published_at        | day_only | reads
        p1       | Old   | weibo    | 2026-11-02 09:30:00 | false    | 1
        p1       | New   | weibo    | 2026-11-02 09:30:00 | false    | 2
                 | A     | weibo    | 2026-11-02 00:00:00 | true     | 3
                 | B     | weibo    | 2026-11-02 00:00:00 | true     | 4
        """,
    )


def test_engagement_is_the_platform_s_own_sum_or_that_of_its_parts(given, assert_built):
    given["staging.kuaishou_posts"] = """
        account_id | post_ref | exported_at         | engagement | likes | comments | saves | shares
        hq         | p1       | 2026-11-03 08:00:00 | 56         | 50    | 5        |       |
        hq         | p2       | 2026-11-03 08:00:00 |            | 50    | 5        |       | 2
        hq         | p3       | 2026-11-03 08:00:00 |            |       |          |       |
        hq         | p4       | 2026-11-03 08:00:00 |            | 0     |          |       |
    """
    assert_built(
        "core.mapped_posts",
        """
        post_ref | platform | engagement
        p1       | kuaishou | 56
        p2       | kuaishou | 57
        p3       | kuaishou |
        p4       | kuaishou | 0
        """,
    )


def test_a_mapped_post_stands_among_the_snapshots(given, assert_built):
    given["core.mapped_posts"] = """
        account_id | platform | title | post_ref | published_at     | reads | engagement | intents
        hq         | alipay   | 文    | u1       | 2026-11-02 09:30 | 9     | 3          | 1
        hq         | alipay   | 章    |          | 2026-11-02 09:30 | 8     | 2          |
    """
    given.build("core.exported_posts", "core.post_titles")
    assert_built(
        "core.post_snapshots",
        """
        platform | title | link_post | reads | engagement | intents
        alipay   | 文    | u1        | 9     | 3          | 1
        alipay   | 章    | 章        | 8     | 2          |
        """,
    )


def test_an_account_that_was_mapped_to_two_platforms_counts_once_a_day(given, assert_built):
    given["staging.weibo_account_daily"] = """
        account_id | day        | reads | exported_at
        hq         | 2026-11-02 | 5     | 2026-11-03 08:00:00
    """
    given["staging.kuaishou_account_daily"] = """
        account_id | day        | reads | exported_at
        hq         | 2026-11-02 | 6     | 2026-11-10 08:00:00
    """
    assert_built("core.mapped_account_days", "platform | reads\n kuaishou | 6")


def test_each_metric_of_a_mapped_day_adds_to_its_stage(given, assert_built):
    given["core.mapped_account_days"] = """
        account_id | day        | impressions | reads | engagement | intents | followers_gained
        mini       | 2026-11-02 | 900         | 300   | 57         | 6       | 7
        mini       | 2026-11-03 |             | 0     |            |         |
    """
    assert_built(
        "core.daily_contributions",
        """
        day        | stage      | amount
        2026-11-02 | exposure   | 900
        2026-11-02 | read       | 300
        2026-11-02 | engagement | 57
        2026-11-02 | intent     | 6
        2026-11-02 | follow     | 7
        2026-11-03 | read       | 0
        """,
    )


def test_followers_of_a_mapped_day_are_won_lost_and_counted(given, assert_built):
    given["core.mapped_account_days"] = """
        account_id | day        | followers_gained | followers_lost | followers_total
        hq         | 2026-11-02 | 7                | 2              | 1005
        hq         | 2026-11-03 | 3                |                |
        net-only   | 2026-11-02 |                  |                | 88
    """
    assert_built(
        "core.follower_moves",
        """
        account_id | day        | gained | lost
        hq         | 2026-11-02 | 7      | 2
        hq         | 2026-11-03 | 3      |
        """,
    )
    assert_built(
        "core.follower_counts",
        """
        account_id | day        | followers
        hq         | 2026-11-02 | 1005
        net-only   | 2026-11-02 | 88
        """,
    )


def test_an_unregistered_mini_program_is_of_the_platform_its_dataset_names(given, assert_built):
    given["staging.deliveries"] = """
        account_id | dataset
        mini       | mini_program_account_daily
        wb         | weibo_posts
    """
    given["settings.calendar"] = "day\n 2026-11-02"
    assert_built(
        "core.account_days",
        """
        account_id | platform
        (none)     |
        mini       | mini_program
        wb         | weibo
        """,
    )


def test_deposits_are_the_sum_of_demand_and_time_where_both_are_known(given, assert_built):
    token = "00000000-0000-0000-0000-000000000001"
    given["staging.consented_customers"] = f"customer_token\n {token}"
    given["lake.bank_balances"] = f"""
        customer_token | balance_on | basis         | deposits | demand_deposits | time_deposits
        {token}        | 2026-10-31 | year_average  |          | 500             | 1000
        {token}        | 2026-10-31 | month_average |          | 500             |
        {token}        | 2026-10-31 | point_in_time | 7        |                 |
    """
    assert_built(
        "staging.bank_balances",
        """
        basis         | deposits
        year_average  | 1500
        month_average |
        point_in_time | 7
        """,
    )
