"""Who reached the threshold of assets for the first time, and still does."""

from tests.warehouse.people import ANNA, BEN, CARA


def test_a_cohort_is_of_the_first_month_that_reaches_and_of_its_account(given, assert_built):
    given["core.customer_assets"] = f"""
        month      | customer_token | account_id | aum
        2026-06-01 | {ANNA}         | hq         | 999.99
        2026-07-01 | {ANNA}         | hq         | 1000.00
        2026-08-01 | {ANNA}         | cards      | 10.00
        2026-09-01 | {ANNA}         | cards      |
        2026-10-01 | {ANNA}         | cards      | 2000.00
        2026-11-01 | {ANNA}         | cards      | 2000.00
        2026-06-01 | {BEN}          | hq         | 5000.00
        2026-07-01 | {BEN}          | hq         | 5000.00
        2026-10-01 | {CARA}         | (none)     | 5000.00
    """
    assert_built(
        "core.asset_stays",
        """
        cohort_starts | age | account_id | compared | kept
        2026-07-01    | 0   | hq         | 1        | 1
        2026-07-01    | 1   | hq         | 1        | 0
        2026-07-01    | 3   | hq         | 1        | 1
        2026-10-01    | 0   | (none)     | 1        | 1
        """,
    )
