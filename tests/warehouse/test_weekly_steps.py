import pytest

BANK = "week_starts | level | stage | persons | total | mature | complete"


def week_of(arrivals, new, monday="2026-10-05", mature="true"):
    return f"""
        {monday} | bank | arrival      | {arrivals} | | true     | true
        {monday} | bank | new_customer | {new}      | | {mature} | true
    """


@pytest.mark.parametrize(
    ("arrivals", "new", "rate", "low", "high"),
    [
        (100, 20, 0.2, 0.133367, 0.288829),
        (50, 0, 0, 0, 0.0713476),
        (50, 50, 1, 0.928652, 1),
    ],
)
def test_rates_of_persons_carry_a_wilson_interval(
    given, assert_built, arrivals, new, rate, low, high
):
    given["published.weekly_funnel"] = f"{BANK}\n{week_of(arrivals, new)}"
    assert_built(
        "published.weekly_steps",
        f"""
        stage        | previous_stage | value      | n          | step_rate | rate_low | rate_high
        arrival      |                | {arrivals} |            |           |          |
        new_customer | arrival        | {new}      | {arrivals} | {rate}    | {low}    | {high}
        """,
    )


def test_a_base_of_nobody_gives_no_rate(given, assert_built):
    given["published.weekly_funnel"] = f"{BANK}\n{week_of(0, 0)}"
    assert_built(
        "published.weekly_steps",
        """
        stage        | value | n | step_rate | rate_low | rate_high
        arrival      | 0     |   |           |          |
        new_customer | 0     | 0 |           |          |
        """,
    )


def test_what_is_withheld_does_not_come_back_in_a_step_or_a_change(given, assert_built):
    given["published.weekly_funnel"] = f"""
        {BANK}
        {week_of(90, 30, monday="2026-09-28")}
        {week_of(80, "")}
        {week_of("", 20, monday="2026-10-12")}
    """
    assert_built(
        "published.weekly_steps",
        """
        week_starts | stage        | step_rate      | rate_low | rate_high
        2026-09-28  | arrival      |                |          |
        2026-09-28  | new_customer | 0.333333333333 | 0.244535 | 0.435777
        2026-10-05  | arrival      |                |          |
        2026-10-05  | new_customer |                |          |
        2026-10-12  | arrival      |                |          |
        2026-10-12  | new_customer |                |          |
        """,
    )
    assert_built(
        "published.weekly_steps",
        """
        week_starts | stage        | value | last_week_value | change | n  | step_rate
        2026-09-28  | arrival      | 90    |                 |        |    |
        2026-09-28  | new_customer | 30    |                 |        | 90 | 0.333333333333
        2026-10-05  | arrival      | 80    | 90              | -0.1111111111 | |
        2026-10-05  | new_customer |       | 30              |        | 80 |
        2026-10-12  | arrival      |       | 80              |        |    |
        2026-10-12  | new_customer | 20    |                 |        |    |
        """,
    )


def test_an_immature_week_is_not_compared(given, assert_built):
    given["published.weekly_funnel"] = f"""
        {BANK}
        {week_of(100, 30)}
        {week_of(110, 20, monday="2026-10-12", mature="false")}
        {week_of(121, 10, monday="2026-10-19", mature="false")}
    """
    assert_built(
        "published.weekly_steps",
        """
        week_starts | stage        | value | last_week_value | change
        2026-10-05  | arrival      | 100   |                 |
        2026-10-12  | arrival      | 110   | 100             | 0.1
        2026-10-19  | arrival      | 121   | 110             | 0.1
        2026-10-05  | new_customer | 30    |                 |
        2026-10-12  | new_customer | 20    | 30              |
        2026-10-19  | new_customer | 10    | 20              |
        """,
    )


