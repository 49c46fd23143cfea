import pytest

from tests.warehouse.people import ANNA, BEN

LEVELS = "week | week_starts | path | level | tier | unit_id | account_id | path_account_id"


def place(account, tier, path, week="2026-W41", monday="2026-10-05"):
    start = f"{week} | {monday}"
    return f"""
        {start} | 1          | bank    |        |   | {account} |
        {start} | {path}     | tier    | {tier} |   | {account} |
        {start} | {path + 1} | unit    | {tier} | u | {account} |
        {start} | {path + 2} | account | {tier} | u | {account} | {account}
    """


@pytest.fixture
def two_tiers(given):
    given["core.level_weeks"] = f"""
        {LEVELS}
        {place("hq", "head_office", 2)}
        {place("east", "branch", 5)}
    """


@pytest.fixture
def assert_shown(given, assert_built):
    """Build the funnel and compare the rows of a few stages."""

    def check(stages, drawing):
        given.connection.execute(
            "delete from core.stages where stage not in (select unnest(?::varchar[]))", [stages]
        )
        given.build("core.place_weeks", "published.weekly_persons")
        assert_built("published.weekly_funnel", drawing)

    return check


def test_a_customer_of_two_tiers_is_counted_once_at_the_bank(given, assert_shown, two_tiers):
    given["core.arrival_chains"] = f"""
        event_id | customer_token | account_id | day        | depth
        a1       | {ANNA}         | hq         | 2026-10-05 | 1
        a2       | {ANNA}         | east       | 2026-10-11 | 2
        a3       | {BEN}          | east       | 2026-10-06 | 1
    """
    assert_shown(
        ["arrival", "new_customer"],
        """
        level   | tier        | account_id | stage        | persons
        bank    |             |            | arrival      | 2
        tier    | head_office |            | arrival      | 1
        tier    | branch      |            | arrival      | 2
        unit    | head_office |            | arrival      | 1
        unit    | branch      |            | arrival      | 2
        account | head_office | hq         | arrival      | 1
        account | branch      | east       | arrival      | 2
        bank    |             |            | new_customer | 1
        tier    | head_office |            | new_customer | 0
        tier    | branch      |            | new_customer | 1
        unit    | head_office |            | new_customer | 0
        unit    | branch      |            | new_customer | 1
        account | head_office | hq         | new_customer | 0
        account | branch      | east       | new_customer | 1
        """,
    )


def test_the_deepest_chain_of_a_customer_in_the_week_counts(given, assert_shown):
    given["core.level_weeks"] = f"{LEVELS}\n 2026-W41 | 2026-10-05 | 1 | bank | | | hq |"
    given["core.arrival_chains"] = f"""
        event_id | customer_token | account_id | day        | depth
        a1       | {ANNA}         | hq         | 2026-10-05 | 1
        a2       | {ANNA}         | hq         | 2026-10-06 | 3
        a3       | {ANNA}         | hq         | 2026-10-12 | 5
    """
    assert_shown(
        ["arrival", "new_customer", "active", "asset", "subscription"],
        """
        stage_order | persons
        6           | 1
        7           | 1
        8           | 1
        9           | 0
        10          | 0
        """,
    )


def test_arrivals_without_a_code_have_a_row_of_their_own(given, assert_shown):
    given["core.level_weeks"] = f"""
        {LEVELS}
        2026-W41 | 2026-10-05 | 1 | bank |              | | (none) |
        2026-W41 | 2026-10-05 | 2 | tier | unattributed | | (none) |
    """
    given["core.arrival_chains"] = f"""
        event_id | customer_token | account_id | day        | depth
        a1       | {ANNA}         | (none)     | 2026-10-05 | 1
    """
    assert_shown(
        ["arrival", "read"],
        """
        level | tier         | stage   | persons
        bank  |              | arrival | 1
        tier  | unattributed | arrival | 1
        """,
    )


def test_a_stage_no_export_carries_is_unknown_at_every_level(given, assert_shown, two_tiers):
    given["core.account_weeks"] = """
        account_id | week_starts | stage    | total | is_complete | estimated
        hq         | 2026-10-05  | exposure | 0     | true        | false
        hq         | 2026-10-05  | read     | 40    | true        | true
        east       | 2026-10-05  | read     | 2     | false       | false
    """
    assert_shown(
        ["exposure", "read"],
        """
        level   | tier        | stage    | total | accounts_reporting | estimated | complete
        bank    |             | exposure | 0     | 1                  | false     | true
        tier    | head_office | exposure | 0     | 1                  | false     | true
        tier    | branch      | exposure |       | 0                  | false     | true
        unit    | head_office | exposure | 0     | 1                  | false     | true
        unit    | branch      | exposure |       | 0                  | false     | true
        account | head_office | exposure | 0     | 1                  | false     | true
        account | branch      | exposure |       | 0                  | false     | true
        bank    |             | read     | 42    | 2                  | true      | false
        tier    | head_office | read     | 40    | 1                  | true      | true
        tier    | branch      | read     | 2     | 1                  | false     | false
        unit    | head_office | read     | 40    | 1                  | true      | true
        unit    | branch      | read     | 2     | 1                  | false     | false
        account | head_office | read     | 40    | 1                  | true      | true
        account | branch      | read     | 2     | 1                  | false     | false
        """,
    )


def test_no_click_on_a_link_is_zero_and_no_link_is_unknown(given, assert_shown):
    given["core.level_weeks"] = f"""
        {LEVELS} | has_links
        2026-W41 | 2026-10-05 | 1 | account | branch | u | east | east | true
        2026-W41 | 2026-10-05 | 2 | account | branch | u | west | west | false
    """
    assert_shown(
        ["click"],
        """
        account_id | total
        east       | 0
        west       |
        """,
    )


def test_arrivals_are_mature_at_once_and_what_follows_them_with_their_week(given, assert_shown):
    given["core.level_weeks"] = f"""
        {LEVELS} | mature
        2026-W41 | 2026-10-05 | 1 | bank | | | hq | | true
        2026-W42 | 2026-10-12 | 1 | bank | | | hq | | false
    """
    given["core.arrival_chains"] = f"""
        event_id | customer_token | account_id | day        | depth
        a1       | {ANNA}         | hq         | 2026-10-05 | 1
        a2       | {ANNA}         | hq         | 2026-10-12 | 1
    """
    assert_shown(
        ["arrival", "active"],
        """
        week_starts | stage   | mature
        2026-10-05  | active  | true
        2026-10-05  | arrival | true
        2026-10-12  | active  | false
        2026-10-12  | arrival | true
        """,
    )


def test_the_bridge_is_the_share_of_arrivals_with_a_registered_code(given, assert_shown):
    given["core.level_weeks"] = f"{LEVELS}\n 2026-W41 | 2026-10-05 | 1 | bank | | | hq |"
    given["core.arrivals"] = """
        event_id | day        | is_coded
        a1       | 2026-10-05 | true
        a2       | 2026-10-11 | false
        a3       | 2026-10-11 | false
        a4       | 2026-10-11 | false
        a5       | 2026-10-12 | true
    """
    assert_shown(
        ["arrival"],
        """
        stage   | bridge
        arrival | 0.25
        """,
    )
