import pytest

from tests.warehouse.people import ANNA, BEN

AT = "2026-10-31 01:00:00"


@pytest.fixture
def applied(given):
    """Anna applies for a card."""
    given["core.conversions"] = f"""
        event_id | kind             | customer_token | converted_at | day
        e1       | card_application | {ANNA}         | {AT}         | 2026-10-31
    """


def touches(given, *lines):
    rows = [f"t{n} | {ANNA} | {line}" for n, line in enumerate(lines, 1)]
    given["core.touches"] = "\n".join(
        ["event_id | customer_token | account_id | touched_at", *rows]
    )


def test_a_conversion_that_nobody_touched_is_nobody_s(given, assert_built):
    given["core.conversions"] = f"""
        event_id | kind         | customer_token | converted_at | day
        e1       | new_customer | {ANNA}         | {AT}         | 2026-10-31
        e2       | new_customer | {BEN}          | {AT}         | 2026-10-31
    """
    touches(given, "hq | 2026-10-20 01:00:00")
    assert_built(
        "core.attribution_credits",
        f"""
        event_id | kind         | customer_token | touch_id | position | account_id | last_touch
        e1       | new_customer | {ANNA}         | t1       | 1        | hq         | 1
        e2       | new_customer | {BEN}          |          |          | (none)     | 1
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
        touch_id | account_id | position | last_touch | first_touch | linear | position_based
        t1       | hq         | 1        | 0          | 1           | 0.25   | 0.4
        t2       | cards      | 2        | 0          | 0           | 0.25   | 0.1
        t3       | wealth     | 3        | 0          | 0           | 0.25   | 0.1
        t4       | hq         | 4        | 1          | 0           | 0.25   | 0.4
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
