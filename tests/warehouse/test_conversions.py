import pytest

WEEK = "2026-10-05"


def test_four_conversions_of_what_is_published(given, assert_built):
    given["published.weekly_funnel"] = f"""
        week_starts | stage        | level | tier | persons | mature
        {WEEK}      | read         | bank  |      |         | true
        {WEEK}      | arrival      | bank  |      | 200     | true
        {WEEK}      | new_customer | bank  |      | 100     | false
        {WEEK}      | asset        | bank  |      | 40      | false
        {WEEK}      | subscription | bank  |      | 20      | false
        {WEEK}      | arrival      | tier  | line | 50      | true
        {WEEK}      | subscription | tier  | line |         | false
    """
    given["published.card_clicks"] = f"""
        week_starts | level | clickers | applicants | mature
        {WEEK}      | bank  | 100      | 25         | true
    """
    given["published.subscriptions"] = f"""
        week_starts | level | clickers | subscribed_clickers | mature
        {WEEK}      | bank  | 10       | 0                   | false
    """
    assert_built(
        "published.conversions",
        """
        conversion                   | tier | n   | converted | conversion_rate | mature
        arrival_to_new_customer      |      | 200 | 100       | 0.5             | false
        arrival_to_subscription      |      | 200 | 20        | 0.1             | false
        arrival_to_subscription      | line | 50  |           |                 | false
        card_click_to_application    |      | 100 | 25        | 0.25            | true
        wealth_click_to_subscription |      | 10  | 0         | 0               | false
        """,
    )


@pytest.mark.parametrize(
    ("n", "converted", "low", "high", "against"),
    [
        (1000, 50, 0.0381303, 0.0653138, "above"),
        (1000, 40, 0.029511, 0.0540096, "level"),
        (1000, 10, 0.00544075, 0.0183095, "below"),
        (1000, "", "", "", ""),
        (0, 0, "", "", ""),
    ],
)
def test_a_rate_is_above_or_below_the_line_with_the_whole_of_its_interval(
    given, assert_built, n, converted, low, high, against
):
    given["published.card_clicks"] = f"""
        week_starts | level | clickers | applicants  | mature
        {WEEK}      | bank  | {n}      | {converted} | true
    """
    assert_built(
        "published.conversions",
        f"""
        rate_low | rate_high | benchmark | against_benchmark
        {low}    | {high}    | 0.03      | {against}
        """,
    )


def test_what_is_not_mature_is_not_compared(given, assert_built):
    given["published.card_clicks"] = f"""
        week_starts | level | clickers | applicants | mature
        {WEEK}      | bank  | 1000     | 10         | false
    """
    assert_built("published.conversions", "conversion_rate | against_benchmark\n 0.01 |")
