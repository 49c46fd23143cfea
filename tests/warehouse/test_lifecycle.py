import pytest

from tests.warehouse.people import ANNA, BEN, CARA, DORA

HEADER = "month | customer_token | last_day"


def state(given, month="2026-10-01"):
    given.build("core.lifecycle_months")
    found = given.connection.execute(
        "select state from core.lifecycle_months where customer_token = ? and month = ?",
        [ANNA, month],
    ).fetchone()
    return found[0] if found else None


@pytest.fixture(autouse=True)
def _months(given):
    given["core.level_months"] = "month\n 2026-09-01\n 2026-10-01"


@pytest.mark.parametrize(
    ("last_day", "expected"),
    [
        ("2026-08-03", "active"),
        ("2026-08-02", "dormant"),
        ("2026-05-05", "dormant"),
        ("2026-05-04", "lost"),
    ],
)
def test_days_without_own_activity_make_dormant_and_lost(given, last_day, expected):
    given["core.activity_months"] = f"""
        {HEADER}
        {last_day[:7]}-01 | {ANNA} | {last_day}
    """
    assert state(given) == expected


@pytest.mark.parametrize(
    ("became", "expected"),
    [("2026-10-31", "new"), ("2026-10-02", "new"), ("2026-10-01", "active"), ("2026-11-01", None)],
)
def test_who_became_a_customer_is_new_for_30_days(given, became, expected):
    given["core.new_customers"] = f"""
        customer_token | day      | account_id
        {ANNA}         | {became} | hq
    """
    assert state(given) == expected


def test_who_arrived_and_did_no_more_is_potential(given):
    given["core.first_arrivals"] = f"customer_token | day | account_id\n {ANNA} | 2025-01-01 | hq"
    assert state(given) == "potential"


@pytest.mark.parametrize(
    ("aum", "expected"), [("200.00", "lost"), ("200.01", "active"), ("", "active")]
)
@pytest.mark.parametrize("peak_month", ["2026-05-01", "2026-04-01"])
def test_a_fall_of_aum_from_its_peak_of_six_months_makes_lost(given, aum, expected, peak_month):
    given["core.activity_months"] = f"{HEADER}\n 2026-10-01 | {ANNA} | 2026-10-31"
    given["core.month_aum"] = f"""
        customer_token | month        | aum
        {ANNA}         | {peak_month} | 1000.00
        {ANNA}         | 2026-10-01   | {aum}
    """
    assert state(given) == (expected if peak_month == "2026-05-01" else "active")


def test_a_customer_belongs_to_the_latest_credited_login_else_to_where_they_came_from(
    given, assert_built
):
    given["core.activity_months"] = f"""
        {HEADER}
        2026-09-01 | {ANNA} | 2026-09-09
        2026-10-01 | {ANNA} | 2026-10-31
    """
    given["core.login_months"] = f"""
        month      | customer_token | account_id
        2026-09-01 | {ANNA}         | hq
        2026-10-01 | {ANNA}         | cards
    """
    given["core.new_customers"] = f"""
        customer_token | day        | account_id
        {ANNA}         | 2026-10-02 | pr
        {BEN}          | 2026-10-02 | pr
        {CARA}         | 2026-10-02 | (none)
    """
    given["core.first_arrivals"] = f"""
        customer_token | day        | account_id
        {BEN}          | 2026-10-01 | east
        {CARA}         | 2026-10-01 | west
        {DORA}         | 2026-10-01 | (none)
    """
    assert_built(
        "core.lifecycle_months",
        f"""
        month      | customer_token | account_id | state
        2026-09-01 | {ANNA}         | hq         | active
        2026-10-01 | {ANNA}         | cards      | new
        2026-10-01 | {BEN}          | pr         | new
        2026-10-01 | {CARA}         | west       | new
        2026-10-01 | {DORA}         | (none)     | potential
        """,
    )