def test_a_week_that_lacks_days_is_not_compared_nor_one_after_a_gap(given, assert_built):
    given["published.weekly_funnel"] = """
        week_starts | level   | tier   | account_id | stage | total | mature | complete
        2026-10-05  | account | branch | red        | read  | 100   | true   | true
        2026-10-12  | account | branch | red        | read  | 60    | true   | false
        2026-10-19  | account | branch | red        | read  | 120   | true   | true
        2026-11-02  | account | branch | red        | read  | 130   | true   | true
        2026-11-09  | account | branch | red        | read  | 0     | true   | true
        2026-11-16  | account | branch | red        | read  | 10    | true   | true
    """
    assert_built(
        "published.weekly_steps",
        """
        week_starts | value | last_week_value | change
        2026-10-05  | 100   |                 |
        2026-10-12  | 60    | 100             |
        2026-10-19  | 120   | 60              |
        2026-11-02  | 130   |                 |
        2026-11-09  | 0     | 130             | -1
        2026-11-16  | 10    | 0               |
        """,
    )


def test_counts_are_compared_over_the_accounts_that_report_all_of_both_weeks(given, assert_built):
    given["published.weekly_funnel"] = """
        week_starts | level   | tier   | account_id | stage  | total | mature | complete
        2026-10-05  | bank    |        |            | intent | 130   | true   | false
        2026-10-12  | bank    |        |            | intent | 190   | true   | true
        2026-10-05  | account | branch | red        | intent | 100   | true   | true
        2026-10-12  | account | branch | red        | intent | 110   | true   | true
        2026-10-05  | account | branch | new        | intent |       | true   | true
        2026-10-12  | account | branch | new        | intent | 50    | true   | true
        2026-10-05  | account | branch | half       | intent | 30    | true   | false
        2026-10-12  | account | branch | half       | intent | 30    | true   | true
    """
    assert_built(
        "published.weekly_steps",
        """
        week_starts | level   | account_id | value | last_week_value | change
        2026-10-05  | bank    |            | 130   |                 |
        2026-10-12  | bank    |            | 190   | 130             | 0.1
        2026-10-05  | account | red        | 100   |                 |
        2026-10-12  | account | red        | 110   | 100             | 0.1
        2026-10-05  | account | new        |       |                 |
        2026-10-12  | account | new        | 50    |                 |
        2026-10-05  | account | half       | 30    |                 |
        2026-10-12  | account | half       | 30    | 30              |
        """,
    )


def test_a_rate_of_counts_is_taken_over_accounts_that_report_both_stages(given, assert_built):
    given["published.weekly_funnel"] = """
        week_starts | level   | tier   | unit_id | account_id | stage    | total
        2026-10-05  | bank    |        |         |            | exposure | 1000
        2026-10-05  | bank    |        |         |            | read     | 300
        2026-10-05  | account | branch | u       | red        | exposure | 1000
        2026-10-05  | account | branch | u       | red        | read     | 200
        2026-10-05  | account | branch | u       | mp         | exposure |
        2026-10-05  | account | branch | u       | mp         | read     | 100
    """
    assert_built(
        "published.weekly_steps",
        """
        level   | account_id | stage    | value | n    | step_rate | rate_low
        bank    |            | exposure | 1000  |      |           |
        bank    |            | read     | 300   | 1000 | 0.2       |
        account | red        | exposure | 1000  |      |           |
        account | red        | read     | 200   | 1000 | 0.2       |
        account | mp         | exposure |       |      |           |
        account | mp         | read     | 100   |      |           |
        """,
    )


def test_an_account_that_changed_tier_is_not_compared_with_itself_elsewhere(given, assert_built):
    given["published.weekly_funnel"] = """
        week_starts | level   | tier        | account_id | stage | total | mature | complete
        2026-09-07  | account | head_office | wealth     | read  | 100   | true   | true
        2026-09-14  | account | line        | wealth     | read  | 150   | true   | true
    """
    assert_built(
        "published.weekly_steps",
        """
        week_starts | tier        | value | last_week_value | change
        2026-09-07  | head_office | 100   |                 |
        2026-09-14  | line        | 150   |                 |
        """,
    )
