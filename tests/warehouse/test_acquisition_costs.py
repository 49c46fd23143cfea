"""What arrivals, new customers and their AUM cost, by month and level."""

import pytest

from tests.warehouse.people import ANNA, BEN, CARA, DORA


@pytest.fixture
def places(given):
    """Two months of an account of head office, and nobody's."""
    given.as_of("2026-11-16")
    lines = ["month | level | tier | unit_id | account_id | path_account_id | is_complete"]
    for month in ("2026-09-01", "2026-10-01"):
        lines += [f"{month} | bank | | | {account} | | true" for account in ("hq", "(none)")]
        lines += [
            f"{month} | tier | head_office | | hq | | true",
            f"{month} | tier | unattributed | | (none) | | true",
            f"{month} | account | head_office | press | hq | hq | true",
        ]
    given["core.level_months"] = "\n".join(lines)
    given["core.account_months"] = "month | account_id\n 2026-09-01 | hq\n 2026-10-01 | hq"


COUNTS = "month | level | tier | spend_yuan | arrivals | new_customers | aum_yuan"


@pytest.mark.usefixtures("places")
def test_spend_arrivals_and_new_customers_count_at_each_level(given, assert_built):
    given["staging.bank_spend"] = """
        spend_id | spent_on   | account_id | amount_yuan
        s1       | 2026-09-01 | hq         | 900.50
        s2       | 2026-09-30 | hq         | -100.00
        s3       | 2026-10-01 | hq         | 40.00
        s4       | 2026-10-02 | elsewhere  | 7.00
    """
    given["core.arrivals"] = f"""
        customer_token | day        | account_id | is_coded
        {ANNA}         | 2026-09-02 | hq         | true
        {ANNA}         | 2026-09-03 | hq         | true
        {ANNA}         | 2026-10-03 | hq         | true
        {BEN}          | 2026-09-03 | (none)     | false
    """
    given["core.new_customers"] = f"""
        customer_token | day        | account_id
        {ANNA}         | 2026-09-02 | hq
        {BEN}          | 2026-09-30 | (none)
        {CARA}         | 2026-10-01 | hq
        {DORA}         | 2026-09-02 | hq
    """
    given["core.month_aum"] = f"""
        customer_token | month      | aum
        {ANNA}         | 2026-09-01 | 5000.00
        {ANNA}         | 2026-10-01 | 1000.00
        {BEN}          | 2026-10-01 | 300.00
        {CARA}         | 2026-11-01 | 70000.00
    """
    given.build("core.balanced_months")
    assert_built(
        "published.acquisition_counts",
        f"""
        {COUNTS}
        2026-09-01 | account | head_office  | 800.50 | 1 | 2 | 1000.00
        2026-09-01 | bank    |              | 800.50 | 1 | 3 | 1300.00
        2026-09-01 | tier    | head_office  | 800.50 | 1 | 2 | 1000.00
        2026-09-01 | tier    | unattributed |        |   | 1 | 300.00
        2026-10-01 | account | head_office  | 40.00  | 1 | 1 |
        2026-10-01 | bank    |              | 40.00  | 1 | 1 |
        2026-10-01 | tier    | head_office  | 40.00  | 1 | 1 |
        2026-10-01 | tier    | unattributed |        |   | 0 |
        """,
    )


def test_costs_are_of_those_whom_an_account_won(given, assert_built):
    given["published.acquisition_counts"] = f"""
        {COUNTS}
        2026-09-01 | account | head_office  | 1000.00 | 30 | 20 | 500000.00
        2026-09-01 | bank    |              | 1000.00 | 30 | 50 | 900000.00
        2026-09-01 | tier    | unattributed |         |    | 30 | 400000.00
        2026-10-01 | bank    |              | 1000.00 | 0  | 40 |
        2026-10-01 | tier    | unattributed |         |    |    |
        2026-10-01 | account | head_office  |         | 30 |    |
    """
    assert_built(
        "published.acquisition_costs",
        """
        month      | level   | new_customers | aum_yuan  | yuan_per_arrival | cac_yuan | yuan_per_10k_aum
        2026-09-01 | account | 20            | 500000.00 | 33.33            | 50.00    | 20.00
        2026-09-01 | bank    | 20            | 500000.00 | 33.33            | 50.00    | 20.00
        2026-10-01 | account |               |           |                  |          |
        2026-10-01 | bank    |               |           |                  |          |
        """,  # noqa: E501 - a table
    )


def test_an_account_out_of_the_register_that_is_paid_for_stands_among_the_unregistered(
    given, assert_built
):
    given["staging.bank_spend"] = "spend_id | spent_on | account_id\n s1 | 2026-10-02 | elsewhere"
    given.build("core.account_days")
    found = given.connection.execute(
        "select distinct tier from core.account_days where account_id = 'elsewhere'"
    ).fetchall()
    assert found == [("unregistered",)]
