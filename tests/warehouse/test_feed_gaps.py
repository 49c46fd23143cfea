def test_a_week_the_feed_does_not_reach_is_a_gap_and_one_it_reaches_in_part_is_partly_known(
    given, assert_built
):
    given["staging.deliveries"] = """
        delivery_id | dataset     | exported_at         | first_day  | landed
        d1          | bank_events | 2026-11-05 06:00:00 | 2026-10-21 | 9
        d2          | bank_events | 2026-11-12 06:00:00 | 2026-11-05 | 9
        d3          | bank_links  | 2026-11-30 06:00:00 |            | 9
    """
    given["settings.calendar"] = """
        day        | week_starts
        2026-10-12 | 2026-10-12
        2026-10-18 | 2026-10-12
        2026-10-19 | 2026-10-19
        2026-10-25 | 2026-10-19
        2026-10-26 | 2026-10-26
        2026-11-01 | 2026-10-26
        2026-11-09 | 2026-11-09
        2026-11-15 | 2026-11-09
        2026-11-16 | 2026-11-16
        2026-11-22 | 2026-11-16
    """
    assert_built(
        "core.feed_gaps",
        """
        week_starts | is_partly_known
        2026-10-12  | false
        2026-10-19  | true
        2026-11-09  | true
        2026-11-16  | false
        """,
    )
