def test_the_overlap_is_what_the_tiers_count_more_than_once(given, assert_built):
    given["published.rolling_persons"] = """
        day        | level | tier        | dau | wau | mau
        2026-10-05 | bank  |             | 50  | 70  | 100
        2026-10-05 | tier  | head_office | 30  | 50  | 70
        2026-10-05 | tier  | branch      | 20  | 25  |
        2026-10-05 | unit  | branch      | 20  | 25  |
    """
    assert_built(
        "published.rolling_overlap",
        """
        day        | measure | customers | sum_of_tiers | overlap
        2026-10-05 | dau     | 50        | 50           | 0
        2026-10-05 | wau     | 70        | 75           | 5
        2026-10-05 | mau     | 100       |              |
        """,
    )
