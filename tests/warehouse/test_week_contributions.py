def test_a_daily_number_belongs_to_the_iso_week_of_its_day(given, assert_built):
    given.as_of("2026-11-16")
    given["core.daily_contributions"] = """
        account_id | day        | stage | amount
        red        | 2026-11-08 | read  | 1
        red        | 2026-11-09 | read  | 2
        red        | 2026-11-15 | read  | 4
    """
    assert_built(
        "core.week_contributions",
        """
        week_starts | day        | amount | estimated
        2026-11-02  | 2026-11-08 | 1      | false
        2026-11-09  | 2026-11-09 | 2      | false
        2026-11-09  | 2026-11-15 | 4      | false
        """,
    )


def test_the_last_days_of_a_year_may_belong_to_week_1_of_the_next(given, assert_built):
    given["core.daily_contributions"] = """
        account_id | day        | stage | amount
        red        | 2024-12-29 | read  | 1
        red        | 2024-12-30 | read  | 2
        red        | 2025-01-01 | read  | 4
    """
    assert_built(
        "core.week_contributions",
        """
        week_starts | day        | amount
        2024-12-23  | 2024-12-29 | 1
        2024-12-30  | 2024-12-30 | 2
        2024-12-30  | 2025-01-01 | 4
        """,
    )


def test_a_week_that_is_not_over_adds_nothing(given, assert_built):
    given.as_of("2026-11-15")
    given["core.daily_contributions"] = """
        account_id | day        | stage | amount
        red        | 2026-11-09 | read  | 2
    """
    assert_built("core.week_contributions", "amount")


def test_an_increment_is_spread_over_its_days_and_flagged_where_it_leaves_the_week(
    given, assert_built
):
    given["core.post_increments"] = """
        post_id | account_id | covers_from | covers_until | reads_added | source_line
        p1      | video      | 2026-11-07  | 2026-11-11   | 100         | 1
        p2      | video      | 2026-11-09  | 2026-11-16   | 70          | 2
        p3      | video      | 2026-11-09  | 2026-11-10   | -3          | 3
        p4      | video      | 2026-11-09  | 2026-11-10   |             | 4
    """
    assert_built(
        "core.week_contributions",
        """
        week_starts | stage | day | amount | estimated | source_line
        2026-11-02  | read  |     | 50     | true      | 1
        2026-11-09  | read  |     | 50     | true      | 1
        2026-11-09  | read  |     | 70     | false     | 2
        2026-11-09  | read  |     | -3     | false     | 3
        """,
    )


def test_posts_fill_in_only_the_stages_and_weeks_without_a_daily_export(given, assert_built):
    given["core.daily_contributions"] = """
        account_id | day        | stage | amount
        red        | 2026-11-09 | read  | 40
    """
    given["core.post_increments"] = """
        post_id | account_id | covers_from | covers_until | reads_added | engagement_added
        p1      | red        | 2026-11-09  | 2026-11-10   | 33          | 7
        p2      | red        | 2026-11-02  | 2026-11-03   | 11          |
    """
    assert_built(
        "core.week_contributions",
        """
        week_starts | stage      | amount
        2026-11-02  | read       | 11
        2026-11-09  | engagement | 7
        2026-11-09  | read       | 40
        """,
    )


def test_a_file_delivered_again_under_its_name_has_one_row_a_line(given, assert_built):
    given.as_of("2026-11-16")
    given["core.post_increments"] = """
        account_id | post_id | covers_from | covers_until | reads_added | source_file | source_line
        red        | before  | 2026-11-09  | 2026-11-16   | 4           | posts.xlsx  | 2
        red        | now     | 2026-11-11  | 2026-11-16   | 3           | posts.xlsx  | 2
        red        | now     | 2026-11-11  | 2026-11-16   | 1           | posts.xlsx  | 3
    """
    assert_built(
        "core.week_contributions",
        """
        stage | amount | estimated | source_line
        read  | 7      | false     | 2
        read  | 1      | false     | 3
        """,
    )
