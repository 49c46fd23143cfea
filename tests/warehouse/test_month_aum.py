from tests.warehouse.people import ANNA, BEN


def day_ends(customer, days, aum, month="2026-02"):
    return "\n".join(
        f"{customer} | {month}-{day:02d} | point_in_time | {aum}" for day in range(1, days + 1)
    )


def test_the_average_the_bank_delivers_is_taken(given, assert_built):
    given["staging.bank_balances"] = f"""
        customer_token | balance_on | basis         | aum
        {ANNA}         | 2026-02-28 | month_average | 1234.56
        {day_ends(ANNA, 28, "9999.00")}
    """
    assert_built(
        "core.month_aum",
        f"""
        customer_token | month      | ends_on    | aum
        {ANNA}         | 2026-02-01 | 2026-02-28 | 1234.56
        """,
    )


def test_without_one_it_is_the_sum_of_all_day_ends_over_the_days(given, assert_built):
    given["staging.bank_balances"] = f"""
        customer_token | balance_on | basis         | aum
        {day_ends(ANNA, 27, "100.00")}
        {ANNA}         | 2026-02-28 | point_in_time | 2900.00
    """
    assert_built(
        "core.month_aum",
        f"""
        customer_token | month      | aum
        {ANNA}         | 2026-02-01 | 200.00
        """,
    )


def test_a_day_without_a_balance_leaves_the_average_unknown(given, assert_built):
    given["staging.bank_balances"] = f"""
        customer_token | balance_on | basis | aum
        {day_ends(ANNA, 27, "100.00")}
        {day_ends(BEN, 30, "100.00", month="2026-10")}
    """
    assert_built("core.month_aum", "customer_token")


def test_averages_of_quarters_and_years_are_no_part_of_it(given, assert_built):
    given["staging.bank_balances"] = f"""
        customer_token | balance_on | basis           | aum
        {ANNA}         | 2026-09-30 | month_average   | 100.00
        {ANNA}         | 2026-09-30 | quarter_average | 200.00
        {ANNA}         | 2026-09-30 | year_average    | 400.00
        {ANNA}         | 2026-09-30 | point_in_time   | 800.00
        {BEN}          | 2026-09-30 | quarter_average | 200.00
    """
    assert_built(
        "core.month_aum",
        f"""
        customer_token | month      | aum
        {ANNA}         | 2026-09-01 | 100.00
        """,
    )


def test_a_month_average_of_nothing_is_nothing_not_unknown(given, assert_built):
    given["staging.bank_balances"] = f"""
        customer_token | balance_on | basis         | aum
        {ANNA}         | 2026-02-28 | month_average | 0.00
    """
    assert_built(
        "core.month_aum",
        """
        month      | aum
        2026-02-01 | 0.00
        """,
    )
