from tests.warehouse.people import ANNA, BEN


def test_card_clicks_are_told_by_the_product_of_the_link_and_level(given, assert_built):
    given["core.level_weeks"] = """
        week_starts | level   | tier | account_id | path_account_id
        2026-10-05  | bank    |      | hq         |
        2026-10-05  | bank    |      | pr         |
        2026-10-05  | bank    |      | (none)     |
        2026-10-05  | account | line | hq         | hq
        2026-10-05  | account | line | pr         | pr
    """
    given["core.followed_clicks"] = f"""
        event_id | day        | account_id | customer_token | product_line | product | went_on
        c1       | 2026-10-05 | hq         | {ANNA}         | card         | gold    | 1
        c2       | 2026-10-06 | pr         | {ANNA}         | card         | gold    | 0
        c3       | 2026-10-06 | hq         | {BEN}          | card         |         | 1
        c4       | 2026-10-06 | hq         | {BEN}          | wealth       | fund    | 1
        c5       | 2026-10-06 | (none)     | {BEN}          | card         | gold    | 1
        c6       | 2026-10-06 | hq         |                | card         | gold    | 0
    """
    assert_built(
        "published.card_products",
        """
        product  | level   | account_id | clicks | clickers | applicants
        gold     | bank    |            | 3      | 1        | 1
        gold     | account | hq         | 2      | 1        | 1
        gold     | account | pr         | 1      | 1        | 0
        (未注明) | bank    |            | 1      | 1        | 1
        (未注明) | account | hq         | 1      | 1        | 1
        """,
    )
