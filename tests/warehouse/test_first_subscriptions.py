"""Who subscribes for the first time, and who does so again within half a year."""

import pytest

from tests.warehouse.people import ANNA, BEN, CARA

HEADER = "event_id | customer_token | occurred_at | day | account_id | cooling_off | event_type"


def orders(given, *lines):
    """Draw subscriptions: id, customer, moment in UTC, account, status."""
    rows = []
    for line in lines:
        event, who, moment, account, status = (cell.strip() for cell in line.split("|"))
        day = moment[:10]
        rows.append(f"{event} | {who} | {moment} | {day} | {account} | {status} | {KIND}")
    given["core.attributed_events"] = "\n".join([HEADER, *rows])


KIND = "wealth_subscription"


@pytest.mark.parametrize(
    ("moment", "repeated"),
    [("2026-09-29 01:00:00", "2026-09-29 01:00:00"), ("2026-09-29 01:00:01", "")],
)
def test_a_repeat_is_within_the_window_boundary_inclusive(given, assert_built, moment, repeated):
    orders(
        given,
        f"o1 | {ANNA} | 2026-04-02 01:00:00 | hq    | confirmed",
        f"o2 | {ANNA} | {moment}            | cards | confirmed",
    )
    assert_built(
        "core.first_subscriptions",
        f"""
        month      | customer_token | event_id | account_id | repeated_at
        2026-04-01 | {ANNA}         | o1       | hq         | {repeated}
        """,
    )


def test_only_confirmed_orders_are_first_or_again(given, assert_built):
    orders(
        given,
        f"o1 | {ANNA} | 2026-09-01 01:00:00 | hq | withdrawn",
        f"o2 | {ANNA} | 2026-10-01 01:00:00 | hq | ",
        f"o3 | {ANNA} | 2026-10-02 01:00:00 | hq | pending",
        f"o4 | {BEN}  | 2026-10-01 01:00:00 | hq | confirmed",
        f"o5 | {BEN}  | 2026-10-01 01:00:00 | hq | confirmed",
        f"o6 | {BEN}  | 2026-11-03 01:00:00 | hq | confirmed",
        f"o7 | {CARA} | 2026-10-09 01:00:00 | hq | pending",
    )
    assert_built(
        "core.first_subscriptions",
        f"""
        month      | customer_token | event_id | repeated_at
        2026-10-01 | {ANNA}         | o2       |
        2026-10-01 | {BEN}          | o4       | 2026-10-01 01:00:00
        """,
    )


def test_rates_of_repeaters_stand_by_month_and_level(given, assert_built):
    given["core.level_months"] = """
        month      | level   | tier | account_id | path_account_id
        2026-04-01 | bank    |      | hq         |
        2026-04-01 | bank    |      | (none)     |
        2026-04-01 | account | line | hq         | hq
        2026-05-01 | bank    |      | hq         |
    """
    given["core.first_subscriptions"] = f"""
        month      | customer_token | account_id | occurred_at         | repeated_at
        2026-04-01 | {ANNA}         | hq         | 2026-04-02 01:00:00 | 2026-04-12 01:00:00
        2026-04-01 | {BEN}          | hq         | 2026-04-30 17:00:00 | 2026-05-02 01:00:00
        2026-04-01 | {CARA}         | (none)     | 2026-04-02 01:00:00 |
    """
    for as_of, is_over in (("2026-10-27", "false"), ("2026-10-28", "true")):
        given.as_of(as_of)
        assert_built(
            "published.repeat_subscriptions",
            f"""
            level   | subscribers | repeaters | repeat_rate | rate_low | median_days | mature
            account | 2           | 2         | 1           | 0.342380 | 5.5         | {is_over}
            bank    | 3           | 2         | 0.666666667 | 0.207660 | 5.5         | {is_over}
            """,
        )
