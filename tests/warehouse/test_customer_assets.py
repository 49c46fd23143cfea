import pytest

from tests.warehouse.people import ANNA, BEN, CARA


def test_averages_and_month_ends_are_told_side_by_side(given, assert_built):
    given["staging.bank_balances"] = f"""
        customer_token | balance_on | basis           | aum
        {ANNA}         | 2026-10-31 | month_average   | 100.00
        {ANNA}         | 2026-10-31 | point_in_time   | 250.00
        {ANNA}         | 2026-10-30 | point_in_time   | 900.00
        {BEN}          | 2026-10-31 | point_in_time   | 70.00
        {CARA}         | 2026-10-30 | point_in_time   | 70.00
        {CARA}         | 2026-10-31 | quarter_average | 70.00
    """
    given["core.month_aum"] = f"""
        customer_token | month      | aum
        {ANNA}         | 2026-10-01 | 100.00
    """
    given["core.lifecycle_months"] = f"""
        month      | customer_token | account_id
        2026-09-01 | {ANNA}         | pr
        2026-10-01 | {ANNA}         | hq
    """
    assert_built(
        "core.customer_assets",
        f"""
        month      | customer_token | account_id | aum    | point_aum | band
        2026-10-01 | {ANNA}         | hq         | 100.00 | 250.00    |
        2026-10-01 | {BEN}          | (none)     |        | 70.00     |
        """,
    )


def test_a_product_is_held_that_the_average_or_the_month_end_shows(given, assert_built):
    given["staging.bank_balances"] = f"""
        customer_token | balance_on | basis         | deposits | funds | wealth | securities
        {ANNA}         | 2026-10-31 | month_average | 10.00    | 0.01  | 0.00   |
        {ANNA}         | 2026-10-31 | point_in_time | 10.00    | 0.00  | 0.00   |
        {ANNA}         | 2026-10-15 | point_in_time | 10.00    | 0.00  | 5.00   | 5.00
    """
    assert_built(
        "core.customer_assets",
        """
        has_deposits | has_funds | has_wealth | has_insurance | has_securities
        True         | True      | False      |               |
        """,
    )


def test_a_customer_s_wealth_tier_follows_from_the_months_before(given, assert_built):
    """Gold in May, mass since: June to August below, then watched, November moved down."""
    months = [f"2026-{month:02}-01" for month in (5, 6, 7, 8, 9, 10)] + ["2027-01-01"]
    yuan = ["50000.00", *["49999.99"] * 6]
    lines = [f"{ANNA} | {month} | {aum}" for month, aum in zip(months, yuan, strict=True)]
    given["core.month_aum"] = "\n".join(
        ["customer_token | month | aum", *lines, f"{BEN} | 2026-10-01 | 6000000.00"]
    )
    given["staging.bank_balances"] = "\n".join(
        ["customer_token | balance_on | basis | aum"]
        + [f"{ANNA} | {month} | month_average | 1.00" for month in months]
        + [f"{BEN} | 2026-10-01 | month_average | 1.00"]
    )
    given.build("core.wealth_histories", "core.wealth_ratings")
    assert_built(
        "core.customer_assets",
        """
        month      | band | months_below | is_watched
        2026-05-01 | 1    | 0            | False
        2026-06-01 | 1    | 1            | False
        2026-07-01 | 1    | 2            | False
        2026-08-01 | 1    | 3            | False
        2026-09-01 | 1    | 4            | True
        2026-10-01 | 1    | 5            | True
        2026-10-01 | 4    | 0            | False
        2027-01-01 | 1    | 6            | True
        """,
    )


@pytest.mark.parametrize(
    ("aum", "band"),
    [("0.00", "0"), ("49999.99", "0"), ("50000.00", "1"), ("200000.00", "2"), ("5999999.99", "3")],
)
def test_a_band_begins_with_its_first_yuan(given, assert_built, aum, band):
    given["core.month_aum"] = f"customer_token | month | aum\n {ANNA} | 2026-10-01 | {aum}"
    assert_built("core.wealth_histories", f"history\n {band}")


def test_a_history_is_the_bands_of_all_months_or_the_one_band(given, assert_built):
    given["core.month_aum"] = f"""
        customer_token | month      | aum
        {ANNA}         | 2026-08-01 | 1.00
        {ANNA}         | 2026-09-01 | 1.00
        {ANNA}         | 2026-11-01 | 50000.00
        {BEN}          | 2026-11-01 | 500000.00
    """
    assert_built(
        "core.wealth_histories",
        f"""
        month      | customer_token | history
        2026-08-01 | {ANNA}         | 0
        2026-09-01 | {ANNA}         | 0
        2026-11-01 | {ANNA}         | 001
        2026-11-01 | {BEN}          | 3
        """,
    )


def test_moves_are_from_the_month_before(given, assert_built):
    given["core.customer_assets"] = f"""
        month      | customer_token | account_id | aum   | point_aum | band | is_watched
        2026-08-01 | {CARA}         | hq         | 10.00 | 10.00     | 2    | false
        2026-09-01 | {ANNA}         | pr         | 10.00 | 10.00     | 1    | false
        2026-09-01 | {BEN}          | hq         | 10.00 | 10.00     | 1    | true
        2026-10-01 | {ANNA}         | hq         | 20.00 |           | 1    | true
        2026-10-01 | {BEN}          | hq         | 30.00 | 35.00     | 1    | false
        2026-10-01 | {CARA}         | hq         |       | 40.00     |      |
    """
    assert_built(
        "core.asset_moves",
        """
        month      | account_id | band | from_band | customers | watched | point_customers
        2026-08-01 | hq         | 2    |           | 1         | 0       | 1
        2026-09-01 | hq         | 1    |           | 1         | 1       | 1
        2026-09-01 | pr         | 1    |           | 1         | 0       | 1
        2026-10-01 | hq         | 1    | 1         | 2         | 1       | 1
        2026-10-01 | hq         |      |           | 0         | 0       | 1
        """,
    )
