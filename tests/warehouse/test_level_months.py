DAYS = "account_id | day | tier"
LEVELS = "account_id | day | level | tier | path_account_id"


def test_an_account_counts_where_it_stands_at_the_end_of_the_month(given, assert_built):
    given.as_of("2026-11-16")
    given["core.account_months"] = "month\n 2026-09-01"
    given["core.account_days"] = f"""
        {DAYS}
        wealth | 2026-09-13 | head_office
        wealth | 2026-09-30 | line
        wealth | 2026-10-31 | line
        wealth | 2026-11-15 | branch
    """
    given["core.account_levels"] = f"""
        {LEVELS}
        wealth | 2026-09-13 | tier | head_office |
        wealth | 2026-09-30 | tier | line        |
        wealth | 2026-10-31 | tier | line        |
        wealth | 2026-11-15 | tier | branch      |
    """
    assert_built(
        "core.level_months",
        """
        month      | is_complete | tier
        2026-09-01 | true        | line
        2026-10-01 | true        | line
        2026-11-01 | false       | branch
        """,
    )


def test_on_the_first_of_a_month_the_month_before_is_complete(given, assert_built):
    given.as_of("2026-11-01")
    given["core.account_months"] = "month\n 2026-10-01"
    given["core.account_days"] = f"{DAYS}\n hq | 2026-10-31 | head_office"
    given["core.account_levels"] = f"{LEVELS}\n hq | 2026-10-31 | bank | |"
    assert_built(
        "core.level_months",
        """
        month      | is_complete
        2026-10-01 | true
        """,
    )


def unregistered(given):
    given.as_of("2026-11-16")
    given["core.account_days"] = f"""
        {DAYS}
        closed | 2026-09-30 | unregistered
        closed | 2026-10-31 | unregistered
    """
    given["core.account_levels"] = f"""
        {LEVELS}
        closed | 2026-09-30 | bank | |
        closed | 2026-10-31 | bank | |
    """


def test_an_unregistered_account_has_a_place_only_while_it_has_customers(given, assert_built):
    unregistered(given)
    given["core.account_months"] = """
        month      | account_id
        2026-09-01 | hq
        2026-10-01 | closed
    """
    assert_built(
        "core.level_months",
        """
        month      | account_id
        2026-10-01 | closed
        """,
    )


def test_new_customers_of_an_unregistered_account_are_not_lost(given, assert_built):
    unregistered(given)
    given["core.account_months"] = """
        month      | account_id
        2026-09-01 | hq
    """
    given["core.new_customers"] = """
        event_id | account_id | day
        e1       | closed     | 2026-10-05
    """
    assert_built(
        "core.level_months",
        """
        month      | account_id
        2026-10-01 | closed
        """,
    )
