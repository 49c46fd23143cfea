from tests.warehouse.people import ANNA, BEN


def test_card_clicks_are_told_by_the_product_of_the_link(given, assert_built):
    given["core.level_weeks"] = """
        week_starts | level   | account_id
        2026-10-05  | bank    | hq
        2026-10-05  | bank    | (none)
        2026-10-05  | account | hq
    """
    given["core.followed_clicks"] = f"""
        event_id | day        | account_id | customer_token | product_line | product
        c1       | 2026-10-05 | hq         | {ANNA}         | card         | gold
        c2       | 2026-10-06 | hq         | {ANNA}         | card         | gold
        c3       | 2026-10-06 | hq         | {BEN}          | card         |
        c4       | 2026-10-06 | hq         | {BEN}          | wealth       | fund
        c5       | 2026-10-06 | (none)     | {BEN}          | card         | gold
    """
    assert_built(
        "published.card_products",
        """
        product  | clicks | clickers
        gold     | 2      | 1
        (未注明) | 1      | 1
        """,
    )