@pytest.mark.parametrize(
    ("event", "counts"),
    [("login", True), ("transaction", True), ("wealth_subscription", True), ("arrival", False)],
)
def test_logins_and_own_transactions_are_activity(given, event, counts):
    given["staging.bank_events"] = f"""
        event_id | customer_token | event_type | day        | occurred_at
        e1       | {ANNA}         | {event}    | 2026-10-31 | 2026-10-31 02:00:00
    """
    given.build("core.activity_months")
    found = given.connection.execute("select month, last_day from core.activity_months").fetchall()
    assert [str(day) for row in found for day in row] == counts * ["2026-10-01", "2026-10-31"]


@pytest.fixture
def two_months(given):
    given["core.account_levels"] = """
        account_id | day        | level | tier
        hq         | 2026-09-30 | bank  |
        hq         | 2026-10-31 | bank  |
        hq         | 2026-10-31 | tier  | line
    """
    given.build("core.account_places")
    given["core.lifecycle_moves"] = """
        month      | account_id | from_state | to_state  | customers
        2026-09-01 | hq         |            | active    | 50
        2026-10-01 | hq         | active     | active    | 30
        2026-10-01 | hq         | active     | dormant   | 20
        2026-10-01 | hq         |            | potential | 10
    """
    given["staging.deliveries"] = """
        dataset     | exported_at         | first_day  | landed
        bank_events | 2026-11-16 06:00:00 | 2026-04-30 | 9
    """
    given.as_of("2026-11-01")


@pytest.mark.usefixtures("two_months")
def test_every_state_of_a_level_is_told_once_the_feed_is_old_enough(given, assert_built):
    given.parameters(lost_days=185)
    assert_built(
        "published.lifecycle",
        """
        month      | level | tier | state     | customers
        2026-09-01 | bank  |      | potential | 0
        2026-09-01 | bank  |      | new       | 0
        2026-09-01 | bank  |      | active    | 50
        2026-09-01 | bank  |      | dormant   | 0
        2026-09-01 | bank  |      | lost      |
        2026-10-01 | bank  |      | potential | 10
        2026-10-01 | bank  |      | new       | 0
        2026-10-01 | bank  |      | active    | 30
        2026-10-01 | bank  |      | dormant   | 20
        2026-10-01 | bank  |      | lost      |
        2026-10-01 | tier  | line | potential | 10
        2026-10-01 | tier  | line | new       | 0
        2026-10-01 | tier  | line | active    | 30
        2026-10-01 | tier  | line | dormant   | 20
        2026-10-01 | tier  | line | lost      |
        """,
    )


@pytest.mark.usefixtures("two_months")
def test_the_flow_has_the_sums_of_what_came_and_what_went(given, assert_built):
    given.parameters(lost_days=154)
    assert_built(
        "published.lifecycle_flow",
        """
        month      | from_state | to_state  | customers
        2026-10-01 | active     | active    | 30
        2026-10-01 | active     | dormant   | 20
        2026-10-01 | active     |           | 50
        2026-10-01 | unknown    | potential | 10
        2026-10-01 |            | active    | 30
        2026-10-01 |            | dormant   | 20
        2026-10-01 |            | potential | 10
        """,
    )


@pytest.mark.usefixtures("two_months")
def test_a_month_that_is_not_over_has_no_states_and_no_flow(given, assert_built):
    given.as_of("2026-10-31")
    assert_built("published.lifecycle_flow", "month | customers")
    given.build("published.lifecycle")
    found = given.connection.execute("select distinct month from published.lifecycle").fetchall()
    assert [str(month) for (month,) in found] == ["2026-09-01"]


def test_a_customer_s_state_is_told_with_the_one_before(given, assert_built):
    given["core.lifecycle_months"] = f"""
        month      | customer_token | account_id | state
        2026-09-01 | {ANNA}         | hq         | active
        2026-10-01 | {ANNA}         | cards      | dormant
        2026-10-01 | {BEN}          | cards      | new
    """
    assert_built(
        "core.lifecycle_moves",
        """
        month      | account_id | from_state | to_state | customers
        2026-09-01 | hq         |            | active   | 1
        2026-10-01 | cards      | active     | dormant  | 1
        2026-10-01 | cards      |            | new      | 1
        """,
    )
