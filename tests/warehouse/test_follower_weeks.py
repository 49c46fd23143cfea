LEVELS = "week_starts | level | tier | account_id | path_account_id"


def test_followers_are_the_last_number_counted_within_a_month(given, assert_built):
    given["core.level_weeks"] = f"""
        {LEVELS}
        2026-11-02 | account | branch | fresh | fresh
        2026-11-02 | account | branch | old   | old
        2026-11-02 | account | branch | stale | stale
    """
    given["core.follower_counts"] = """
        account_id | day        | followers
        fresh      | 2026-11-01 | 800
        fresh      | 2026-11-08 | 900
        fresh      | 2026-11-09 | 999
        old        | 2026-10-09 | 500
        stale      | 2026-10-08 | 300
    """
    assert_built(
        "published.follower_weeks",
        """
        account_id | followers | accounts_reporting
        fresh      | 900       | 1
        old        | 500       | 1
        stale      |           | 0
        """,
    )


def test_net_is_known_only_where_losses_are(given, assert_built):
    given["core.level_weeks"] = f"""
        {LEVELS}
        2026-11-02 | bank    |        | red   |
        2026-11-02 | bank    |        | video |
        2026-11-02 | account | branch | red   | red
        2026-11-02 | account | branch | video | video
    """
    given["core.account_weeks"] = """
        account_id | week_starts | stage  | total
        red        | 2026-11-02  | follow | 12
        red        | 2026-11-02  | read   | 900
        red        | 2026-11-09  | follow | 100
        video      | 2026-11-02  | follow | 5
    """
    given["core.follower_moves"] = """
        account_id | day        | lost
        red        | 2026-11-02 | 4
        red        | 2026-11-08 | 3
        red        | 2026-11-09 | 100
        video      | 2026-11-03 |
    """
    assert_built(
        "published.follower_weeks",
        """
        level   | account_id | gained | lost | net | accounts
        account | red        | 12     | 7    | 5   | 1
        account | video      | 5      |      |     | 1
        bank    |            | 17     | 7    | 5   | 2
        """,
    )
