"""Rejections, corrections and second looks, as the review log tells them."""

import pytest

LEVELS = """
    account_id | day        | level   | tier        | unit_id | platform    | path_account_id
    hq         | 2026-11-03 | bank    |             |         |             |
    hq         | 2026-11-03 | tier    | head_office |         |             |
    hq         | 2026-11-04 | bank    |             |         |             |
    hq         | 2026-11-04 | tier    | head_office |         |             |
"""
HEAD = "account_id | content_id | text_hash | author | stage | reviewer | decision | reviewed_at"


def log(given, *lines):
    given["staging.bank_reviews"] = "\n".join([HEAD, *(f"hq | {line}" for line in lines)])
    given["core.account_levels"] = LEVELS
    given.parameters(review_least=1)
    given.build("core.review_versions")


COLUMNS = "submissions | decided | rejected | sent_back | rejection_rate"


def test_the_last_word_of_a_person_goes_before_that_of_the_rules(given, assert_built):
    log(
        given,
        "a | 1 | human | pre | rule  | reject | 2026-11-03 01:00:00",
        "a | 1 | human | pre | human | reject | 2026-11-03 02:00:00",
        "a | 1 | human | pre | human | pass   | 2026-11-03 03:00:00",
        "a | 1 | human | pre | rule  | reject | 2026-11-03 04:00:00",
        "b | 2 | human | pre | rule  | pass   | 2026-11-03 01:00:00",
        "b | 2 | human | pre | human | reject | 2026-11-03 02:00:00",
        "c | 3 | human | pre | rule  | revise | 2026-11-03 02:00:00",
    )
    assert_built(
        "published.compliance_reviews",
        f"""
        tier        | author | {COLUMNS}
                    |        | 3 | 2 | 1 | 1 | 0.5
                    | human  | 3 | 2 | 1 | 1 | 0.5
        head_office |        | 3 | 2 | 1 | 1 | 0.5
        head_office | human  | 3 | 2 | 1 | 1 | 0.5
        """,
    )


def test_a_content_counts_once_however_often_it_is_submitted(given, assert_built):
    log(
        given,
        "a | 1 | human | pre | rule | reject | 2026-11-03 01:00:00",
        "a | 2 | human | pre | rule | reject | 2026-11-03 02:00:00",
        "a | 3 | human | pre | rule | pass   | 2026-11-03 05:30:00",
        "b | 1 | human | pre | rule | reject | 2026-11-03 06:00:00",  # the words of a
        "c | 4 | ai    | pre | rule | pass   | 2026-11-03 01:00:00",
    )
    assert_built(
        "published.compliance_reviews",
        f"""
        tier        | author | {COLUMNS} | corrected | median_hours_to_fix
                    |        | 2 | 2 | 1 | 0 | 0.5 | 1 | 4.5
                    | human  | 1 | 1 | 1 | 0 | 1   | 1 | 4.5
                    | ai     | 1 | 1 | 0 | 0 | 0   | 0 |
        head_office |        | 2 | 2 | 1 | 0 | 0.5 | 1 | 4.5
        head_office | human  | 1 | 1 | 1 | 0 | 1   | 1 | 4.5
        head_office | ai     | 1 | 1 | 0 | 0 | 0   | 0 |
        """,
    )


def test_a_second_look_counts_in_its_own_month_and_only_at_what_passed(given, assert_built):
    log(
        given,
        "a | 1 | human | pre  | rule  | pass   | 2026-11-03 01:00:00",
        "a | 1 | human | post | human | reject | 2026-11-04 01:00:00",
        "b | 2 | human | pre  | rule  | pass   | 2026-11-03 01:00:00",
        "b | 2 | human | post | human | pass   | 2026-11-04 01:00:00",
        "c | 3 | human | pre  | rule  | reject | 2026-11-03 01:00:00",
        "c | 3 | human | post | human | reject | 2026-11-04 01:00:00",
        "d | 4 | human | live | human | reject | 2026-11-04 01:00:00",
    )
    assert_built(
        "published.compliance_reviews",
        """
        tier        | author | submissions | rechecked | missed | miss_rate
                    |        | 3           | 2         | 1      | 0.5
                    | human  | 3           | 2         | 1      | 0.5
        head_office |        | 3           | 2         | 1      | 0.5
        head_office | human  | 3           | 2         | 1      | 0.5
        """,
    )


@pytest.mark.parametrize(("texts", "rate"), [(9, None), (10, 0.0)])
def test_a_rate_of_few_texts_is_not_shown(given, texts, rate):
    lines = [f"c{n} | {n} | ai | pre | rule | pass | 2026-11-03 01:00:00" for n in range(texts)]
    log(given, *lines)
    given.parameters(review_least=10)
    given.build("published.compliance_reviews")
    found = given.connection.execute(
        "select distinct submissions, rejection_rate from published.compliance_reviews"
    ).fetchall()
    assert found == [(texts, rate)]


def test_a_day_begins_at_midnight_in_shanghai(given, assert_built):
    log(given, "a | 1 | ai | pre | rule | pass | 2026-11-02 16:00:00")
    assert_built(
        "published.compliance_reviews",
        """
        month      | tier        | author | submissions
        2026-11-01 |             |        | 1
        2026-11-01 |             | ai     | 1
        2026-11-01 | head_office |        | 1
        2026-11-01 | head_office | ai     | 1
        """,
    )
