"""What the bank delivers: which row counts, whose rows count, and up to which day."""

import pytest

from tests.warehouse.people import ANNA, BEN, CARA


@pytest.fixture
def consented(given):
    given["staging.consented_customers"] = f"""
        customer_token
        {ANNA}
        {BEN}
    """


def test_an_event_delivered_again_restates_it(given, assert_built):
    given["lake.bank_events"] = """
        event_id | occurred_at         | exported_at         | cooling_off | amount
        e1       | 2026-11-02 01:00:00 | 2026-11-03 06:00:00 | pending     | 500.00
        e1       | 2026-11-02 01:00:00 | 2026-11-18 06:00:00 | withdrawn   | 700.00
        e2       | 2026-11-02 02:00:00 | 2026-11-03 06:00:00 | pending     | 900.00
    """
    assert_built(
        "staging.bank_events",
        """
        event_id | cooling_off | amount
        e1       | withdrawn   | 700.00
        e2       | pending     | 900.00
        """,
    )


def test_within_one_delivery_the_status_furthest_on_counts(given, assert_built):
    given["lake.bank_events"] = """
        event_id | occurred_at         | exported_at         | source_line | cooling_off
        e1       | 2026-11-02 01:00:00 | 2026-11-03 06:00:00 | 2           | confirmed
        e1       | 2026-11-02 01:00:00 | 2026-11-03 06:00:00 | 3           | withdrawn
        e1       | 2026-11-02 01:00:00 | 2026-11-03 06:00:00 | 4           | pending
        e2       | 2026-11-02 01:00:00 | 2026-11-03 06:00:00 | 5           | pending
        e2       | 2026-11-02 01:00:00 | 2026-11-03 06:00:00 | 6           | confirmed
    """
    assert_built(
        "staging.bank_events",
        """
        event_id | cooling_off
        e1       | withdrawn
        e2       | confirmed
        """,
    )


def test_a_day_of_the_bank_turns_at_16_utc(given, assert_built):
    given["lake.bank_events"] = """
        event_id | occurred_at
        e1       | 2026-10-31 15:59:59
        e2       | 2026-10-31 16:00:00
    """
    assert_built(
        "staging.bank_events",
        """
        event_id | day
        e1       | 2026-10-31
        e2       | 2026-11-01
        """,
    )


def test_events_of_the_run_s_own_day_wait_for_the_next_run(given, assert_built):
    given.as_of("2026-11-16")
    given["lake.bank_events"] = """
        event_id | occurred_at
        e1       | 2026-11-15 15:59:59
        e2       | 2026-11-15 16:00:00
    """
    assert_built(
        "staging.bank_events",
        """
        event_id | day
        e1       | 2026-11-15
        """,
    )


def test_events_of_customers_without_consent_are_left_out(given, assert_built, consented):
    given["lake.bank_events"] = f"""
        event_id | occurred_at         | customer_token
        e1       | 2026-11-02 01:00:00 | {ANNA}
        e2       | 2026-11-02 01:00:00 | {CARA}
        e3       | 2026-11-02 01:00:00 |
    """
    assert_built(
        "staging.bank_events",
        f"""
        event_id | customer_token
        e1       | {ANNA}
        e3       |
        """,
    )


def test_an_amount_without_a_currency_is_in_yuan(given, assert_built):
    given["lake.bank_events"] = """
        event_id | occurred_at         | currency
        e1       | 2026-11-02 01:00:00 |
        e2       | 2026-11-02 01:00:00 | USD
    """
    assert_built(
        "staging.bank_events",
        """
        event_id | currency
        e1       | CNY
        e2       | USD
        """,
    )


def test_each_basis_of_a_balance_is_a_row_of_its_own(given, assert_built, consented):
    given["lake.bank_balances"] = f"""
        customer_token | balance_on | basis         | aum
        {ANNA}         | 2026-10-31 | point_in_time | 3000.00
        {ANNA}         | 2026-10-31 | month_average | 2000.00
    """
    assert_built(
        "staging.bank_balances",
        """
        balance_on | basis         | aum
        2026-10-31 | month_average | 2000.00
        2026-10-31 | point_in_time | 3000.00
        """,
    )


def test_of_a_balance_the_latest_delivery_counts(given, assert_built, consented):
    given["lake.bank_balances"] = f"""
        customer_token | balance_on | basis         | exported_at         | aum
        {ANNA}         | 2026-10-31 | point_in_time | 2026-11-02 06:00:00 | 3000.00
        {ANNA}         | 2026-10-31 | point_in_time | 2026-11-01 06:00:00 | 1000.00
    """
    assert_built(
        "staging.bank_balances",
        """
        balance_on | aum
        2026-10-31 | 3000.00
        """,
    )


