import pytest


@pytest.fixture
def report_week(given):
    given["core.level_weeks"] = "week_starts\n 2026-11-02\n 2026-11-09"


def test_a_post_stands_with_the_totals_of_its_latest_export(given, assert_built, report_week):
    given["core.post_snapshots"] = """
        post_id | title | exported_at         | reads | engagement | source_file | source_line
        p1      | New   | 2026-11-10 08:00:00 | 50    | 10         | b.xlsx      | 3
        p1      | Old   | 2026-11-03 08:00:00 | 20    | 9          | a.xlsx      | 7
        p2      | None  | 2026-11-03 08:00:00 | 0     | 0          | a.xlsx      | 8
    """
    assert_built(
        "published.content_posts",
        """
        post_id | title | reads | engagement_rate | impressions | source_file | source_line
        p1      | New   | 50    | 0.2             |             | b.xlsx      | 3
        p2      | None  | 0     |                 |             | a.xlsx      | 8
        """,
    )


def test_reads_of_the_report_week_are_the_part_of_each_increment_in_it(
    given, assert_built, report_week
):
    given["core.post_snapshots"] = """
        post_id | exported_at
        p1      | 2026-11-16 08:00:00
        p2      | 2026-11-16 08:00:00
    """
    given["core.post_increments"] = """
        post_id | covers_from | covers_until | reads_added
        p1      | 2026-11-07  | 2026-11-11   | 40
        p1      | 2026-11-11  | 2026-11-16   | -5
        p2      | 2026-11-01  | 2026-11-09   | 80
    """
    assert_built(
        "published.content_posts",
        """
        post_id | reads_last_week
        p1      | 15
        p2      |
        """,
    )


def test_clicks_are_credited_to_the_one_post_a_link_names(given, assert_built, report_week):
    given["core.post_snapshots"] = """
        post_id | account_id | link_post | exported_at
        p1      | hq         | Gold card | 2026-11-10 08:00:00
        p2      | hq         | Daily     | 2026-11-10 08:00:00
        p3      | hq         | Daily     | 2026-11-10 08:00:00
        p4      | east       | Gold card | 2026-11-10 08:00:00
    """
    given["core.clicks"] = """
        event_id | account_id | post
        c1       | hq         | Gold card
        c2       | hq         | Gold card
        c3       | hq         | Daily
        c4       | hq         |
    """
    assert_built(
        "published.content_posts",
        """
        post_id | clicks
        p1      | 2
        p2      |
        p3      |
        p4      |
        """,
    )


def test_rates_of_a_post_and_its_reach_over_the_followers_of_its_day(
    given, assert_built, report_week
):
    given["core.post_snapshots"] = """
        post_id | account_id | published_on | exported_at | impressions | reads | followers_gained
        p1      | hq         | 2026-11-05   | 2026-11-10  | 900         | 300   | 6
        p2      | hq         | 2026-11-09   | 2026-11-10  |             | 240   |
        p3      | hq         | 2026-12-31   | 2026-12-31  | 900         | 0     | 6
        p4      | hq         | 2026-11-03   | 2026-11-10  | 900         | 300   | 6
    """
    given["core.follower_counts"] = """
        account_id | day        | followers
        hq         | 2026-11-04 | 600
        hq         | 2026-11-09 | 800
        east       | 2026-11-02 | 10
    """
    assert_built(
        "published.content_posts",
        """
        post_id | followers_at_publication | reach_per_follower | follow_rate
        p1      | 600                      | 1.5                | 0.02
        p2      | 800                      | 0.3                |
        p3      |                          |                    |
        p4      |                          |                    | 0.02
        """,
    )


def test_a_post_stands_with_its_labels_and_its_half_life(given, assert_built, report_week):
    given["core.post_snapshots"] = """
        post_id | title  | reads | exported_at
        p1      | 净值  | 10    | 2026-11-10 08:00:00
        p2      |       | 10    | 2026-11-10 08:00:00
        p3      | 抽奖  |       | 2026-11-10 08:00:00
    """
    given["core.post_themes"] = """
        post_id | theme     | selling_form | confidence
        p1      | knowledge | none         | 0.4
        p2      |           |              |
    """
    given["core.post_half_lives"] = """
        post_id | half_life_days | at_most_days | missing
        p1      | 5.0            | 8            |
        p2      |                | 3            | before_first_export
    """
    assert_built(
        "published.content_posts",
        """
        post_id | theme     | theme_confidence | half_life_days | half_life_missing
        p1      | knowledge | 0.4              | 5.0            |
        p2      |           |                  |                | before_first_export
        p3      |           |                  |                | no_reads
        """,
    )
