"""Which touches make a path, and of which month and kind it counts, by platforms."""

import pytest

from tests.warehouse.people import ANNA, BEN, CARA

DIMENSIONS = ("platform", "tier", "entry", "form", "theme", "account")
KINDS = ("card_application", "new_customer", "wealth_subscription")


@pytest.fixture
def platforms(given):
    """Codes a, b and c are on three platforms, every day of three months."""
    days = given.connection.execute(
        "select day from settings.calendar where day between '2026-08-01' and '2026-11-15'"
    ).fetchall()
    given["core.link_channels"] = "\n".join(
        ["day | source_code | account | platform | tier | entry | form | theme"]
        + [f"{day} | {c} | {c}{c} | {c.upper()} | t | e | f | h" for (day,) in days for c in "abc"]
    )


def touch(given, *lines):
    """Draw touches: customer, code, moment in Shanghai."""
    given["core.touches"] = "\n".join(
        ["event_id | customer_token | source_code | touched_at | day"]
        + [f"t{n} | {line} 01:00:00 | {line[-10:]}" for n, line in enumerate(lines)]
    )


def convert(given, *lines):
    """Draw conversions: customer, kind, moment."""
    given["core.conversions"] = "\n".join(
        ["event_id | customer_token | kind | converted_at | day"]
        + [f"e{n} | {line} 02:00:00 | {line[-10:]}" for n, line in enumerate(lines)]
    )


def built(given, dimension="platform"):
    given.build("core.attribution_credits", "core.journeys", "core.attribution_paths")
    rows = given.connection.execute(
        "select month::varchar, kind, path, conversions, nulls from core.attribution_paths"
    ).fetchall()
    field, found = DIMENSIONS.index(dimension), {}
    for month, kind, path, conversions, nulls in rows:
        channels = " > ".join(step.split("/")[field] for step in path.split(" > "))
        before = found.get((month[:7], kind, channels), (0, 0))
        found[month[:7], kind, channels] = (before[0] + conversions, before[1] + nulls)
    return found


@pytest.mark.usefixtures("platforms")
def test_a_conversion_has_the_path_of_its_lookback_in_order(given):
    touch(
        given,
        f"{ANNA} | a | 2026-09-20",
        f"{ANNA} | b | 2026-10-05",
        f"{ANNA} | a | 2026-10-02",
        f"{ANNA} | b | 2026-10-20",
    )
    convert(given, f"{ANNA} | card_application | 2026-10-31", f"{BEN} | new_customer | 2026-10-31")
    found = built(given)
    assert found["2026-10", "card_application", "A > B > B"] == (1, 0)
    assert [key for key in found if key[1] == "new_customer" and found[key][0]] == []
    assert built(given, "account")["2026-10", "card_application", "aa > bb > bb"] == (1, 0)
    assert built(given, "tier")["2026-10", "card_application", "t > t > t"] == (1, 0)


@pytest.mark.usefixtures("platforms")
def test_who_converts_in_no_time_after_the_last_touch_walked_to_nothing(given):
    touch(
        given,
        f"{ANNA} | a | 2026-08-31",
        f"{ANNA} | b | 2026-09-15",
        f"{ANNA} | c | 2026-09-30",
    )
    convert(given, f"{ANNA} | card_application | 2026-10-31")
    found = built(given)
    assert found["2026-09", "card_application", "A > B > C"] == (0, 1)
    assert ("2026-10", "card_application", "C") not in found, "30 days and an hour before"
    assert found["2026-09", "wealth_subscription", "A > B > C"] == (0, 1)


@pytest.mark.usefixtures("platforms")
def test_who_converts_later_within_the_lookback_is_on_the_way(given):
    touch(given, f"{ANNA} | a | 2026-09-30")
    convert(given, f"{ANNA} | card_application | 2026-10-29")
    found = built(given)
    assert ("2026-09", "card_application", "A") not in found
    assert found["2026-10", "card_application", "A"] == (1, 0)


@pytest.mark.usefixtures("platforms")
def test_touches_after_a_conversion_of_the_month_are_no_path_of_that_kind(given):
    touch(given, f"{ANNA} | a | 2026-10-01", f"{ANNA} | b | 2026-10-20")
    convert(given, f"{ANNA} | wealth_subscription | 2026-10-10")
    found = built(given)
    assert [key for key in found if key[1] == "wealth_subscription"] == [
        ("2026-10", "wealth_subscription", "A")
    ]
    assert found["2026-10", "card_application", "A > B"] == (0, 1)


@pytest.mark.usefixtures("platforms")
def test_who_is_a_customer_walks_to_no_registration(given):
    touch(given, f"{ANNA} | a | 2026-10-20", f"{BEN} | a | 2026-10-20", f"{CARA} | a | 2026-10-20")
    convert(
        given,
        f"{ANNA} | new_customer | 2026-08-01",
        f"{BEN} | wealth_subscription | 2026-08-01",
    )
    found = built(given)
    assert found["2026-10", "new_customer", "A"] == (0, 2), "Ben is not known to be one"
    assert found["2026-10", "wealth_subscription", "A"] == (0, 3), "that was long before"


@pytest.mark.usefixtures("platforms")
def test_the_same_path_is_counted_and_every_dimension_has_it(given):
    touch(given, f"{ANNA} | a | 2026-10-20", f"{BEN} | a | 2026-10-21", f"{CARA} | a | 2026-10-22")
    convert(
        given,
        f"{ANNA} | card_application | 2026-10-25",
        f"{ANNA} | card_application | 2026-10-26",
    )
    assert built(given)["2026-10", "card_application", "A"] == (2, 2)
    for dimension in DIMENSIONS:
        assert sorted(kind for _, kind, _ in built(given, dimension)) == sorted(KINDS)