def test_balances_end_the_day_before_the_run_and_need_consent(given, assert_built, consented):
    given.as_of("2026-11-16")
    given["lake.bank_balances"] = f"""
        customer_token | balance_on | basis         | aum
        {ANNA}         | 2026-11-15 | point_in_time | 10.00
        {ANNA}         | 2026-11-16 | point_in_time | 20.00
        {CARA}         | 2026-11-15 | point_in_time | 30.00
    """
    assert_built(
        "staging.bank_balances",
        f"""
        customer_token | balance_on
        {ANNA}         | 2026-11-15
        """,
    )


def test_customers_without_consent_are_still_known(given, assert_built):
    given["staging.bank_event_people"] = f"""
        month      | customer_token
        2026-10-01 | {ANNA}
        2026-11-01 | {ANNA}
    """
    given["staging.bank_balance_people"] = f"""
        month      | customer_token
        2026-11-01 | {ANNA}
        2026-11-01 | {CARA}
    """
    assert_built(
        "staging.known_customers",
        f"""
        customer_token
        {ANNA}
        {CARA}
        """,
    )


def test_whom_events_and_balances_speak_of_is_known_once_a_month_without_consent(
    given, assert_built
):
    given["staging.consented_customers"] = "customer_token"
    given["lake.bank_events"] = f"""
        event_id | customer_token | occurred_at
        e1       | {ANNA}         | 2026-10-31 15:59:59
        e2       | {ANNA}         | 2026-10-31 16:00:00
        e3       | {ANNA}         | 2026-11-20 01:00:00
        e4       |                | 2026-11-20 01:00:00
    """
    given["lake.bank_balances"] = f"""
        customer_token | balance_on
        {ANNA}         | 2026-10-31
        {ANNA}         | 2026-11-01
        {ANNA}         | 2026-11-30
        {CARA}         | 2026-11-30
    """
    assert_built(
        "staging.bank_event_people",
        f"""
        month      | customer_token
        2026-10-01 | {ANNA}
        2026-11-01 | {ANNA}
        """,
    )
    assert_built(
        "staging.bank_balance_people",
        f"""
        month      | customer_token
        2026-10-01 | {ANNA}
        2026-11-01 | {ANNA}
        2026-11-01 | {CARA}
        """,
    )


def test_the_codes_of_a_day_are_those_of_its_events_in_any_delivery(given, assert_built):
    given["lake.bank_events"] = """
        event_id | source_code | occurred_at         | delivery_id
        e1       | s1          | 2026-10-31 15:59:59 | a
        e1       | s1          | 2026-10-31 16:00:00 | b
        e2       | s1          | 2026-10-31 16:00:01 | b
        e3       | s2          | 2026-10-31 16:00:01 | b
        e4       |             | 2026-10-31 16:00:01 | b
    """
    assert_built(
        "staging.bank_event_codes",
        """
        day        | source_code
        2026-10-31 | s1
        2026-11-01 | s1
        2026-11-01 | s2
        """,
    )


def test_the_latest_link_register_counts_and_one_of_the_future_does_not(given, assert_built):
    given.as_of("2026-11-16")
    given["lake.bank_links"] = """
        source_code | account_id | exported_at
        s1          | hq         | 2026-11-01 00:00:00
        s1          | cards      | 2026-11-16 09:00:00
        s1          | wealth     | 2026-11-17 00:00:00
    """
    assert_built(
        "staging.bank_links",
        """
        source_code | account_id
        s1          | cards
        """,
    )


def test_a_period_of_an_account_is_as_the_latest_register_has_it(given, assert_built):
    given["lake.bank_accounts"] = """
        account_id | valid_from | valid_to   | tier        | exported_at
        wealth     | 2026-01-01 |            | head_office | 2026-01-05 00:00:00
        wealth     | 2026-01-01 | 2026-09-13 | head_office | 2026-09-20 00:00:00
        wealth     | 2026-09-14 |            | line        | 2026-09-20 00:00:00
    """
    assert_built(
        "staging.bank_accounts",
        """
        account_id | valid_from | valid_to   | tier
        wealth     | 2026-01-01 | 2026-09-13 | head_office
        wealth     | 2026-09-14 |            | line
        """,
    )


def test_of_followers_noted_twice_the_later_note_counts(given, assert_built):
    given["lake.bank_follower_counts"] = """
        account_id | counted_on | followers | exported_at
        hq         | 2026-11-02 | 900       | 2026-11-03 00:00:00
        hq         | 2026-11-02 | 950       | 2026-11-10 00:00:00
    """
    assert_built(
        "staging.bank_follower_counts",
        """
        account_id | counted_on | followers
        hq         | 2026-11-02 | 950
        """,
    )


