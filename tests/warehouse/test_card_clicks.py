from tests.warehouse.people import ANNA, BEN

LEVELS = "week_starts | path | level | tier | account_id | path_account_id"


def test_a_click_is_not_a_person_and_a_person_counts_once(given, assert_built):
    given["core.level_weeks"] = f"""
        {LEVELS}
        2026-10-05 | 1 | bank    |        | hq     |
        2026-10-05 | 1 | bank    |        | east   |
        2026-10-05 | 1 | bank    |        | (none) |
        2026-10-05 | 2 | account | branch | east   | east
    """
    given["core.followed_clicks"] = f"""
        event_id | day        | account_id | customer_token | product_line | went_on
        c1       | 2026-10-05 | hq         | {ANNA}         | card         | 0
        c2       | 2026-10-11 | east       | {ANNA}         | card         | 1
        c3       | 2026-10-11 | east       | {ANNA}         | card         | 0
        c4       | 2026-10-06 | east       | {BEN}          | card         | 0
        c5       | 2026-10-06 | east       |                | card         | 0
        c6       | 2026-10-06 | east       | {BEN}          | wealth       | 1
        c7       | 2026-10-12 | east       | {BEN}          | card         | 1
        c8       | 2026-10-06 | (none)     | {BEN}          | card         | 1
    """
    given["published.weekly_funnel"] = """
        week_starts | level   | tier   | account_id | stage | total
        2026-10-05  | account | branch | east       | read  | 2000
        2026-10-05  | account | branch | east       | click | 9
    """
    assert_built(
        "published.card_clicks",
        """
        level   | clicks | clickers | applicants | applicant_rate | reads | clicks_per_1000_reads
        account | 4      | 2        | 1          | 0.5            | 2000  | 2
        bank    | 5      | 2        | 1          | 0.5            |       |
        """,
    )


def test_no_clicker_and_no_read_give_no_rate(given, assert_built):
    given["core.level_weeks"] = f"{LEVELS}\n 2026-10-05 | 1 | account | branch | east | east"
    given["published.weekly_funnel"] = """
        week_starts | level   | tier   | account_id | stage | total
        2026-10-05  | account | branch | east       | read  | 0
    """
    assert_built(
        "published.card_clicks",
        """
        clicks | clickers | applicants | applicant_rate | rate_low | clicks_per_1000_reads
        0      | 0        | 0          |                |          |
        """,
    )


def test_of_few_clicks_nobody_is_told_whether_a_known_customer_was_among_them(given, assert_built):
    """Else one click beside withheld clickers says that there was one, as 0 would be shown."""
    given.parameters(small_cell=3)
    given["core.level_weeks"] = f"""
        {LEVELS}
        2026-10-05 | 1 | account | branch | hq   | hq
        2026-10-05 | 2 | account | branch | east | east
        2026-10-05 | 3 | account | branch | west | west
        2026-10-05 | 4 | account | branch | none | none
    """
    given["core.followed_clicks"] = f"""
        event_id | day        | account_id | customer_token | product_line | went_on
        c1       | 2026-10-05 | hq         | {ANNA}         | card         | 0
        c2       | 2026-10-05 | east       |                | card         | 0
        c3       | 2026-10-05 | west       | {ANNA}         | card         | 0
        c4       | 2026-10-05 | west       |                | card         | 0
        c5       | 2026-10-05 | west       |                | card         | 0
    """
    assert_built(
        "published.card_clicks",
        """
        account_id | clicks | suppressed
        east       | 1      | clickers
        hq         | 1      | clickers
        none       | 0      |
        west       | 3      |
        """,
    )
