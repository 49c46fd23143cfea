import pytest

from tests.warehouse.people import ANNA, BEN, CARA

AT = "2026-10-31 01:00:00"


@pytest.fixture
def applied(given):
    """Anna applies for a card."""
    given["core.attributed_events"] = f"""
        event_id | customer_token | event_type       | occurred_at | day
        e1       | {ANNA}         | card_application | {AT}        | 2026-10-31
    """


def touches(given, *lines):
    rows = [f"t{n} | {ANNA} | {line}" for n, line in enumerate(lines, 1)]
    given["core.touches"] = "\n".join(
        ["event_id | customer_token | account_id | touched_at", *rows]
    )


def test_first_registrations_applications_and_confirmed_subscriptions_are_credited(
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
        "core.attribution_credits",
        f"""
        event_id | kind                | customer_token | account_id | last_touch | linear
        e1       | new_customer        | {ANNA}         | (none)     | 1          | 1
        e3       | card_application    | {BEN}          | (none)     | 1          | 1
        e4       | wealth_subscription | {CARA}         | (none)     | 1          | 1
        e5       | wealth_subscription | {CARA}         | (none)     | 1          | 1
        """,
    )


@pytest.mark.usefixtures("applied")
def test_one_touch_has_all_of_it_by_every_rule(given, assert_built):
    touches(given, "hq | 2026-10-20 01:00:00")
    assert_built(
        "core.attribution_credits",
        """
        account_id | last_touch | first_touch | linear | time_decay | position_based
        hq         | 1          | 1           | 1      | 1          | 1
        """,
    )


@pytest.mark.usefixtures("applied")
def test_of_two_touches_one_a_half_life_older_weighs_half(given, assert_built):
    touches(given, "hq | 2026-10-24 01:00:00", "cards | 2026-10-31 01:00:00")
    assert_built(
        "core.attribution_credits",
        """
        account_id | last_touch | first_touch | linear | time_decay  | position_based
        hq         | 0          | 1           | 0.5    | 0.333333333 | 0.5
        cards      | 1          | 0           | 0.5    | 0.666666667 | 0.5
        """,
    )


@pytest.mark.usefixtures("applied")
def test_first_and_last_of_many_have_40_percent_each_and_the_others_share_20(given, assert_built):
    days = ("10-24", "10-25", "10-26", "10-27")
    accounts = ("hq", "cards", "wealth", "hq")
    touches(given, *(f"{a} | 2026-{d} 01:00:00" for a, d in zip(accounts, days, strict=True)))
    assert_built(
        "core.attribution_credits",
        """
        account_id | last_touch | first_touch | linear | position_based
        hq         | 1          | 1           | 0.5    | 0.8
        cards      | 0          | 0           | 0.25   | 0.1
        wealth     | 0          | 0           | 0.25   | 0.1
        """,
    )


@pytest.mark.usefixtures("applied")
@pytest.mark.parametrize(
    ("touched_at", "account"),
    [
        ("2026-10-01 01:00:00", "hq"),
        ("2026-10-01 00:59:59", "(none)"),
        ("2026-10-31 01:00:00", "hq"),
        ("2026-10-31 01:00:01", "(none)"),
    ],
)
def test_touches_count_from_the_lookback_to_the_instant_itself(
    given, assert_built, touched_at, account
):
    touches(given, f"hq | {touched_at}")
    assert_built("core.attribution_credits", f"account_id | time_decay\n {account} | 1")


@pytest.mark.usefixtures("applied")
def test_of_touches_at_one_instant_ids_say_which_is_the_first_and_the_last(given, assert_built):
    given["core.touches"] = f"""
        event_id | customer_token | account_id | touched_at
        t2       | {ANNA}         | cards      | 2026-10-20 01:00:00
        t1       | {ANNA}         | hq         | 2026-10-20 01:00:00
        t3       | {BEN}          | wealth     | 2026-10-20 01:00:00
    """
    assert_built(
        "core.attribution_credits",
        """
        account_id | first_touch | last_touch | position_based
        hq         | 1           | 0          | 0.5
        cards      | 0           | 1          | 0.5
        """,
    )


@pytest.mark.usefixtures("applied")
def test_a_touch_of_very_long_ago_still_weighs_something(given, assert_built):
    given.parameters(attribution_lookback_days=400, attribution_half_life_days=1)
    touches(given, "hq | 2025-10-31 01:00:00", "cards | 2025-10-31 01:00:00")
    assert_built("core.attribution_credits", "account_id | time_decay\n hq | 0.5\n cards | 0.5")
