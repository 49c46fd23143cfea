def test_a_source_is_overdue_more_than_eight_days_behind(given, assert_built):
    given.as_of("2026-11-16")
    given["staging.deliveries"] = """
        delivery_id | dataset     | account_id | exported_at         | last_day
        d1          | notes       | hq         | 2026-11-08 08:00:00 |
        d2          | notes       | east       | 2026-11-07 08:00:00 |
        d3          | bank_events |            | 2026-11-16 08:00:00 | 2026-11-15
        d4          | bank_links  |            | 2026-01-01 08:00:00 |
        d5          | bank_assignments |       | 2026-01-01 08:00:00 | 2025-12-31
        d6          | bank_follower_counts | | 2026-11-16 08:00:00 | 2026-11-16
    """
    assert_built(
        "published.data_freshness",
        """
        dataset     | account_id | last_day   | days_behind | status
        bank_assignments |       | 2025-12-31 | 319         | current
        bank_events |            | 2026-11-15 | 0           | current
        bank_follower_counts | | 2026-11-16 | 0         | current
        bank_links  |            | 2025-12-31 | 319         | current
        notes       | east       | 2026-11-06 | 9           | overdue
        notes       | hq         | 2026-11-07 | 8           | current
        """,
    )


def test_deliveries_of_a_source_are_added_up(given, assert_built):
    given["staging.deliveries"] = """
        delivery_id | dataset | exported_at         | delivered | landed | repeated | refused
        d1          | notes   | 2026-11-08 08:00:00 | 10        | 8      | 1        | 1
        d2          | notes   | 2026-11-15 08:00:00 | 20        | 20     | 0        | 0
    """
    assert_built(
        "published.data_freshness",
        """
        dataset | files | delivered | landed | repeated | refused | exported_at
        notes   | 2     | 30        | 28     | 1        | 1       | 2026-11-15 08:00:00
        """,
    )


def test_a_registered_account_that_never_delivered_is_missing(given, assert_built):
    given.as_of("2026-11-16")
    given["staging.deliveries"] = """
        delivery_id | dataset | account_id | exported_at
        d1          | notes   | hq         | 2026-11-15 08:00:00
    """
    given["core.account_days"] = """
        account_id | day        | tier
        hq         | 2026-11-15 | head_office
        silent     | 2026-11-15 | branch
        closed     | 2026-11-15 | unregistered
        (none)     | 2026-11-15 | unattributed
    """
    assert_built(
        "published.data_freshness",
        """
        dataset | account_id | tier        | status  | files
        none    | silent     | branch      | missing | 0
        notes   | hq         | head_office | current | 1
        """,
    )
