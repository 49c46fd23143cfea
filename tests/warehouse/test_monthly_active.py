import pytest


@pytest.fixture
def levels(given):
    given["core.level_months"] = """
        month      | level   | tier         | account_id | path_account_id
        2026-10-01 | bank    |              | hq         |
        2026-10-01 | bank    |              | (none)     |
        2026-10-01 | tier    | unattributed | (none)     |
        2026-10-01 | account | head_office  | hq         | hq
    """
    given["core.follower_counts"] = """
        account_id | day        | followers
        hq         | 2026-09-30 | 100
        hq         | 2026-10-20 | 400
        hq         | 2026-11-01 | 900
    """
    given["core.follower_moves"] = """
        account_id | day        | gained
        hq         | 2026-10-01 | 150
        hq         | 2026-10-31 | 50
        hq         | 2026-11-01 | 70
    """


def test_ratios_are_of_attributed_customers_to_followers(given, assert_built, levels):
    given["published.monthly_persons"] = """
        month      | level   | tier         | account_id | mau | new_customers | aum_yuan
        2026-10-01 | bank    |              |            | 90  | 30            | 9000.00
        2026-10-01 | tier    | unattributed |            | 50  | 20            | 5000.00
        2026-10-01 | account | head_office  | hq         | 40  | 10            | 4000.00
    """
    assert_built(
        "published.monthly_active",
        """
        tier         | followers | aum_per_mau | mau_per_follower | new_per_1000_gained
                     | 400       | 100         | 0.1              | 50
        head_office  | 400       | 100         | 0.1              | 50
        unattributed |           | 100         |                  |
        """,
    )


def test_what_is_withheld_does_not_come_back_in_a_ratio(given, assert_built, levels):
    given["published.monthly_persons"] = """
        month      | level   | tier         | account_id | mau | new_customers | suppressed
        2026-10-01 | bank    |              |            | 90  | 30            |
        2026-10-01 | tier    | unattributed |            |     |               | mau,new_customers
        2026-10-01 | account | head_office  | hq         |     | 10            | mau
    """
    assert_built(
        "published.monthly_active",
        """
        level   | mau | mau_per_follower | new_per_1000_gained | suppressed
        account |     |                  | 50                  | mau
        bank    | 90  |                  |                     |
        tier    |     |                  |                     | mau,new_customers
        """,
    )


def test_no_follower_counted_or_won_gives_no_ratio(given, assert_built):
    given["core.level_months"] = """
        month      | level   | tier   | account_id | path_account_id
        2026-10-01 | account | branch | east       | east
        2026-10-01 | account | branch | west       | west
    """
    given["core.follower_counts"] = "account_id | day | followers\n east | 2026-10-20 | 0"
    given["core.follower_moves"] = "account_id | day | gained\n east | 2026-10-20 | 0"
    given["published.monthly_persons"] = """
        month      | level   | tier   | account_id | mau | new_customers | aum_yuan
        2026-10-01 | account | branch | east       | 0   | 10            | 0.00
        2026-10-01 | account | branch | west       | 10  | 10            |
    """
    assert_built(
        "published.monthly_active",
        """
        account_id | followers | aum_per_mau | mau_per_follower | new_per_1000_gained
        east       | 0         |             |                  |
        west       |           |             |                  |
        """,
    )


def test_a_rate_that_is_withheld_has_no_interval_either(given, assert_built):
    """The lesser of nothing and 1 is 1 in SQL, and its interval was told."""
    given["core.level_months"] = """
        month      | level   | tier   | account_id | path_account_id
        2026-10-01 | account | branch | east       | east
    """
    given["core.follower_counts"] = "account_id | day | followers\n east | 2026-10-20 | 1000"
    given["published.monthly_persons"] = """
        month      | level   | tier   | account_id | mau | suppressed
        2026-10-01 | account | branch | east       |     | mau
    """
    assert_built(
        "published.monthly_active",
        """
        account_id | followers | mau | mau_per_follower | rate_low | rate_high | suppressed
        east       | 1000      |     |                  |          |           | mau
        """,
    )
