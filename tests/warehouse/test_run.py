def test_the_report_week_is_the_last_one_that_is_over(given, assert_built):
    for as_of, week, monday in (
        ("2026-11-15", "2026-W45", "2026-11-02"),
        ("2026-11-16", "2026-W46", "2026-11-09"),
        ("2025-01-05", "2024-W52", "2024-12-23"),
        ("2025-01-06", "2025-W01", "2024-12-30"),
    ):
        given.as_of(as_of)
        assert_built(
            "published.run",
            f"""
            as_of   | report_week | week_starts
            {as_of} | {week}      | {monday}
            """,
        )
