def test_each_metric_of_a_xiaohongshu_account_adds_to_one_stage_or_none(given, assert_built):
    given["staging.xiaohongshu_account_daily"] = """
        account_id | day        | metric           | value | source_sheet
        red        | 2026-11-02 | impressions      | 900   | 1
        red        | 2026-11-02 | views            | 300   | 2
        red        | 2026-11-02 | likes            | 30    | 3
        red        | 2026-11-02 | saves            | 20    | 4
        red        | 2026-11-02 | comments         | 10    | 5
        red        | 2026-11-02 | shares           | 5     | 6
        red        | 2026-11-02 | followers_gained | 7     | 7
        red        | 2026-11-02 | followers_net    | 4     | 8
        red        | 2026-11-02 | profile_visits   | 6     | 9
        red        | 2026-11-02 | watch_seconds    | 9000  | 10
        red        | 2026-11-02 | completion_rate  | 0.4   | 11
    """
    assert_built(
        "core.daily_contributions",
        """
        stage      | amount | source_sheet
        exposure   | 900    | 1
        read       | 300    | 2
        engagement | 30     | 3
        engagement | 20     | 4
        engagement | 10     | 5
        engagement | 5      | 6
        follow     | 7      | 7
        intent     | 6      | 9
        """,
    )


def test_of_the_overlapping_channels_only_all_is_read(given, assert_built):
    given["staging.wechat_official_reads_daily"] = """
        account_id | day        | channel | readers
        mp         | 2026-11-02 | all     | 90
        mp         | 2026-11-02 | message | 70
        mp         | 2026-11-02 | moments | 40
    """
    assert_built(
        "core.daily_contributions",
        """
        stage | amount
        read  | 90
        """,
    )


def test_the_interface_is_asked_for_reads_only_where_the_export_lacks_them(given, assert_built):
    given["staging.wechat_official_reads_daily"] = """
        account_id | day        | channel | readers | source_file
        mp         | 2026-11-02 | all     | 90      | tendency.xls
        mp         | 2026-11-03 | message | 70      | tendency.xls
        mp         | 2026-11-04 | all     |         | tendency.xls
    """
    given["staging.wechat_official_api_reads_daily"] = """
        account_id | day        | channel | readers | source_file
        mp         | 2026-11-02 | all     | 91      | answer.json
        mp         | 2026-11-03 | all     | 80      | answer.json
        mp         | 2026-11-03 | message | 70      | answer.json
        mp         | 2026-11-04 | all     | 60      | answer.json
    """
    assert_built(
        "core.daily_contributions",
        """
        day        | stage | amount | source_file
        2026-11-02 | read  | 90     | tendency.xls
        2026-11-03 | read  | 80     | answer.json
        2026-11-04 | read  | 60     | answer.json
        """,
    )


def test_a_number_that_is_missing_is_not_zero(given, assert_built):
    given["staging.wechat_official_actions_daily"] = """
        account_id | day        | share_users | favorite_users | jump_users
        mp         | 2026-11-02 | 4           | 1              | 0
        mp         | 2026-11-03 | 4           |                |
        mp         | 2026-11-04 |             |                | 2
    """
    given["staging.wechat_official_reads_daily"] = """
        account_id | day        | channel | readers
        mp         | 2026-11-02 | all     |
    """
    assert_built(
        "core.daily_contributions",
        """
        day        | stage      | amount
        2026-11-02 | engagement | 5
        2026-11-02 | intent     | 0
        2026-11-03 | engagement | 4
        2026-11-04 | intent     | 2
        """,
    )


def test_the_clicks_of_a_day_point_at_the_first_of_their_lines(given, assert_built):
    given["core.clicks"] = """
        event_id | account_id | day        | source_file | source_line
        c1       | hq         | 2026-11-02 | a.csv       | 9
        c2       | hq         | 2026-11-02 | a.csv       | 4
        c3       | hq         | 2026-11-02 | b.csv       | 7
        c4       | hq         | 2026-11-03 | b.csv       | 8
    """
    assert_built(
        "core.daily_contributions",
        """
        account_id | day        | stage | amount | source_file | source_line
        hq         | 2026-11-02 | click | 2      | a.csv       | 4
        hq         | 2026-11-02 | click | 1      | b.csv       | 7
        hq         | 2026-11-03 | click | 1      | b.csv       | 8
        """,
    )
