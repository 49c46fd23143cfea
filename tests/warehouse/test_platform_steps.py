"""The steps of a platform's funnel, and what became of them since last week."""

import pytest

FUNNEL = "week_starts | level | platform | stage | persons | total | mature | complete"
STEPS = "week_starts | level | tier | platform | account_id | stage | stage_order"


def test_counts_are_compared_over_the_accounts_that_report_all_of_both_weeks(given, assert_built):
    given["published.platform_funnel"] = f"""
        {FUNNEL}
        2026-10-05 | platform | douyin | intent | | 130 | true | false
        2026-10-12 | platform | douyin | intent | | 190 | true | true
    """
    given["published.weekly_steps"] = f"""
        {STEPS} | value | complete
        2026-10-05 | account | branch | douyin | red  | intent | 4 | 100 | true
        2026-10-12 | account | branch | douyin | red  | intent | 4 | 110 | true
        2026-10-05 | account | branch | douyin | new  | intent | 4 |     | true
        2026-10-12 | account | branch | douyin | new  | intent | 4 | 50  | true
        2026-10-05 | account | branch | douyin | half | intent | 4 | 30  | false
        2026-10-12 | account | branch | douyin | half | intent | 4 | 30  | true
        2026-10-12 | bank    |        |        |      | intent | 4 | 190 | true
    """
    assert_built(
        "published.platform_steps",
        """
        week_starts | platform | value | last_week_value | change
        2026-10-05  | douyin   | 130   |                 |
        2026-10-12  | douyin   | 190   | 130             | 0.1
        """,
    )


def test_a_rate_of_counts_is_taken_over_accounts_that_report_both_stages(given, assert_built):
    given["published.platform_funnel"] = f"""
        {FUNNEL}
        2026-10-05 | platform | douyin | read | | 300 | true | true
    """
    given["published.weekly_steps"] = f"""
        {STEPS} | value | n
        2026-10-05 | account | branch | douyin | red | read | 1 | 200 | 1000
        2026-10-05 | account | branch | douyin | mp  | read | 1 | 100 |
    """
    assert_built(
        "published.platform_steps",
        """
        stage | value | n    | step_rate | rate_low
        read  | 300   | 1000 | 0.2       |
        """,
    )


@pytest.mark.parametrize(
    ("mature", "change"),
    [("true", "-0.25"), ("false", "")],
)
def test_persons_are_compared_once_mature_and_rated_of_the_stage_before(
    given, assert_built, mature, change
):
    given["published.platform_funnel"] = f"""
        {FUNNEL}
        2026-10-05 | platform | douyin | arrival      | 80  | | true     | true
        2026-10-05 | platform | douyin | new_customer | 40  | | true     | true
        2026-10-12 | platform | douyin | arrival      | 100 | | true     | true
        2026-10-12 | platform | douyin | new_customer | 30  | | {mature} | true
        2026-10-12 | platform | weibo  | new_customer | 70  | | true     | true
    """
    assert_built(
        "published.platform_steps",
        f"""
        week_starts | platform | stage        | value | n   | step_rate | rate_low | change
        2026-10-05  | douyin   | arrival      | 80    |     |           |          |
        2026-10-05  | douyin   | new_customer | 40    | 80  | 0.5       | 0.392974 |
        2026-10-12  | douyin   | arrival      | 100   |     |           |          | 0.25
        2026-10-12  | douyin   | new_customer | 30    | 100 | 0.3       | 0.218949 | {change}
        2026-10-12  | weibo    | new_customer | 70    |     |           |          |
        """,
    )


def test_what_is_withheld_does_not_come_back(given, assert_built):
    given["published.platform_funnel"] = f"""
        {FUNNEL}
        2026-10-05 | platform | douyin | arrival      | 90 | | true | true
        2026-10-05 | platform | douyin | new_customer |    | | true | true
        2026-10-12 | platform | douyin | arrival      |    | | true | true
        2026-10-12 | platform | douyin | new_customer | 20 | | true | true
    """
    assert_built(
        "published.platform_steps",
        """
        week_starts | stage        | value | last_week_value | change | n  | step_rate
        2026-10-05  | arrival      | 90    |                 |        |    |
        2026-10-05  | new_customer |       |                 |        | 90 |
        2026-10-12  | arrival      |       | 90              |        |    |
        2026-10-12  | new_customer | 20    |                 |        |    |
        """,
    )
