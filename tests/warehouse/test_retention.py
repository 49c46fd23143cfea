import pytest

from tests.warehouse.people import ANNA, BEN, CARA, DORA

MODELS = (
    "core.cohort_weeks",
    "core.login_months",
    "core.customer_months",
    "core.cohort_months",
    "core.cohort_ends",
    "published.retention_persons",
    "published.retention",
)


@pytest.fixture
def arrivals(given):
    """Three customers who arrive in one week, two at one account; a fourth in the next."""
    given["core.first_arrivals"] = f"""
        customer_token | day        | week_starts | month      | account_id
        {ANNA}         | 2026-09-30 | 2026-09-28  | 2026-09-01 | hq
        {BEN}          | 2026-10-01 | 2026-09-28  | 2026-10-01 | hq
        {CARA}         | 2026-10-02 | 2026-09-28  | 2026-10-01 | (none)
        {DORA}         | 2026-10-05 | 2026-10-05  | 2026-10-01 | hq
    """
    given["core.login_days"] = f"""
        customer_token | day        | account_id | logins
        {ANNA}         | 2026-09-29 | (none)     | 1
        {ANNA}         | 2026-10-05 | hq         | 1
        {ANNA}         | 2026-10-20 | hq         | 1
        {BEN}          | 2026-10-01 | hq         | 1
        {CARA}         | 2026-10-25 | (none)     | 1
    """
    given["core.account_days"] = "\n".join(
        ["account_id | day | tier | unit_id"]
        + [
            f"{account} | {day} | {place}"
            for day in ("2026-09-30", "2026-10-04", "2026-10-11", "2026-10-31")
            for account, place in (("hq", "head_office | press"), ("(none)", "unattributed |"))
        ]
    )
    given["staging.deliveries"] = """
        dataset     | exported_at         | first_day  | landed
        bank_events | 2026-10-26 06:00:00 | 2026-09-01 | 9
    """
    given.parameters(retention_periods=4)
    given.as_of("2026-11-16")
    given.build("core.account_levels", "core.account_places", *MODELS)


def cells(given, cohort_type, period, starts, level="bank"):
    """Give the size and, by age, who was active and who since, of one cohort."""
    return given.connection.execute(
        """
        select cohort_size, active, active_since from published.retention
        where cohort_type = ? and period = ? and cohort_starts = ? and level = ? order by age
        """,
        [cohort_type, period, starts, level],
    ).fetchall()


@pytest.mark.usefixtures("arrivals")
def test_a_login_counts_from_the_day_of_the_arrival_in_the_week_it_falls_in(given):
    assert cells(given, "first_time", "week", "2026-09-28") == [
        (3, 1, 3),
        (3, 1, 2),
        (3, 0, 2),
        (3, 2, 2),
        (3, None, None),
    ]


@pytest.mark.usefixtures("arrivals")
def test_a_cohort_belongs_to_the_account_of_the_first_arrival(given):
    assert cells(given, "first_time", "week", "2026-09-28", "account") == [
        (2, 1, 2),
        (2, 1, 1),
        (2, 0, 1),
        (2, 1, 1),
        (2, None, None),
    ]


@pytest.mark.usefixtures("arrivals")
def test_nobody_who_came_is_a_cohort_of_whom_nobody_stayed(given):
    assert cells(given, "first_time", "week", "2026-10-05")[:2] == [(1, 0, 0), (1, 0, 0)]


@pytest.mark.usefixtures("arrivals")
def test_a_month_that_the_feed_does_not_reach_to_its_end_is_not_over(given):
    assert cells(given, "first_time", "month", "2026-09-01") == [(1, 0, 1)] + 4 * [(1, None, None)]
    assert cells(given, "first_time", "month", "2026-10-01") == []
    assert cells(given, "recurring", "month", "2026-09-01") == [(1, 1, 1)] + 4 * [(1, None, None)]


@pytest.mark.usefixtures("arrivals")
def test_rates_are_of_the_cohort(given):
    found = given.connection.execute(
        """
        select bounded_rate, unbounded_rate from published.retention
        where period = 'week' and cohort_starts = '2026-09-28' and level = 'bank' and age in (1, 4)
        order by age
        """
    ).fetchall()
    assert found == [(1 / 3, 2 / 3), (None, None)]


@pytest.mark.usefixtures("arrivals")
def test_rates_have_the_intervals_of_the_cohort(given):
    found = given.connection.execute(
        """
        select bounded_low, bounded_high, unbounded_low, unbounded_high from published.retention
        where period = 'week' and cohort_starts = '2026-09-28' and level = 'bank' and age in (1, 4)
        order by age
        """
    ).fetchall()
    # 1 of 3 and 2 of 3, as Brown, Cai and DasGupta 2001 write the interval
    assert found[0] == pytest.approx((0.0615, 0.7923, 0.2077, 0.9385), abs=5e-5)
    assert found[1] == (None,) * 4


def test_the_first_arrival_is_the_first_under_any_code(given, assert_built):
    given["core.arrivals"] = f"""
        customer_token | source_code | arrived_at          | day        | event_id | account_id
        {ANNA}         | A           | 2026-10-02 02:00:00 | 2026-10-02 | e2       | hq
        {ANNA}         |             | 2026-10-01 02:00:00 | 2026-10-01 | e3       | (none)
        {BEN}          | A           | 2026-10-03 02:00:00 | 2026-10-03 | e5       | cards
        {BEN}          | B           | 2026-10-03 02:00:00 | 2026-10-03 | e4       | hq
    """
    assert_built(
        "core.first_arrivals",
        f"""
        customer_token | day        | week_starts | month      | account_id
        {ANNA}         | 2026-10-01 | 2026-09-28  | 2026-10-01 | (none)
        {BEN}          | 2026-10-03 | 2026-09-28  | 2026-10-01 | hq
        """,
    )
