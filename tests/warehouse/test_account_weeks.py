def days(account, stage, until, amount=1):
    return "\n".join(
        f"{account} | 2026-11-09 | {stage} | 2026-11-{day:02d} | 2026-11-{day + 1:02d} | {amount}"
        for day in range(9, until + 1)
    )


HEADER = "account_id | week_starts | stage | day | covers_until | amount"


def test_a_week_of_daily_numbers_is_complete_with_seven_days(given, assert_built):
    given["core.week_contributions"] = f"""
        {HEADER}
        {days("red", "read", until=15)}
        {days("mp", "read", until=14)}
    """
    assert_built(
        "core.account_weeks",
        """
        account_id | stage | total | is_complete
        mp         | read  | 6     | false
        red        | read  | 7     | true
        """,
    )


def test_each_stage_is_complete_by_its_own_days(given, assert_built):
    given["core.week_contributions"] = f"""
        {HEADER}
        {days("mp", "follow", until=15)}
        {days("mp", "read", until=11)}
    """
    assert_built(
        "core.account_weeks",
        """
        account_id | stage  | total | is_complete
        mp         | follow | 7     | true
        mp         | read   | 3     | false
        """,
    )


def test_a_week_of_posts_is_complete_when_their_exports_reach_its_end(given, assert_built):
    given["core.week_contributions"] = f"""
        {HEADER}
        video | 2026-11-09 | read | | 2026-11-10 | 5
        video | 2026-11-09 | read | | 2026-11-16 | 5
        short | 2026-11-09 | read | | 2026-11-15 | 5
    """
    assert_built(
        "core.account_weeks",
        """
        account_id | total | is_complete
        short      | 5     | false
        video      | 10    | true
        """,
    )


def test_clicks_are_complete_whatever_the_platform_lacks(given, assert_built):
    given["core.week_contributions"] = f"""
        {HEADER}
        {days("mp", "click", until=10)}
        {days("mp", "read", until=10)}
        {days("quiet", "click", until=9)}
    """
    assert_built(
        "core.account_weeks",
        """
        account_id | stage | total | is_complete
        mp         | click | 2     | true
        mp         | read  | 2     | false
        quiet      | click | 1     | true
        """,
    )


def test_one_estimated_part_makes_the_week_s_number_an_estimate(given, assert_built):
    given["core.week_contributions"] = """
        account_id | week_starts | stage      | amount   | estimated
        video      | 2026-11-09  | read       | 3.333333 | true
        video      | 2026-11-09  | read       | 4.000000 | false
        video      | 2026-11-09  | engagement | 4.000000 | false
    """
    assert_built(
        "core.account_weeks",
        """
        stage      | total | estimated
        engagement | 4     | false
        read       | 7     | true
        """,
    )
