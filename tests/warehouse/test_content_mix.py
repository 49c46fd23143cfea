import pytest


@pytest.fixture
def levels(given):
    given["core.account_levels"] = """
        account_id | day        | level   | tier        | unit_id | platform    | path_account_id
        hq         | 2026-10-05 | bank    |             |         |             |
        hq         | 2026-10-05 | tier    | head_office |         |             |
        hq         | 2026-10-05 | account | head_office | hq      | xiaohongshu | hq
        hq         | 2026-11-05 | bank    |             |         |             |
        east       | 2026-10-05 | bank    |             |         |             |
        east       | 2026-10-05 | tier    | branch      |         |             |
    """


def test_posts_count_at_every_level_by_theme_and_form(given, assert_built, levels):
    given["published.content_posts"] = """
        post_id | account_id | published_on | theme     | selling_form
        a       | hq         | 2026-10-05   | knowledge | none
        b       | hq         | 2026-10-05   | welfare   | activity_benefit
        c       | east       | 2026-10-05   | welfare   | none
        d       | east       | 2026-10-05   |           |
        e       | hq         | 2026-11-05   | ip        | none
    """
    assert_built(
        "published.content_mix",
        """
        month      | complete | tier        | account_id | category         | posts | share
        2026-10-01 | true     |             |            | knowledge        | 1     | 0.333333
        2026-10-01 | true     |             |            | welfare          | 2     | 0.666667
        2026-10-01 | true     |             |            | none             | 2     | 0.666667
        2026-10-01 | true     |             |            | activity_benefit | 1     | 0.333333
        2026-10-01 | true     | head_office |            | knowledge        | 1     | 0.5
        2026-10-01 | true     | head_office |            | welfare          | 1     | 0.5
        2026-10-01 | true     | head_office |            | none             | 1     | 0.5
        2026-10-01 | true     | head_office |            | activity_benefit | 1     | 0.5
        2026-10-01 | true     | head_office | hq         | knowledge        | 1     | 0.5
        2026-10-01 | true     | head_office | hq         | welfare          | 1     | 0.5
        2026-10-01 | true     | head_office | hq         | none             | 1     | 0.5
        2026-10-01 | true     | head_office | hq         | activity_benefit | 1     | 0.5
        2026-10-01 | true     | branch      |            | welfare          | 1     | 1
        2026-10-01 | true     | branch      |            | none             | 1     | 1
        2026-11-01 | false    |             |            | ip               | 1     | 1
        2026-11-01 | false    |             |            | none             | 1     | 1
        """,
    )


def test_a_rate_is_of_the_posts_that_tell_both_its_numbers(given, assert_built, levels):
    given["published.content_posts"] = """
        post_id | account_id | published_on | theme | selling_form | reads | engagement | clicks
        a       | hq         | 2026-11-05   | ip    | none         | 100   | 10         |
        b       | hq         | 2026-11-05   | ip    | none         | 300   |            |
        c       | hq         | 2026-11-05   | ip    | none         |       | 50         |
    """
    assert_built(
        "published.content_mix",
        """
        dimension    | posts | reads | engagement | engagement_rate | clicks | click_rate
        theme        | 3     | 400   | 60         | 0.1             |        |
        selling_form | 3     | 400   | 60         | 0.1             |        |
        """,
    )


def test_the_effective_number_is_that_of_equally_frequent_categories(given, assert_built):
    given["published.content_mix"] = """
        month      | complete | tier   | dimension | category  | posts | share
        2026-10-01 | true     |        | theme     | ip        | 5     | 0.5
        2026-10-01 | true     |        | theme     | welfare   | 5     | 0.5
        2026-10-01 | true     | branch | theme     | ip        | 8     | 0.8
        2026-10-01 | true     | branch | theme     | welfare   | 2     | 0.2
        2026-11-01 | false    |        | theme     | knowledge | 9     | 1.0
    """
    assert_built(
        "published.content_variety",
        """
        month      | complete | tier   | dimension | posts | categories | effective_number
        2026-10-01 | true     |        | theme     | 10    | 2          | 2.0
        2026-10-01 | true     | branch | theme     | 10    | 2          | 1.470588
        2026-11-01 | false    |        | theme     | 9     | 1          | 1.0
        """,
    )