def test_a_delivery_after_the_run_s_day_is_not_reported(given, assert_built):
    given.as_of("2026-11-16")
    given["lake.deliveries"] = """
        delivery_id | dataset     | exported_at
        d1          | bank_events | 2026-11-16 23:59:59
        d2          | bank_events | 2026-11-17 00:00:00
    """
    assert_built(
        "staging.deliveries",
        """
        delivery_id
        d1
        """,
    )


def test_of_a_channel_s_day_delivered_twice_the_later_counts_and_the_run_s_day_does_not(
    given, assert_built
):
    given.as_of("2026-11-16")
    given["lake.bank_channel_daily"] = """
        account_id | day        | impressions | exported_at
        app        | 2026-11-02 | 900         | 2026-11-03 06:00:00
        app        | 2026-11-02 | 950         | 2026-11-04 06:00:00
        app        | 2026-11-16 | 100         | 2026-11-16 06:00:00
    """
    assert_built(
        "staging.bank_channel_daily",
        """
        account_id | day        | impressions
        app        | 2026-11-02 | 950
        """,
    )


def test_of_a_plan_delivered_twice_the_later_counts(given, assert_built):
    given["lake.bank_experiments"] = """
        experiment_id | variant | planned_share | exported_at
        e             | new     | 0.5           | 2026-11-02 06:00:00
        e             | new     | 0.4           | 2026-11-03 06:00:00
        e             | new     | 0.3           | 2026-11-17 06:00:00
    """
    assert_built(
        "staging.bank_experiments",
        """
        experiment_id | variant | planned_share
        e             | new     | 0.4
        """,
    )


def test_assignments_of_who_did_not_consent_are_left_out(given, assert_built):
    given["staging.consented_customers"] = f"customer_token\n {ANNA}"
    given["lake.bank_assignments"] = f"""
        experiment_id | customer_token | variant | assigned_at         | exported_at
        e             | {ANNA}         | new     | 2026-11-02 06:00:00 | 2026-11-03 06:00:00
        e             | {ANNA}         | new     | 2026-11-02 06:00:00 | 2026-11-04 06:00:00
        e             | {ANNA}         | new     | 2026-11-15 16:00:00 | 2026-11-16 06:00:00
        e             | {BEN}          | new     | 2026-11-02 06:00:00 | 2026-11-03 06:00:00
    """
    assert_built(
        "staging.bank_assignments",
        f"""
        customer_token | assigned_at         | exported_at
        {ANNA}         | 2026-11-02 06:00:00 | 2026-11-04 06:00:00
        """,
    )


def test_a_payment_is_what_the_latest_delivery_says_of_its_id(given, assert_built):
    given["lake.bank_spend"] = """
        spend_id | spent_on   | amount_yuan | exported_at
        p1       | 2026-11-02 | 900.00      | 2026-11-03 06:00:00
        p1       | 2026-11-01 | 950.00      | 2026-11-04 06:00:00
        p2       | 2026-11-16 | 100.00      | 2026-11-16 06:00:00
        p3       | 2026-11-15 | 100.00      | 2026-11-17 06:00:00
    """
    assert_built("staging.bank_spend", "spend_id | spent_on | amount_yuan\n p1|2026-11-01|950.00")


def test_a_campaign_s_code_is_what_the_latest_register_says(given, assert_built):
    given["lake.bank_campaigns"] = """
        campaign_id | source_code | ends_on    | exported_at
        a           | s1          | 2026-11-02 | 2026-11-03 06:00:00
        a           | s1          | 2026-11-09 | 2026-11-04 06:00:00
        a           | s1          |            | 2026-11-17 06:00:00
    """
    assert_built("staging.bank_campaigns", "source_code | ends_on\n s1 | 2026-11-09")


def test_of_a_merchant_s_week_delivered_twice_the_later_counts_once_the_week_is_over(
    given, assert_built
):
    given["lake.bank_merchant_weeks"] = f"""
        merchant_token | week_starts | visits | exported_at
        {ANNA}         | 2026-11-02  | 9      | 2026-11-09 06:00:00
        {ANNA}         | 2026-11-02  | 8      | 2026-11-10 06:00:00
        {ANNA}         | 2026-11-09  | 7      | 2026-11-16 06:00:00
        {ANNA}         | 2026-11-16  | 6      | 2026-11-16 06:00:00
    """
    assert_built(
        "staging.bank_merchant_weeks",
        "week_starts | visits\n 2026-11-02 | 8\n 2026-11-09 | 7",
    )
