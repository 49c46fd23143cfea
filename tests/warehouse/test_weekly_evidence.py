def test_each_cell_of_a_shown_week_names_the_file_and_line_it_came_from(given, assert_built):
    given["core.level_weeks"] = """
        week     | week_starts | level   | account_id
        2026-W46 | 2026-11-09  | account | hq
        2026-W46 | 2026-11-09  | bank    | hq
    """
    given["core.week_contributions"] = """
        account_id | week_starts | stage | day        | amount | source_file | source_line
        hq         | 2026-11-09  | read  | 2026-11-10 | 40     | a.xlsx      | 3
        hq         | 2026-11-09  | read  |            | 2.5    | b.xlsx      | 9
        hq         | 2026-11-02  | read  | 2026-11-03 | 7      | a.xlsx      | 2
    """
    assert_built(
        "published.weekly_evidence",
        """
        week     | stage | day        | amount | source_file | source_line
        2026-W46 | read  | 2026-11-10 | 40     | a.xlsx      | 3
        2026-W46 | read  |            | 2.5    | b.xlsx      | 9
        """,
    )
