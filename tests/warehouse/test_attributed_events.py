from tests.warehouse.people import ANNA, BEN, CARA


def test_the_last_coded_touch_before_the_event_gets_it(given, assert_built):
    given["core.touches"] = f"""
        event_id | customer_token | account_id | touched_at
        t1       | {ANNA}         | hq         | 2026-10-01 01:00:00
        t2       | {ANNA}         | cards      | 2026-10-03 01:00:00
        t3       | {ANNA}         | wealth     | 2026-10-09 01:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type          | occurred_at
        e1       | {ANNA}         | registered          | 2026-10-02 01:00:00
        e2       | {ANNA}         | account_opened      | 2026-10-02 02:00:00
        e3       | {ANNA}         | card_application    | 2026-10-04 01:00:00
        e4       | {ANNA}         | card_bound          | 2026-10-05 01:00:00
        e5       | {ANNA}         | wealth_subscription | 2026-10-10 01:00:00
        e6       | {ANNA}         | transaction         | 2026-10-10 01:00:00
        e7       | {ANNA}         | login               | 2026-10-10 01:00:00
    """
    assert_built(
        "core.attributed_events",
        """
        event_id | event_type          | account_id
        e1       | registered          | hq
        e2       | account_opened      | hq
        e3       | card_application    | cards
        e4       | card_bound          | cards
        e5       | wealth_subscription | wealth
        """,
    )


def test_the_lookback_is_30_times_24_hours_boundary_inclusive(given, assert_built):
    given["core.touches"] = f"""
        event_id | customer_token | account_id | touched_at
        t1       | {ANNA}         | hq         | 2026-10-01 01:00:00
        t2       | {BEN}          | hq         | 2026-10-01 01:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type       | occurred_at
        e1       | {ANNA}         | card_application | 2026-10-31 01:00:00
        e2       | {BEN}          | card_application | 2026-10-31 01:00:01
    """
    assert_built(
        "core.attributed_events",
        """
        event_id | account_id
        e1       | hq
        e2       | (none)
        """,
    )


def test_a_touch_at_the_same_instant_comes_first(given, assert_built):
    given["core.touches"] = f"""
        event_id | customer_token | account_id | touched_at
        z9       | {ANNA}         | hq         | 2026-10-01 01:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type       | occurred_at
        a1       | {ANNA}         | card_application | 2026-10-01 01:00:00
    """
    assert_built(
        "core.attributed_events",
        """
        event_id | account_id
        a1       | hq
        """,
    )


def test_without_a_touch_of_one_s_own_before_it_an_event_belongs_to_nobody(given, assert_built):
    given["core.touches"] = f"""
        event_id | customer_token | account_id | touched_at
        t1       | {ANNA}         | hq         | 2026-10-02 01:00:00
        t2       | {BEN}          | hq         | 2026-10-01 01:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type       | occurred_at
        e1       | {ANNA}         | card_application | 2026-10-01 01:00:00
        e2       | {CARA}         | card_application | 2026-10-03 01:00:00
        e3       |                | card_application | 2026-10-03 01:00:00
    """
    assert_built(
        "core.attributed_events",
        """
        event_id | account_id
        e1       | (none)
        e2       | (none)
        """,
    )


def test_of_touches_at_one_instant_the_greatest_id_is_the_last(given, assert_built):
    given["core.touches"] = f"""
        event_id | customer_token | account_id | touched_at
        t2       | {ANNA}         | cards      | 2026-10-01 01:00:00
        t1       | {ANNA}         | hq         | 2026-10-01 01:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type       | occurred_at
        e1       | {ANNA}         | card_application | 2026-10-02 01:00:00
    """
    assert_built("core.attributed_events", "account_id\n cards")


def test_what_a_subscription_is_worth_goes_with_it(given, assert_built):
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type          | cooling_off | amount | currency
        e1       | {ANNA}         | wealth_subscription | pending     | 10.50  | USD
    """
    assert_built(
        "core.attributed_events",
        """
        cooling_off | amount | currency
        pending     | 10.50  | USD
        """,
    )
