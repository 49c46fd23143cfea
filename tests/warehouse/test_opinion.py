"""Comments by week, level, aspect and severity; answers; and what nobody may pass over."""

import pytest

LEVELS = """
    account_id | day        | level | tier        | path_account_id
    hq         | 2026-11-03 | bank  |             |
    hq         | 2026-11-03 | tier  | head_office |
    hq         | 2026-11-04 | bank  |             |
    hq         | 2026-11-04 | tier  | head_office |
"""


@pytest.fixture
def said(given):
    given["core.account_levels"] = LEVELS
    given["core.account_days"] = """
        account_id | day        | account_name | platform    | tier
        hq         | 2026-11-03 | 品牌号       | xiaohongshu | head_office
        hq         | 2026-11-04 | 品牌号       | xiaohongshu | head_office
    """
    given["core.comment_opinions"] = """
        account_id | day        | sentiment | severity | aspects | is_question | response_seconds
        hq         | 2026-11-03 | negative  | 3        | fraud;privacy | false |
        hq         | 2026-11-03 | negative  | 1        | fee           | true | 7200
        hq         | 2026-11-04 | positive  | 0        | ''            | false | 32400
        hq         | 2026-11-04 | neutral   | 0        | fee           | true |
        hq         | 2026-11-04 | neutral   | 0        | ''            | true | 14400
        hq         | 2026-11-04 | negative  | 3        | service       | false | 3600
    """


def test_a_comment_counts_under_each_of_its_aspects_and_once_in_all(given, said):
    given.build("published.opinion")
    found = given.connection.execute("""
        select aspect, severity, comments, negative, positive from published.opinion
        where level = 'tier' order by aspect nulls first, severity nulls first
    """).fetchall()
    assert found == [
        (None, None, 6, 3, 1),
        (None, 0, 3, 0, 1),
        (None, 1, 1, 1, 0),
        (None, 3, 2, 2, 0),
        ("fee", None, 2, 1, 0),
        ("fee", 0, 1, 0, 0),
        ("fee", 1, 1, 1, 0),
        ("fraud", None, 1, 1, 0),
        ("fraud", 3, 1, 1, 0),
        ("privacy", None, 1, 1, 0),
        ("privacy", 3, 1, 1, 0),
        ("service", None, 1, 1, 0),
        ("service", 3, 1, 1, 0),
    ]


def test_answers_are_counted_where_files_tell_of_any(given, assert_built, said):
    drawing = """
        tier        | kind      | comments | answered | unanswered | median_response_hours | oldest_unanswered_days
                    | question  | 3        | 2        | 1          | 3                     | 12
                    | complaint | 3        | 2        | 1          | 1.5                   | 13
        head_office | question  | 3        | 2        | 1          | 3                     | 12
        head_office | complaint | 3        | 2        | 1          | 1.5                   | 13
    """  # noqa: E501
    assert_built("published.opinion_answers", drawing)
    given.connection.execute("update core.comment_opinions set response_seconds = null")
    given.build("published.opinion_answers")
    assert given.connection.execute("from published.opinion_answers").fetchall() == []


def test_a_grave_comment_is_an_alert_of_its_day(given, said):
    given.build("published.alerts")
    found = given.connection.execute("""
        select starts_on::varchar, tier, metric, severity, value, security_comments
        from published.alerts order by starts_on
    """).fetchall()
    known = ("head_office", "grave_comments", 3, 1.0)
    assert found == [("2026-11-03", *known, 1), ("2026-11-04", *known, 0)]
    given.as_of("2026-12-09")
    given.build("published.alerts")
    assert given.connection.execute("select count(*) from published.alerts").fetchone() == (1,)
