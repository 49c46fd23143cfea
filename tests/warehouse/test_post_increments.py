def test_a_decrease_between_snapshots_is_a_negative_increment(given, assert_built):
    given["core.post_snapshots"] = """
        post_id | account_id | published_on | exported_at         | reads
        n1      | hq         | 2026-11-02   | 2026-11-03 08:00:00 | 120
        n1      | hq         | 2026-11-02   | 2026-11-05 08:00:00 | 117
    """
    assert_built(
        "core.post_increments",
        """
        post_id | covers_from | covers_until | is_first | reads_added
        n1      | 2026-11-02  | 2026-11-03   | true     | 120
        n1      | 2026-11-03  | 2026-11-05   | false    | -3
        """,
    )


def test_what_an_export_does_not_carry_stays_unknown(given, assert_built):
    given["core.post_snapshots"] = """
        post_id | account_id | published_on | exported_at         | reads | intents
        v1      | hq         | 2026-11-02   | 2026-11-03 08:00:00 | 10    |
        v1      | hq         | 2026-11-02   | 2026-11-04 08:00:00 | 12    | 7
        v1      | hq         | 2026-11-02   | 2026-11-05 08:00:00 | 12    | 9
    """
    assert_built(
        "core.post_increments",
        """
        exported_at         | reads_added | intents_added
        2026-11-03 08:00:00 | 10          |
        2026-11-04 08:00:00 | 2           |
        2026-11-05 08:00:00 | 0           | 2
        """,
    )


def test_two_exports_of_one_day_still_cover_that_day(given, assert_built):
    given["core.post_snapshots"] = """
        post_id | account_id | published_on | exported_at         | reads
        n1      | hq         | 2026-11-03   | 2026-11-03 08:00:00 | 5
        n1      | hq         | 2026-11-03   | 2026-11-03 20:00:00 | 9
    """
    assert_built(
        "core.post_increments",
        """
        exported_at         | covers_from | covers_until | reads_added
        2026-11-03 08:00:00 | 2026-11-03  | 2026-11-04   | 5
        2026-11-03 20:00:00 | 2026-11-03  | 2026-11-04   | 4
        """,
    )
