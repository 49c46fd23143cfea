from tests.warehouse.people import ANNA, BEN


def test_a_new_customer_is_judged_on_all_history(given, assert_built):
    given["core.attributed_events"] = f"""
        event_id | event_type     | customer_token | occurred_at
        e1       | card_bound     | {ANNA}         | 2019-05-01 01:00:00
        e2       | account_opened | {ANNA}         | 2026-11-02 01:00:00
        e3       | registered     | {BEN}          | 2026-11-02 01:00:00
        e4       | account_opened | {BEN}          | 2026-11-03 01:00:00
    """
    assert_built(
        "core.new_customers",
        f"""
        customer_token | became_at           | event_id
        {ANNA}         | 2019-05-01 01:00:00 | e1
        {BEN}          | 2026-11-02 01:00:00 | e3
        """,
    )


def test_logins_and_subscriptions_make_nobody_a_customer(given, assert_built):
    given["core.attributed_events"] = f"""
        event_id | event_type          | customer_token | occurred_at
        e1       | login               | {ANNA}         | 2026-11-02 01:00:00
        e2       | wealth_subscription | {ANNA}         | 2026-11-02 01:00:00
    """
    assert_built("core.new_customers", "event_id")


def test_becoming_a_customer_is_attributed_once(given, assert_built):
    given["core.attributed_events"] = f"""
        event_id | event_type     | customer_token | occurred_at         | day        | account_id
        e1       | registered     | {ANNA}         | 2026-10-02 01:00:00 | 2026-10-02 | hq
        e2       | account_opened | {ANNA}         | 2026-10-03 01:00:00 | 2026-10-03 | cards
    """
    assert_built(
        "core.new_customers",
        """
        event_id | day        | account_id
        e1       | 2026-10-02 | hq
        """,
    )


def test_a_registration_of_nobody_in_particular_makes_no_customer(given, assert_built):
    given["staging.bank_events"] = """
        event_id | event_type | customer_token | occurred_at
        e1       | registered |                | 2026-11-02 01:00:00
    """
    given.build("core.attributed_events")
    assert_built("core.new_customers", "event_id")
