import pytest

from pipeline.warehouse.model import read_model, sql_folder
from pipeline.warehouse.protect import protect
from tests.warehouse.people import ANNA, BEN, CARA, DORA


@pytest.fixture
def november(given):
    """A week of one registered account; another one is out of the register."""
    given["core.level_weeks"] = """
        week     | week_starts | account_id | level   | tier         | unit_id | path_account_id
        2026-W45 | 2026-11-02  | hq         | bank    |              |         |
        2026-W45 | 2026-11-02  | hq         | tier    | head_office  |         |
        2026-W45 | 2026-11-02  | hq         | account | head_office  | press   | hq
        2026-W45 | 2026-11-02  | (none)     | bank    |              |         |
        2026-W45 | 2026-11-02  | (none)     | tier    | unattributed |         |
    """
    given["core.account_levels"] = """
        account_id | day        | level | tier
        lost       | 2026-11-08 | bank  |
        lost       | 2026-11-08 | tier  | unregistered
    """


@pytest.mark.usefixtures("november")
def test_credits_are_summed_at_each_level_and_sum_to_the_bank_s(given, assert_built):
    c = "card_application"
    given["core.attribution_credits"] = f"""
        event_id | kind | customer_token | day | account_id | last_touch | first_touch | linear
        e1       | {c}  | {ANNA}         | 2026-11-02 | hq         | 1          | 0           | 0.25
        e1       | {c}  | {ANNA}         | 2026-11-02 | lost       | 0          | 1           | 0.75
        e2       | {c}  | {ANNA}         | 2026-11-08 | hq         | 1          | 1           | 1
        e3       | {c}  | {BEN}          | 2026-11-08 | (none)     | 1          | 1           | 1
        e4       | {c}  | {CARA}         | 2026-11-09 | hq         | 1          | 1           | 1
        e5       | new_customer | {DORA} | 2026-11-03 | hq         | 1          | 1           | 1
    """
    given.build("published.attribution")
    found = given.connection.execute(
        "select tier, account_id, customers, conversions, last_customers, first_customers,"
        " last_touch, first_touch, linear::double from published.attribution"
        " where kind = ? order by tier nulls first, account_id nulls first",
        [c],
    ).fetchall()
    assert found == [
        (None, None, 2, 3, 2, 2, 3, 3, 3.0),
        ("head_office", None, 1, 2, 1, 1, 2, 1, 1.25),
        ("head_office", "hq", 1, 2, 1, 1, 2, 1, 1.25),
        ("unattributed", None, 1, 1, 1, 1, 1, 1, 1.0),
        ("unregistered", None, 1, 1, 0, 1, 0, 1, 0.75),
    ]


@pytest.mark.usefixtures("november")
def test_a_level_without_conversions_has_none(given, assert_built):
    given.build("published.attribution")
    found = given.connection.execute(
        "select distinct kind, customers, last_touch, linear::int from published.attribution"
        " order by all"
    ).fetchall()
    kinds = ("card_application", "new_customer", "wealth_subscription")
    assert found == [(kind, 0, 0, 0) for kind in kinds]


@pytest.mark.usefixtures("november")
def test_a_week_the_feed_does_not_reach_has_no_row(given, assert_built):
    given["core.feed_gaps"] = "week_starts | is_partly_known\n 2026-11-02 | false"
    assert_built("published.attribution", "week")


def test_credits_are_withheld_with_the_customers_behind_them(given):
    given["published.attribution"] = """
        week_starts | kind | customers | conversions | linear | last_customers | last_touch
        2026-11-02  | c    | 9         | 20          | 4.5    | 9              | 20
        2026-11-09  | c    | 30        | 40          | 20     | 3              | 4
    """
    protect(given.connection, read_model(sql_folder() / "published" / "attribution.sql"), 10)
    found = given.connection.execute(
        "select customers, conversions, linear::int, last_customers, last_touch, suppressed"
        " from published.attribution order by week_starts"
    ).fetchall()
    assert found == [
        (None, None, None, None, None, "customers,last_customers"),
        (30, 40, 20, None, None, "last_customers"),
    ]
