"""The weekly funnel by platform: counts of accounts, customers distinct on the platform."""

import pytest

from tests.warehouse.people import ANNA, BEN

PLACE = "week_starts | account_id | level | tier | unit_id | platform | path_account_id"


def account(name, tier, platform):
    return f"""
        2026-10-05 | {name} | bank    |        |   |            |
        2026-10-05 | {name} | tier    | {tier} |   |            |
        2026-10-05 | {name} | unit    | {tier} | u |            |
        2026-10-05 | {name} | account | {tier} | u | {platform} | {name}
    """


@pytest.fixture
def three_accounts(given):
    given["core.level_weeks"] = f"""
        {PLACE}
        {account("hq", "head_office", "douyin")}
        {account("east", "branch", "douyin")}
        {account("west", "branch", "weibo")}
    """


def test_a_customer_of_two_tiers_is_counted_once_on_their_platform(
    given, assert_built, three_accounts
):
    given["core.stages"] = "stage | stage_order | depth\narrival | 6 | 1"
    given["core.arrival_chains"] = f"""
        event_id | customer_token | account_id | day        | depth
        a1       | {ANNA}         | hq         | 2026-10-05 | 1
        a2       | {ANNA}         | east       | 2026-10-11 | 1
        a3       | {BEN}          | east       | 2026-10-06 | 1
        a4       | {BEN}          | west       | 2026-10-06 | 1
    """
    given.build("core.place_weeks", "published.weekly_persons")
    assert_built(
        "published.platform_funnel",
        """
        level         | tier        | platform | stage   | persons
        platform      |             | douyin   | arrival | 2
        platform      |             | weibo    | arrival | 1
        tier_platform | branch      | douyin   | arrival | 2
        tier_platform | branch      | weibo    | arrival | 1
        tier_platform | head_office | douyin   | arrival | 1
        """,
    )


def test_counts_are_sums_of_the_accounts_that_report(given, assert_built):
    given["published.weekly_funnel"] = """
        level   | tier        | platform | stage | total | accounts | accounts_reporting | complete
        account | head_office | douyin   | read  | 40    | 1        | 1                  | true
        account | branch      | douyin   | read  | 2     | 1        | 1                  | false
        account | branch      | douyin   | read  |       | 1        | 0                  | true
        account | branch      | weibo    | read  |       | 1        | 0                  | true
        tier    | branch      |          | read  | 2     | 3        | 1                  | false
    """
    given.connection.execute("update published.weekly_funnel set stage_order = 1")
    assert_built(
        "published.platform_funnel",
        """
        tier        | platform | total | accounts | accounts_reporting | complete
                    | douyin   | 42    | 3        | 2                  | false
                    | weibo    |       | 1        | 0                  | true
        branch      | douyin   | 2     | 2        | 1                  | false
        branch      | weibo    |       | 1        | 0                  | true
        head_office | douyin   | 40    | 1        | 1                  | true
        """,
    )


def test_a_platform_withheld_stays_withheld(given, assert_built):
    given["published.weekly_persons"] = """
        week_starts | level    | platform | stage   | persons | suppressed
        2026-10-05  | platform | douyin   | arrival |         | persons
        2026-10-05  | platform | weibo    | arrival | 40      |
        2026-10-05  | bank     |          | arrival | 49      |
    """
    assert_built(
        "published.platform_funnel",
        """
        platform | persons | suppressed
        douyin   |         | persons
        weibo    | 40      |
        """,
    )
