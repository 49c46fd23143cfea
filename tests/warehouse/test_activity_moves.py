from tests.warehouse.people import ANNA, BEN, CARA


def test_customers_of_a_day_are_counted_at_each_level_by_their_next_day_there(given, assert_built):
    given["core.account_levels"] = """
        account_id | day        | level   | tier         | unit_id | path_account_id
        hq         | 2026-10-01 | bank    |              |         |
        hq         | 2026-10-01 | tier    | head_office  |         |
        hq         | 2026-10-01 | unit    | head_office  | press   |
        hq         | 2026-10-01 | account | head_office  | press   | hq
        (none)     | 2026-10-01 | bank    |              |         |
        (none)     | 2026-10-01 | tier    | unattributed |         |
    """
    given["core.active_spans"] = f"""
        customer_token | day | account_id | bank_again | tier_again | unit_again | account_again
        {ANNA} | 2026-10-01 | hq     | 2026-10-02 | 2026-10-03 | 2026-10-04 |
        {BEN}  | 2026-10-01 | (none) | 2026-10-02 |            |            |
        {CARA} | 2026-10-01 | hq     |            |            |            |
    """
    assert_built(
        "core.activity_moves",
        """
        day        | level   | tier         | unit_id | account_id | again_on   | customers
        2026-10-01 | bank    |              |         |            | 2026-10-02 | 2
        2026-10-01 | bank    |              |         |            |            | 1
        2026-10-01 | tier    | head_office  |         |            | 2026-10-03 | 1
        2026-10-01 | tier    | head_office  |         |            |            | 1
        2026-10-01 | tier    | unattributed |         |            |            | 1
        2026-10-01 | unit    | head_office  | press   |            | 2026-10-04 | 1
        2026-10-01 | unit    | head_office  | press   |            |            | 1
        2026-10-01 | account | head_office  | press   | hq         |            | 2
        """,
    )
