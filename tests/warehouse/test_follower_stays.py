"""How many of a week's followers are still there, judged by losses beyond the usual."""

import datetime as dt

import pytest

MONDAY = dt.date(2026, 8, 31)


@pytest.fixture
def losing(given):
    """Draw weeks of an account: what it loses on each day of them, and 30 won a week."""

    def draw(*weekly, account="hq"):
        lines = []
        for week, lost in enumerate(weekly):
            for day in range(7):
                at = MONDAY + dt.timedelta(days=7 * week + day)
                lines.append(f"{account} | {at} | {30 if day == 2 else 0} | {lost}")
        given["core.follower_moves"] = "account_id | day | gained | lost\n" + "\n".join(lines)
        mondays = [MONDAY + dt.timedelta(days=7 * week) for week in range(len(weekly))]
        frame = "\n".join(f"{monday} | {account} | account" for monday in mondays)
        given["core.level_weeks"] = f"week_starts | account_id | level\n{frame}"
        given.as_of("2026-11-16")

    return draw


def test_losses_beyond_the_median_week_are_those_who_had_just_come(given, assert_built, losing):
    """Usually 7 a week, so 30 in 30 days; after 2026-10-05 it is 14 a week for four, then 7."""
    losing(1, 1, 1, 9, 1, 1, 2, 2, 2, 2, 1)
    given["core.post_themes"] = """
        post_id | account_id | published_on | selling_form
        a       | hq         | 2026-10-06   | activity_benefit
        b       | hq         | 2026-09-01   | product_placement
        c       | east       | 2026-09-01   | activity_benefit
    """
    assert_built(
        "core.follower_stays",
        """
        week_starts | is_giveaway | gained | usual_lost | lost_after | excess_lost | missing
        2026-08-31  | false       | 30     |            | 86         |             | other_giveaway
        2026-09-07  | false       | 30     |            | 88         |             | other_giveaway
        2026-09-14  | false       | 30     |            | 95         |             | other_giveaway
        2026-09-21  | false       | 30     |            | 46         |             | other_giveaway
        2026-09-28  | false       | 30     |            | 53         |             | other_giveaway
        2026-10-05  | true        | 30     | 7          | 58         | 28          |
        2026-10-12  | false       | 30     | 7          |            |             | young
        2026-10-19  | false       | 30     | 7          |            |             | young
        2026-10-26  | false       | 30     | 7          |            |             | young
        2026-11-02  | false       | 30     | 10.5       |            |             | young
        2026-11-09  | false       | 30     | 14         |            |             | young
        """,
    )


def test_weeks_without_losses_or_with_few_weeks_before_them_tell_nothing(
    given, assert_built, losing
):
    losing(1, 1, 1, 1, 1, 1, "", 1, 1, 1, 1)
    assert_built(
        "core.follower_stays",
        """
        week_starts | lost_after | excess_lost | missing
        2026-08-31  | 30         |             | few_weeks
        2026-09-07  |            |             | no_losses
        2026-09-14  |            |             | no_losses
        2026-09-21  |            |             | no_losses
        2026-09-28  |            |             | no_losses
        2026-10-05  |            |             | no_losses
        2026-10-12  |            |             | young
        2026-10-19  |            |             | young
        2026-10-26  |            |             | young
        2026-11-02  |            |             | young
        2026-11-09  |            |             | young
        """,
    )


def test_a_week_that_is_only_partly_exported_is_no_week(given, assert_built, losing):
    losing(1, 1)
    given.connection.execute("delete from core.follower_moves where day = '2026-09-09'")
    assert_built("core.follower_stays", "week_starts\n 2026-08-31")


def test_the_rate_is_between_nobody_and_everybody(given, assert_built):
    given["core.level_weeks"] = """
        week_starts | week     | account_id | level   | path_account_id
        2026-08-31  | 2026-W36 | hq         | account | hq
        2026-09-07  | 2026-W37 | hq         | account | hq
        2026-09-14  | 2026-W38 | hq         | account | hq
        2026-09-21  | 2026-W39 | hq         | account | hq
    """
    given["core.follower_stays"] = """
        week_starts | account_id | is_giveaway | gained | excess_lost | missing
        2026-08-31  | hq         | true        | 40     | 10          |
        2026-09-07  | hq         | false       | 40     | -6          |
        2026-09-14  | hq         | false       | 40     | 50          |
        2026-09-21  | hq         | false       | 40     |             | young
    """
    given["published.attribution"] = """
        week_starts | kind             | level   | account_id | last_customers
        2026-08-31  | new_customer     | account | hq         | 12
        2026-09-07  | card_application | account | hq         | 15
        2026-09-07  | new_customer     | bank    |            | 20
    """
    assert_built(
        "published.follower_quality",
        """
        week     | is_giveaway | gained | stay_rate | stay_missing | new_customers
        2026-W36 | true        | 40     | 0.75      |              | 12
        2026-W37 | false       | 40     | 1         |              |
        2026-W38 | false       | 40     | 0         |              |
        2026-W39 | false       | 40     |           | young        |
        """,
    )


@pytest.fixture
def two_accounts(given):
    given["core.level_weeks"] = """
        week_starts | account_id | level   | tier   | path_account_id
        2026-08-31  | hq         | bank    |        |
        2026-08-31  | hq         | account | branch | hq
        2026-09-07  | hq         | bank    |        |
        2026-09-07  | hq         | account | branch | hq
        2026-08-31  | east       | bank    |        |
    """
    given["core.follower_stays"] = """
        week_starts | account_id | is_giveaway | gained | excess_lost
        2026-08-31  | hq         | true        | 40     | 10
        2026-09-07  | hq         | false       | 10     | -6
        2026-08-31  | east       | false       | 30     | 12
    """


def test_giveaway_weeks_stand_beside_ordinary_ones_at_each_level(given, assert_built, two_accounts):
    """Losses are added up before they are a rate: 30 + 10 followers, 12 - 6 of them gone."""
    given.parameters(small_cell=2)
    given["core.new_customers"] = """
        customer_token                       | account_id | day
        00000000-0000-0000-0000-000000000001 | hq         | 2026-09-01
        00000000-0000-0000-0000-000000000002 | hq         | 2026-09-06
        00000000-0000-0000-0000-000000000003 | east       | 2026-09-06
        00000000-0000-0000-0000-000000000004 | hq         | 2026-09-07
        00000000-0000-0000-0000-000000000005 | (none)     | 2026-09-07
    """
    assert_built(
        "published.giveaway_weeks",
        """
        level   | giveaway_weeks | giveaway_stay_rate | giveaway_customers | giveaway_per_1000
        bank    | 1              | 0.75               | 2                  | 50
        account | 1              | 0.75               | 2                  | 50
        """,
    )
    assert_built(
        "published.giveaway_weeks",
        """
        level   | ordinary_weeks | ordinary_stay_rate | ordinary_customers | ordinary_per_1000
        bank    | 2              | 0.85               | 2                  | 50
        account | 1              | 1                  | 1                  | 100
        """,
    )


def test_customers_of_weeks_that_the_feed_does_not_reach_are_unknown(
    given, assert_built, two_accounts
):
    given["core.feed_gaps"] = "week_starts | is_partly_known\n 2026-08-31 | false"
    assert_built(
        "published.giveaway_weeks",
        """
        level   | giveaway_customers | giveaway_per_1000 | ordinary_customers | ordinary_per_1000
        bank    |                    |                   | 0                  | 0
        account |                    |                   | 0                  | 0
        """,
    )
