"""The bank's own channels, app and branch queue, as count stages of their accounts."""


def test_each_cell_adds_to_its_stage_and_a_blank_one_to_none(given, assert_built):
    given["staging.bank_channel_daily"] = """
        account_id | day        | impressions | reads | engagement | intents | source_line
        app        | 2026-11-02 | 900         | 80    | 7          | 0       | 2
        queue      | 2026-11-02 | 60          |       |            |         | 3
    """
    assert_built(
        "core.bank_channel_days",
        """
        account_id | stage      | amount | source_line
        app        | exposure   | 900    | 2
        app        | read       | 80     | 2
        app        | engagement | 7      | 2
        app        | intent     | 0      | 2
        queue      | exposure   | 60     | 3
        """,
    )


def test_they_stand_among_all_daily_contributions(given, assert_built):
    given["core.bank_channel_days"] = """
        account_id | day        | stage    | amount
        queue      | 2026-11-02 | exposure | 60
    """
    assert_built(
        "core.daily_contributions",
        """
        account_id | day        | stage    | amount
        queue      | 2026-11-02 | exposure | 60
        """,
    )


def test_a_channel_that_the_bank_s_file_tells_of_is_not_missing(given, assert_built):
    given.as_of("2026-11-16")
    given["core.account_days"] = """
        account_id | day        | tier
        queue      | 2026-11-15 | branch
        app        | 2026-11-15 | head_office
    """
    given["staging.bank_channel_daily"] = """
        account_id | day
        queue      | 2026-11-02
    """
    assert_built(
        "published.data_freshness",
        """
        dataset | account_id | status
        none    | app        | missing
        """,
    )
