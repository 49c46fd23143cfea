from tests.warehouse.people import ANNA, BEN, CARA, DORA


def test_customers_are_counted_by_where_they_were_and_where_they_are(given, assert_built):
    given["core.customer_months"] = f"""
        month      | customer_token | account_id | is_first_month
        2025-12-01 | {ANNA}         | hq         | true
        2025-12-01 | {BEN}          | hq         | true
        2025-12-01 | {CARA}         | cards      | true
        2026-01-01 | {ANNA}         | hq         | false
        2026-01-01 | {BEN}          | cards      | false
        2026-01-01 | {DORA}         | hq         | true
        2026-02-01 | {CARA}         | cards      | false
    """
    assert_built(
        "core.account_month_moves",
        """
        month      | before_account_id | account_id | is_first_month | customers
        2025-12-01 |                   | cards      | true           | 1
        2025-12-01 |                   | hq         | true           | 2
        2026-01-01 |                   | hq         | true           | 1
        2026-01-01 | cards             |            | false          | 1
        2026-01-01 | hq                | cards      | false          | 1
        2026-01-01 | hq                | hq         | false          | 1
        2026-02-01 |                   | cards      | false          | 1
        2026-02-01 | cards             |            | false          | 1
        2026-02-01 | hq                |            | false          | 2
        """,
    )
