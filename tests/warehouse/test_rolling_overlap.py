def test_the_overlap_is_what_the_tiers_or_platforms_count_more_than_once(given, assert_built):
    given["published.rolling_persons"] = """
        day        | level    | tier         | platform     | dau | wau | mau
        2026-10-05 | bank     |              |              | 50  | 70  | 100
        2026-10-05 | tier     | head_office  |              | 30  | 50  | 70
        2026-10-05 | tier     | unattributed | unattributed | 20  | 25  | 31
        2026-10-05 | unit     | head_office  |              | 30  | 50  | 70
        2026-10-05 | platform |              | douyin       | 30  | 48  |
    """
    assert_built(
        "published.rolling_overlap",
        """
        day        | measure | parts    | customers | sum_of_parts | overlap
        2026-10-05 | dau     | tier     | 50        | 50           | 0
        2026-10-05 | wau     | tier     | 70        | 75           | 5
        2026-10-05 | mau     | tier     | 100       | 101          | 1
        2026-10-05 | dau     | platform | 50        | 50           | 0
        2026-10-05 | wau     | platform | 70        | 73           | 3
        2026-10-05 | mau     | platform | 100       |              |
        """,
    )
