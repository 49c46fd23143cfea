import pytest

from tests.warehouse.people import ANNA, BEN, CARA, DORA, EMIL

# 2026-10-01 00:00 UTC plus 30 x 24 hours is 2026-10-31 00:00 UTC.
ARRIVED = "2026-10-01 00:00:00"


@pytest.fixture
def anna_arrived(given):
    given["core.arrivals"] = f"""
        event_id | customer_token | arrived_at
        a1       | {ANNA}         | {ARRIVED}
    """


@pytest.fixture
def anna_logged_in(given, anna_arrived):
    given["core.new_customers"] = f"""
        customer_token | became_at
        {ANNA}         | 2026-10-02 01:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type | occurred_at
        e1       | {ANNA}         | login      | 2026-10-03 01:00:00
    """


def test_the_window_is_30_times_24_hours_boundary_inclusive(given, assert_built):
    given["core.arrivals"] = f"""
        event_id | customer_token | arrived_at
        a1       | {ANNA}         | {ARRIVED}
        a2       | {BEN}          | {ARRIVED}
        a3       | {CARA}         | {ARRIVED}
        a4       | {DORA}         | {ARRIVED}
    """
    given["core.new_customers"] = f"""
        customer_token | became_at
        {ANNA}         | 2026-10-31 00:00:00
        {BEN}          | 2026-10-31 00:00:01
        {CARA}         | 2026-10-02 00:00:00
        {DORA}         | 2026-10-02 00:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type | occurred_at
        e1       | {CARA}         | login      | 2026-10-31 00:00:00
        e2       | {DORA}         | login      | 2026-10-31 00:00:01
    """
    assert_built(
        "core.arrival_chains",
        """
        event_id | depth
        a1       | 2
        a2       | 1
        a3       | 3
        a4       | 2
        """,
    )


def test_events_at_the_same_instant_advance_in_step_order(given, assert_built):
    given["core.arrivals"] = f"""
        event_id | customer_token | arrived_at
        a1       | {ANNA}         | 2026-10-01 16:00:00
    """
    given["core.new_customers"] = f"""
        customer_token | became_at
        {ANNA}         | 2026-10-01 16:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type          | occurred_at
        e1       | {ANNA}         | wealth_subscription | 2026-10-01 16:00:00
        e2       | {ANNA}         | login               | 2026-10-01 16:00:00
    """
    given["staging.bank_balances"] = f"""
        customer_token | balance_on | basis         | aum
        {ANNA}         | 2026-10-01 | point_in_time | 5000.00
    """
    assert_built(
        "core.arrival_chains",
        """
        event_id | depth | subscribed_at
        a1       | 5     | 2026-10-01 16:00:00
        """,
    )


def test_a_login_before_becoming_a_customer_is_no_step(given, assert_built):
    given["core.arrivals"] = f"""
        event_id | customer_token | arrived_at
        a1       | {ANNA}         | {ARRIVED}
        a2       | {BEN}          | {ARRIVED}
    """
    given["core.new_customers"] = f"""
        customer_token | became_at
        {ANNA}         | 2026-10-05 01:00:00
        {BEN}          | 2026-10-05 01:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type | occurred_at
        e1       | {ANNA}         | login      | 2026-10-05 00:59:59
        e2       | {BEN}          | login      | 2026-10-05 00:59:59
        e3       | {BEN}          | login      | 2026-10-06 01:00:00
        e4       | {BEN}          | login      | 2026-10-07 01:00:00
    """
    assert_built(
        "core.arrival_chains",
        """
        event_id | active_at           | depth
        a1       |                     | 2
        a2       | 2026-10-06 01:00:00 | 3
        """,
    )


def test_who_was_a_customer_before_arriving_is_not_new(given, assert_built, anna_arrived):
    given["core.new_customers"] = f"""
        customer_token | became_at
        {ANNA}         | 2026-09-30 23:59:59
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type | occurred_at
        e1       | {ANNA}         | login      | 2026-10-02 01:00:00
    """
    assert_built(
        "core.arrival_chains",
        """
        event_id | depth
        a1       | 1
        """,
    )


