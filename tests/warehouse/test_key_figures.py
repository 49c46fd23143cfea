"""A number beside the one before it and the median of the weeks before."""

import datetime as dt

import pytest

MONDAY = dt.date(2026, 8, 3)
STEPS = "week_starts | level | stage | stage_order | value | step_rate | mature | complete"


def weeks(given, values, stage="arrival", order=6, mature=None, complete=None):
    """Draw the bank's stage of one week after another; `mature` and `complete` by their number."""
    rows = [
        f"{MONDAY + dt.timedelta(days=7 * n)} | bank | {stage} | {order} | {value} | |"
        f" {(mature or {}).get(n, 'true')} | {(complete or {}).get(n, 'true')}"
        for n, value in enumerate(values)
    ]
    given["published.weekly_steps"] = "\n".join([STEPS, *rows])


@pytest.fixture
def figures(given):
    def read(columns, where="true"):
        given.build("published.key_figures")
        query = f"select {columns} from published.key_figures where {where} order by starts_on"
        return given.connection.execute(query).fetchall()

    return read


def test_a_week_is_compared_with_the_one_before_and_the_median_of_eight(given, figures):
    weeks(given, [900, 10, 20, 30, 40, 50, 60, 70, 80, 90])
    *_, last = figures("previous_value, change, usual_value, usual_weeks, against_usual")
    assert last == (80, 0.125, 45, 8, 1)


def test_five_weeks_are_needed_for_a_median(given, figures):
    weeks(given, [10, 20, 30, 40, 50, 60])
    found = figures("usual_value, usual_weeks, against_usual")
    assert found[4:] == [(None, 4, None), (30, 5, 1)]


def test_what_is_looked_back_on_is_a_parameter(given, figures):
    given.parameters(watch_weeks=2, watch_least=2)
    weeks(given, [10, 20, 30, 40])
    assert figures("usual_value") == [(None,), (None,), (15,), (25,)]


@pytest.mark.parametrize("lacks", ["mature", "complete"])
def test_an_immature_or_incomplete_week_is_neither_compared_nor_compared_with(
    given, figures, lacks
):
    weeks(given, [10, 20, 30, 40, 50, 990, 60], **{lacks: {5: "false"}})
    *_, halved, last = figures("previous_value, change, usual_value, against_usual")
    assert halved == (50, None, 30, None)
    assert last == (990, None, 30, 1)


def test_what_is_withheld_is_said_and_compared_with_nothing(given, figures):
    given["published.weekly_steps"] = """
        week_starts | level | stage  | stage_order | value | mature | complete | suppressed
        2026-08-03  | bank  | active | 8           |       | true   | true     | value
        2026-08-10  | bank  | active | 8           | 40    | true   | true     |
    """
    found = figures("value, previous_value, change, suppressed")
    assert found == [(None, None, None, "value"), (40, None, None, None)]


def test_a_rate_is_withheld_with_its_base(given, figures):
    given["published.weekly_steps"] = """
        week_starts | level | stage  | stage_order | previous_stage | value | step_rate | suppressed
        2026-08-03  | bank  | active | 8           | new_customer   | 40    |           | n
        2026-08-10  | bank  | active | 8           | new_customer   | 40    | 0.5       |
    """
    assert figures("value, suppressed", "kind = 'rate'") == [(None, "value"), (0.5, None)]
    assert figures("value, suppressed", "kind = 'persons'") == [(40, None), (40, None)]


def test_followers_change_over_accounts_that_are_known_in_both_weeks(given, assert_built):
    given["published.follower_weeks"] = """
        week_starts | level   | tier   | unit_id | platform | account_id | followers
        2026-08-03  | account | branch | u       | douyin   | red        | 100
        2026-08-10  | account | branch | u       | douyin   | red        | 110
        2026-08-03  | account | branch | u       | weibo    | new        |
        2026-08-10  | account | branch | u       | weibo    | new        | 40
    """
    assert_built(
        "published.key_figures",
        """
        starts_on  | level         | tier   | unit_id | platform | value | previous_value | change
        2026-08-03 | bank          |        |         |          | 100   |                |
        2026-08-03 | tier          | branch |         |          | 100   |                |
        2026-08-03 | unit          | branch | u       |          | 100   |                |
        2026-08-03 | account       | branch | u       | douyin   | 100   |                |
        2026-08-03 | account       | branch | u       | weibo    |       |                |
        2026-08-03 | platform      |        |         | douyin   | 100   |                |
        2026-08-03 | platform      |        |         | weibo    |       |                |
        2026-08-03 | tier_platform | branch |         | douyin   | 100   |                |
        2026-08-03 | tier_platform | branch |         | weibo    |       |                |
        2026-08-10 | bank          |        |         |          | 150   | 100            | 0.1
        2026-08-10 | tier          | branch |         |          | 150   | 100            | 0.1
        2026-08-10 | unit          | branch | u       |          | 150   | 100            | 0.1
        2026-08-10 | account       | branch | u       | douyin   | 110   | 100            | 0.1
        2026-08-10 | account       | branch | u       | weibo    | 40    |                |
        2026-08-10 | platform      |        |         | douyin   | 110   | 100            | 0.1
        2026-08-10 | platform      |        |         | weibo    | 40    |                |
        2026-08-10 | tier_platform | branch |         | douyin   | 110   | 100            | 0.1
        2026-08-10 | tier_platform | branch |         | weibo    | 40    |                |
        """,
    )


def test_card_clicks_and_orders_of_a_week_the_feed_reaches_in_part_are_not_compared(
    given, assert_built
):
    given["core.feed_gaps"] = "week_starts | is_partly_known\n2026-08-10 | true"
    given["published.card_clicks"] = """
        week_starts | level   | tier   | unit_id | platform | account_id | clicks
        2026-08-03  | account | branch | u       | douyin   | red        | 100
        2026-08-10  | account | branch | u       | douyin   | red        | 50
    """
    given["published.subscriptions"] = """
        week_starts | level | customers | amount_yuan | suppressed
        2026-08-03  | bank  | 40        | 1000        |
        2026-08-10  | bank  |           |             | customers
    """
    given.build("published.key_figures")
    found = given.connection.execute(
        "select metric, kind, value, previous_value, change, complete, suppressed"
        " from published.key_figures"
        " where starts_on = '2026-08-10' and level = 'bank' order by metric"
    ).fetchall()
    assert found == [
        ("card_click", "count", 50, 100, None, False, None),
        ("subscribers", "persons", None, 40, None, False, "value"),
        ("subscription_amount", "yuan", None, 1000, None, False, "value"),
    ]


def test_a_month_is_compared_with_the_one_before_where_both_are_over(given, figures):
    given.parameters(watch_weeks=2, watch_least=2)
    given["published.monthly_active"] = """
        month      | level | mau | complete | suppressed
        2026-08-01 | bank  | 200 | true     |
        2026-09-01 | bank  | 250 | true     |
        2026-10-01 | bank  |     | true     | mau,stable_mau
        2026-11-01 | bank  | 150 | false    | stable_mau
    """
    found = figures("period, value, previous_value, change, usual_weeks, suppressed")
    assert found == [
        ("month", 200, None, None, None, None),
        ("month", 250, 200, 0.25, None, None),
        ("month", None, 250, None, None, "value"),
        ("month", 150, None, None, None, None),
    ]
