import pytest

FEED = """
    dataset     | exported_at         | first_day  | landed
    bank_events | {until} 06:00:00    | {first}    | 9
"""


@pytest.fixture
def feed(given):
    """A feed that is old enough for every window."""
    given["staging.deliveries"] = FEED.format(first="2026-08-01", until="2026-11-16")
    given.parameters(small_cell=2)


@pytest.mark.usefixtures("feed")
@pytest.mark.parametrize(
    ("day", "dau", "wau", "mau"),
    [
        ("2026-10-01", 1, 1, 1),
        ("2026-10-07", 0, 1, 1),
        ("2026-10-08", 0, 0, 1),
        ("2026-10-30", 0, 0, 1),
        ("2026-10-31", 0, 0, 0),
    ],
)
def test_a_day_counts_in_windows_of_7_and_30_days_that_begin_with_it(given, day, dau, wau, mau):
    given["core.activity_moves"] = """
        day        | level | customers | before_7 | before_30 | again_7 | again_30
        2026-10-01 | bank  | 1         | 0        | 0         | 0       | 0
    """
    given.build("published.rolling_persons")
    row = given.connection.execute(
        "select dau, wau, mau from published.rolling_persons where day = ?", [day]
    ).fetchone()
    assert row == (dau, wau, mau)


@pytest.mark.usefixtures("feed")
@pytest.mark.parametrize(
    ("day", "dau", "wau", "mau"),
    [
        ("2026-10-05", 1, 1, 1),
        ("2026-10-11", 0, 1, 1),
        ("2026-10-12", 0, 0, 1),
        ("2026-10-25", 1, 1, 1),
        ("2026-11-03", 0, 0, 1),
    ],
)
def test_a_customer_who_comes_again_is_still_one(given, day, dau, wau, mau):
    given["core.activity_moves"] = """
        day        | level | customers | before_7 | before_30 | again_7 | again_30
        2026-10-01 | bank  | 1         | 0        | 0         | 1       | 1
        2026-10-05 | bank  | 1         | 1        | 1         | 0       | 1
        2026-10-25 | bank  | 1         | 0        | 1         | 0       | 0
    """
    given.build("published.rolling_persons")
    row = given.connection.execute(
        "select dau, wau, mau from published.rolling_persons where day = ?", [day]
    ).fetchone()
    assert row == (dau, wau, mau)


def test_a_window_that_begins_before_the_feed_is_unknown(given):
    given["staging.deliveries"] = FEED.format(first="2026-10-01", until="2026-11-02")
    given["core.activity_moves"] = """
        day        | level | customers | before_7 | before_30 | again_7 | again_30
        2026-10-06 | bank  | 20        | 0        | 0         | 0       | 0
    """
    given.build("published.rolling_persons")
    found = given.connection.execute(
        """
        select dau, wau, mau from published.rolling_persons
        where day in ('2026-10-06', '2026-10-07', '2026-10-29', '2026-10-30') order by day
        """
    )
    assert found.fetchall() == [(20, None, None), (0, 20, None), (0, 0, None), (0, 0, 20)]


@pytest.mark.parametrize(
    ("exported", "as_of", "last_day"),
    [
        ("2026-11-20", "2026-11-16", "2026-11-15"),
        ("2026-11-10", "2026-11-16", "2026-11-09"),
    ],
)
def test_the_last_day_is_the_one_before_the_run_that_the_feed_reaches(
    given, exported, as_of, last_day
):
    given["staging.deliveries"] = FEED.format(first="2026-08-01", until=exported)
    given["core.activity_moves"] = """
        day        | level | customers | before_7 | before_30 | again_7 | again_30
        2026-10-01 | bank  | 20        | 0        | 0         | 0       | 0
    """
    given.as_of(as_of)
    given.build("published.rolling_persons")
    found = given.connection.execute("select min(day), max(day) from published.rolling_persons")
    assert [str(day) for day in found.fetchone() or ()] == ["2026-10-01", last_day]


def test_400_days_are_published_and_those_before_them_still_count(given):
    given["staging.deliveries"] = FEED.format(first="2025-01-01", until="2026-11-16")
    given["core.activity_moves"] = """
        day        | level | customers | before_7 | before_30 | again_7 | again_30
        2025-10-10 | bank  | 20        | 0        | 0         | 0       | 0
    """
    given.build("published.rolling_persons")
    found = given.connection.execute(
        "select min(day), count(*), min_by(mau, day) from published.rolling_persons"
    )
    first, days, mau = found.fetchone() or ()
    assert (str(first), days, mau) == ("2025-10-12", 400, 20)


@pytest.mark.usefixtures("feed")
def test_each_level_path_is_counted_by_itself_under_its_latest_name(given, assert_built):
    given["settings.calendar"] = "day\n 2026-10-01\n 2026-10-02"
    given["core.account_levels"] = """
        account_id | day        | level   | tier | unit_id | unit_name | path_account_id | platform
        hq         | 2026-10-01 | account | line | cards   | Cards     | hq              | douyin
        hq         | 2026-10-02 | account | line | cards   | Plastic   | hq              | douyin
    """
    given.build("core.account_places")
    given["core.activity_moves"] = """
        day        | level    | tier | unit_id | platform | account_id | customers
        2026-10-01 | bank     |      |         |          |            | 30
        2026-10-01 | account  | line | cards   | douyin   | hq         | 20
        2026-10-01 | platform |      |         | douyin   |            | 25
        2026-10-02 | bank     |      |         |          |            | 20
    """
    assert_built(
        "published.rolling_persons",
        """
        day        | level    | tier | unit_id | unit_name | account_id | platform | dau | mau
        2026-10-01 | bank     |      |         |           |            |          | 30  | 30
        2026-10-01 | account  | line | cards   | Plastic   | hq         | douyin   | 20  | 20
        2026-10-01 | platform |      |         |           |            | douyin   | 25  | 25
        2026-10-02 | bank     |      |         |           |            |          | 20  | 50
        2026-10-02 | account  | line | cards   | Plastic   | hq         | douyin   | 0   | 20
        2026-10-02 | platform |      |         |           |            | douyin   | 0   | 25
        """,
    )


def test_stickiness_is_of_what_is_published(given, assert_built):
    given["published.rolling_persons"] = """
        day        | level | tier | dau | wau | mau | suppressed
        2026-10-01 | bank  |      | 25  | 60  | 100 |
        2026-10-01 | tier  | line |     | 20  | 40  | dau
        2026-10-01 | tier  | hq   | 0   | 0   | 0   |
    """
    assert_built(
        "published.rolling_active",
        """
        tier | dau | mau | stickiness | suppressed
             | 25  | 100 | 0.25       |
        line |     | 40  |            | dau
        hq   | 0   | 0   |            |
        """,
    )