def test_a_later_arrival_under_another_code_starts_the_clock_anew(given, assert_built):
    given["core.arrivals"] = f"""
        event_id | customer_token | source_code | account_id | arrived_at
        a1       | {ANNA}         | s1          | hq         | 2026-09-01 00:00:00
        a2       | {ANNA}         | s2          | cards      | 2026-10-01 00:00:00
    """
    given["core.new_customers"] = f"""
        customer_token | became_at
        {ANNA}         | 2026-10-05 01:00:00
    """
    assert_built(
        "core.arrival_chains",
        """
        event_id | account_id | depth
        a1       | hq         | 1
        a2       | cards      | 2
        """,
    )


def test_a_balance_counts_from_the_end_of_its_day_in_shanghai(given, assert_built, anna_arrived):
    given["core.new_customers"] = f"""
        customer_token | became_at
        {ANNA}         | 2026-10-02 01:00:00
    """
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type | occurred_at
        e1       | {ANNA}         | login      | 2026-10-03 16:00:01
    """
    given["staging.bank_balances"] = f"""
        customer_token | balance_on | basis         | aum
        {ANNA}         | 2026-10-03 | point_in_time | 5000.00
        {ANNA}         | 2026-10-04 | point_in_time | 5000.00
    """
    assert_built(
        "core.arrival_chains",
        """
        event_id | asset_at            | depth
        a1       | 2026-10-04 16:00:00 | 4
        """,
    )


@pytest.mark.parametrize(
    ("basis", "aum", "depth"),
    [
        ("point_in_time", "1000.00", 4),
        ("month_average", "1000.00", 4),
        ("point_in_time", "999.99", 3),
        ("quarter_average", "5000.00", 3),
        ("year_average", "5000.00", 3),
    ],
)
def test_assets_are_a_day_end_or_month_average_at_the_threshold(
    given, assert_built, anna_logged_in, basis, aum, depth
):
    given["staging.bank_balances"] = f"""
        customer_token | balance_on | basis   | aum
        {ANNA}         | 2026-10-10 | {basis} | {aum}
    """
    assert_built(
        "core.arrival_chains",
        f"""
        event_id | depth
        a1       | {depth}
        """,
    )


def test_balances_of_two_bases_are_never_added_up(given, assert_built, anna_logged_in):
    given["staging.bank_balances"] = f"""
        customer_token | balance_on | basis         | aum
        {ANNA}         | 2026-10-30 | point_in_time | 600.00
        {ANNA}         | 2026-10-30 | month_average | 600.00
    """
    assert_built(
        "core.arrival_chains",
        """
        event_id | depth
        a1       | 3
        """,
    )


def test_a_subscription_is_confirmed_and_after_the_assets(given, assert_built):
    names = (ANNA, BEN, CARA, DORA, EMIL)
    given["core.arrivals"] = "event_id | customer_token | arrived_at\n" + "\n".join(
        f"a{n} | {name} | {ARRIVED}" for n, name in enumerate(names, 1)
    )
    given["core.new_customers"] = "customer_token | became_at\n" + "\n".join(
        f"{name} | 2026-10-02 01:00:00" for name in names
    )
    logins = "\n".join(
        f"l{n} | {name} | login | 2026-10-03 01:00:00 |" for n, name in enumerate(names)
    )
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type          | occurred_at         | cooling_off
        {logins}
        e1       | {ANNA}         | wealth_subscription | 2026-10-06 16:00:00 | confirmed
        e2       | {BEN}          | wealth_subscription | 2026-10-06 15:59:59 | confirmed
        e3       | {CARA}         | wealth_subscription | 2026-10-08 01:00:00 | pending
        e4       | {DORA}         | wealth_subscription | 2026-10-08 01:00:00 | withdrawn
        e5       | {EMIL}         | wealth_subscription | 2026-10-08 01:00:00 |
    """
    given["staging.bank_balances"] = "customer_token | balance_on | basis | aum\n" + "\n".join(
        f"{name} | 2026-10-06 | point_in_time | 5000.00" for name in names
    )
    assert_built(
        "core.arrival_chains",
        """
        event_id | depth
        a1       | 5
        a2       | 4
        a3       | 4
        a4       | 4
        a5       | 5
        """,
    )


def test_a_step_that_is_skipped_stops_the_chain(given, assert_built, anna_logged_in):
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type          | occurred_at
        e1       | {ANNA}         | login               | 2026-10-03 01:00:00
        e2       | {ANNA}         | wealth_subscription | 2026-10-08 01:00:00
    """
    assert_built(
        "core.arrival_chains",
        """
        event_id | depth | subscribed_at
        a1       | 3     |
        """,
    )
