from tests.warehouse.people import ANNA, BEN, CARA, DORA


def test_the_window_after_a_click_is_30_times_24_hours_boundary_inclusive(given, assert_built):
    given["core.clicks"] = f"""
        event_id | occurred_at         | customer_token | product_line
        c1       | 2026-10-01 01:00:00 | {ANNA}         | card
        c2       | 2026-10-01 01:00:00 | {BEN}          | card
        c3       | 2026-10-01 01:00:00 | {CARA}         | card
        c4       | 2026-10-01 01:00:00 | {DORA}         | card
    """
    given["staging.bank_events"] = f"""
        event_id | occurred_at         | customer_token | event_type
        e1       | 2026-10-31 01:00:00 | {ANNA}         | card_application
        e2       | 2026-10-31 01:00:01 | {BEN}          | card_application
        e3       | 2026-10-01 01:00:00 | {CARA}         | card_application
        e4       | 2026-10-01 00:59:59 | {DORA}         | card_application
    """
    assert_built(
        "core.followed_clicks",
        """
        event_id | went_on
        c1       | 1
        c2       | 0
        c3       | 1
        c4       | 0
        """,
    )


def test_a_card_click_leads_to_applications_and_a_wealth_click_to_subscriptions(
    given, assert_built
):
    given["core.clicks"] = f"""
        event_id | occurred_at         | customer_token | product_line
        c1       | 2026-10-01 01:00:00 | {ANNA}         | card
        c2       | 2026-10-01 01:00:00 | {ANNA}         | wealth
        c3       | 2026-10-01 01:00:00 | {BEN}          | card
        c4       | 2026-10-01 01:00:00 | {BEN}          | wealth
        c5       | 2026-10-01 01:00:00 | {BEN}          | loan
    """
    given["staging.bank_events"] = f"""
        event_id | occurred_at         | customer_token | event_type
        e1       | 2026-10-02 01:00:00 | {ANNA}         | wealth_subscription
        e2       | 2026-10-02 01:00:00 | {BEN}          | card_application
    """
    assert_built(
        "core.followed_clicks",
        """
        event_id | went_on
        c1       | 0
        c2       | 1
        c3       | 1
        c4       | 0
        """,
    )


def test_a_subscription_pending_or_withdrawn_does_not_count(given, assert_built):
    given["core.clicks"] = f"""
        event_id | occurred_at         | customer_token | product_line
        c1       | 2026-10-01 01:00:00 | {ANNA}         | wealth
        c2       | 2026-10-01 01:00:00 | {BEN}          | wealth
        c3       | 2026-10-01 01:00:00 | {CARA}         | wealth
    """
    given["staging.bank_events"] = f"""
        event_id | occurred_at         | customer_token | event_type          | cooling_off
        e1       | 2026-10-02 01:00:00 | {ANNA}         | wealth_subscription | withdrawn
        e2       | 2026-10-02 01:00:00 | {BEN}          | wealth_subscription | pending
        e3       | 2026-10-02 01:00:00 | {CARA}         | wealth_subscription | confirmed
        e4       | 2026-10-03 01:00:00 | {CARA}         | wealth_subscription |
    """
    assert_built(
        "core.followed_clicks",
        """
        event_id | went_on
        c1       | 0
        c2       | 0
        c3       | 1
        """,
    )


def test_what_anonymous_visitors_did_next_is_not_known(given, assert_built):
    given["core.clicks"] = """
        event_id | occurred_at         | customer_token | product_line
        c1       | 2026-10-01 01:00:00 |                | card
    """
    given["staging.bank_events"] = """
        event_id | occurred_at         | customer_token | event_type
        e1       | 2026-10-02 01:00:00 |                | card_application
    """
    assert_built(
        "core.followed_clicks",
        """
        event_id | went_on
        c1       | 0
        """,
    )
