from tests.warehouse.people import ANNA, BEN, CARA

AT = "2026-10-31 01:00:00"


def test_first_registrations_applications_and_confirmed_subscriptions_are_conversions(
    given, assert_built
):
    given["core.new_customers"] = f"""
        event_id | customer_token | became_at | day        | account_id
        e1       | {ANNA}         | {AT}      | 2026-10-31 | hq
    """
    given["core.attributed_events"] = f"""
        event_id | customer_token | event_type          | cooling_off | occurred_at | day
        e1       | {ANNA}         | registered          |             | {AT}        | 2026-10-31
        e2       | {ANNA}         | card_bound          |             | {AT}        | 2026-10-31
        e3       | {BEN}          | card_application    |             | {AT}        | 2026-10-31
        e4       | {CARA}         | wealth_subscription |             | {AT}        | 2026-10-31
        e5       | {CARA}         | wealth_subscription | confirmed   | {AT}        | 2026-10-31
        e6       | {CARA}         | wealth_subscription | pending     | {AT}        | 2026-10-31
        e7       | {CARA}         | wealth_subscription | withdrawn   | {AT}        | 2026-10-31
    """
    assert_built(
        "core.conversions",
        f"""
        event_id | kind                | customer_token | converted_at
        e1       | new_customer        | {ANNA}         | {AT}
        e3       | card_application    | {BEN}          | {AT}
        e4       | wealth_subscription | {CARA}         | {AT}
        e5       | wealth_subscription | {CARA}         | {AT}
        """,
    )
