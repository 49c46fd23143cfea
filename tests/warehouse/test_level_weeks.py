import pytest


def levels_of(account, tier, day, unit="u"):
    return f"""
        {account} | {day} | bank    |        |        |
        {account} | {day} | tier    | {tier} |        |
        {account} | {day} | unit    | {tier} | {unit} |
        {account} | {day} | account | {tier} | {unit} | {account}
    """


LEVELS = "account_id | day | level | tier | unit_id | path_account_id"
DAYS = "account_id | day | tier"


def test_an_account_counts_where_it_stands_on_the_sunday(given, assert_built):
    given.as_of("2026-09-21")
    given["core.daily_contributions"] = "day\n 2026-09-07"
    given["core.account_days"] = f"""
        {DAYS}
        wealth | 2026-09-13 | head_office
        wealth | 2026-09-16 | head_office
        wealth | 2026-09-20 | line
    """
    given["core.account_levels"] = f"""
        {LEVELS}
        {levels_of("wealth", "head_office", "2026-09-13")}
        {levels_of("wealth", "head_office", "2026-09-16")}
        {levels_of("wealth", "line", "2026-09-20")}
    """
    assert_built(
        "core.level_weeks",
        """
        week_starts | level   | tier
        2026-09-07  | account | head_office
        2026-09-07  | bank    |
        2026-09-07  | tier    | head_office
        2026-09-07  | unit    | head_office
        2026-09-14  | account | line
        2026-09-14  | bank    |
        2026-09-14  | tier    | line
        2026-09-14  | unit    | line
        """,
    )


def test_only_weeks_that_are_over_have_a_place_and_iso_names_them(given, assert_built):
    given.as_of("2025-01-12")
    given["core.daily_contributions"] = "day\n 2024-12-29"
    given["core.account_days"] = f"""
        {DAYS}
        hq | 2024-12-29 | head_office
        hq | 2025-01-05 | head_office
        hq | 2025-01-12 | head_office
    """
    given["core.account_levels"] = f"""
        {LEVELS}
        hq | 2024-12-29 | bank | | |
        hq | 2025-01-05 | bank | | |
        hq | 2025-01-12 | bank | | |
    """
    assert_built(
        "core.level_weeks",
        """
        week     | week_starts
        2024-W52 | 2024-12-23
        2025-W01 | 2024-12-30
        """,
    )


def test_a_year_may_have_a_week_53(given, assert_built):
    given.as_of("2027-01-04")
    given["core.daily_contributions"] = "day\n 2027-01-03"
    given["core.account_days"] = f"{DAYS}\n hq | 2027-01-03 | head_office"
    given["core.account_levels"] = f"{LEVELS}\n hq | 2027-01-03 | bank | | |"
    assert_built(
        "core.level_weeks",
        """
        week     | week_starts
        2026-W53 | 2026-12-28
        """,
    )


def unregistered(given):
    given.as_of("2026-11-16")
    given["core.daily_contributions"] = "day\n 2026-11-02"
    days = ("2026-11-08", "2026-11-15")
    given["core.account_days"] = f"{DAYS}\n" + "\n".join(
        f"closed | {day} | unregistered" for day in days
    )
    given["core.account_levels"] = f"{LEVELS}\n" + "\n".join(
        f"closed | {day} | bank | | |" for day in days
    )


ONLY_THE_FIRST_WEEK = """
    week_starts | account_id
    2026-11-02  | closed
"""


def test_an_unregistered_account_has_a_place_only_in_weeks_it_has_numbers_for(given, assert_built):
    unregistered(given)
    given["core.week_contributions"] = """
        account_id | week_starts
        closed     | 2026-11-02
    """
    assert_built("core.level_weeks", ONLY_THE_FIRST_WEEK)


def test_customers_who_arrive_through_an_unregistered_account_are_not_lost(given, assert_built):
    unregistered(given)
    given["core.arrivals"] = """
        event_id | account_id | day
        e1       | closed     | 2026-11-03
    """
    assert_built("core.level_weeks", ONLY_THE_FIRST_WEEK)


def test_orders_attributed_to_an_unregistered_account_are_not_lost(given, assert_built):
    unregistered(given)
    given["core.attributed_events"] = """
        event_id | account_id | day        | event_type
        e1       | closed     | 2026-11-03 | wealth_subscription
        e2       | closed     | 2026-11-10 | login
    """
    assert_built("core.level_weeks", ONLY_THE_FIRST_WEEK)


@pytest.mark.parametrize(("as_of", "is_over"), [("2026-12-08", "false"), ("2026-12-09", "true")])
def test_a_week_is_mature_when_the_window_of_its_last_day_is_over(
    given, assert_built, as_of, is_over
):
    unregistered(given)
    given.as_of(as_of)
    given["core.week_contributions"] = """
        account_id | week_starts
        closed     | 2026-11-02
    """
    assert_built("core.level_weeks", f"week_starts | mature\n 2026-11-02 | {is_over}")


def test_an_account_that_a_link_names_has_links(given, assert_built):
    unregistered(given)
    given["core.week_contributions"] = """
        account_id | week_starts
        closed     | 2026-11-02
    """
    assert_built("core.level_weeks", "account_id | path | has_links\n closed | 1 | false")
    given["staging.bank_links"] = "source_code | account_id\n s1 | closed"
    assert_built("core.level_weeks", "account_id | path | has_links\n closed | 1 | true")
