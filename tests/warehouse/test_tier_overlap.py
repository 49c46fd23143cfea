def test_the_overlap_is_what_the_tiers_count_more_than_once(given, assert_built):
    given["published.weekly_funnel"] = """
        week_starts | level | tier        | stage   | stage_order | persons
        2026-10-05  | bank  |             | arrival | 6           | 100
        2026-10-05  | tier  | head_office | arrival | 6           | 70
        2026-10-05  | tier  | branch      | arrival | 6           | 45
        2026-10-05  | tier  | line        | arrival | 6           | 0
        2026-10-05  | unit  | branch      | arrival | 6           | 45
    """
    assert_built(
        "published.tier_overlap",
        """
        stage   | persons | sum_of_tiers | overlap
        arrival | 100     | 115          | 15
        """,
    )


def test_a_withheld_tier_leaves_the_overlap_unknown(given, assert_built):
    given["published.weekly_funnel"] = """
        week_starts | level | tier        | stage   | stage_order | persons
        2026-10-05  | bank  |             | arrival | 6           | 100
        2026-10-05  | tier  | head_office | arrival | 6           | 90
        2026-10-05  | tier  | branch      | arrival | 6           |
        2026-10-05  | tier  | line        | arrival | 6           |
    """
    assert_built(
        "published.tier_overlap",
        """
        persons | sum_of_tiers | overlap
        100     |              |
        """,
    )
