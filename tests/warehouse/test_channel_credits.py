from tests.warehouse.people import ANNA, BEN, CARA


def test_credits_are_summed_by_channel_and_a_row_of_all(given, assert_built):
    given["core.link_channels"] = """
        day        | source_code | account | platform | tier | entry | form
        2026-10-20 | s1          | hq      | weibo    | line | post  | video
        2026-10-20 | s2          | hq      | weibo    | line | menu  | (no post)
    """
    k = "card_application"
    given["core.attribution_credits"] = f"""
        event_id | touch_id | kind | customer_token | day        | touched_on | source_code | last_touch | first_touch | linear
        e1       | t1       | {k}  | {ANNA}         | 2026-11-01 | 2026-10-20 | s1          | 0          | 1           | 0.5
        e1       | t2       | {k}  | {ANNA}         | 2026-11-01 | 2026-10-20 | s2          | 1          | 0           | 0.5
        e2       | t3       | {k}  | {BEN}          | 2026-11-02 | 2026-10-20 | s1          | 1          | 1           | 1
        e3       | t3       | {k}  | {BEN}          | 2026-11-03 | 2026-10-20 | s1          | 1          | 1           | 1
        e4       |          | {k}  | {CARA}         | 2026-11-03 |            |             | 1          | 1           | 1
    """  # noqa: E501 - a table
    given.build("core.channel_credits")
    found = given.connection.execute(
        "select dimension, channel, customers, conversions, last_customers, first_customers,"
        " last_touch, first_touch, linear from core.channel_credits"
        " where dimension in ('entry', 'platform') order by dimension, channel nulls first"
    ).fetchall()
    assert found == [
        ("entry", None, 3, 4, 3, 3, 4.0, 4.0, 4.0),
        ("entry", "(none)", 1, 1, 1, 1, 1.0, 1.0, 1.0),
        ("entry", "menu", 1, 1, 1, 0, 1.0, 0.0, 0.5),
        ("entry", "post", 2, 3, 1, 2, 2.0, 3.0, 2.5),
        ("platform", None, 3, 4, 3, 3, 4.0, 4.0, 4.0),
        ("platform", "(none)", 1, 1, 1, 1, 1.0, 1.0, 1.0),
        ("platform", "weibo", 2, 3, 2, 2, 3.0, 3.0, 3.0),
    ]
