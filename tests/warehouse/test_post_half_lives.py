def draw(given, *lines):
    rows = "\n".join(f"{line} 08:00:00" for line in lines)
    given["core.post_snapshots"] = f"post_id | published_on | reads | exported_at\n{rows}"


def test_half_lies_between_the_two_exports_around_it(given, assert_built):
    """Half of 200 is 100, two fifths of the way from 60 on day 3 to 160 on day 8."""
    draw(
        given,
        "a | 2026-10-01 | 60  | 2026-10-04",
        "a | 2026-10-01 | 160 | 2026-10-09",
        "a | 2026-10-01 | 200 | 2026-10-29",
    )
    assert_built(
        "core.post_half_lives",
        """
        post_id | half_life_days | at_most_days | missing
        a       | 5.0            | 8            |
        """,
    )


def test_reads_that_were_taken_back_move_half_to_an_earlier_export(given, assert_built):
    draw(
        given,
        "a | 2026-10-01 | 40  | 2026-10-03",
        "a | 2026-10-01 | 60  | 2026-10-05",
        "a | 2026-10-01 | 300 | 2026-10-09",
        "a | 2026-10-01 | 100 | 2026-11-09",
    )
    assert_built(
        "core.post_half_lives",
        """
        post_id | half_life_days | at_most_days | missing
        a       | 3.0            | 4            |
        """,
    )


def test_what_the_first_export_has_more_than_half_of_was_faster_than_seen(given, assert_built):
    draw(
        given,
        "a | 2026-10-01 | 150 | 2026-10-04",
        "a | 2026-10-01 | 190 | 2026-10-09",
        "a | 2026-10-01 | 200 | 2026-10-29",
        "b | 2026-10-01 | 150 | 2026-10-01",
        "b | 2026-10-01 | 190 | 2026-10-09",
        "b | 2026-10-01 | 200 | 2026-10-29",
    )
    assert_built(
        "core.post_half_lives",
        """
        post_id | half_life_days | at_most_days | missing
        a       |                | 3            | before_first_export
        b       |                | 1            | before_first_export
        """,
    )


def test_young_posts_and_those_of_few_exports_are_too_open_to_tell(given, assert_built):
    draw(
        given,
        "a | 2026-10-01 | 60  | 2026-10-04",
        "a | 2026-10-01 | 160 | 2026-10-09",
        "a | 2026-10-01 | 200 | 2026-10-28",
        "b | 2026-10-01 | 60  | 2026-10-04",
        "b | 2026-10-01 |     | 2026-10-09",
        "b | 2026-10-01 | 200 | 2026-10-29",
        "c | 2026-10-01 | 0   | 2026-10-04",
        "c | 2026-10-01 | 0   | 2026-10-09",
        "c | 2026-10-01 | 0   | 2026-10-29",
        "d | 2026-10-01 |     | 2026-10-29",
    )
    assert_built(
        "core.post_half_lives",
        """
        post_id | half_life_days | at_most_days | missing
        a       |                |              | young
        b       |                |              | few_exports
        c       |                |              | no_reads
        """,
    )
