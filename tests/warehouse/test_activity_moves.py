import pytest

from tests.warehouse.people import ANNA, BEN

HEADER = "day | level | tier | unit_id | account_id | platform | customers | before_7 | again_7"


@pytest.fixture
def register(given):
    """Two accounts of one unit, one of another unit of the tier, one of another tier."""
    places = {
        "hq1": "head_office | hq | douyin",
        "hq2": "head_office | hq | zhihu",
        "pr": "head_office | press | zhihu",
        "cards": "line | cards | douyin",
    }
    given["core.account_days"] = "\n".join(
        ["account_id | day | tier | unit_id | platform"]
        + [
            f"{account} | 2026-10-0{day} | {place}"
            for account, place in places.items()
            for day in range(1, 5)
        ]
        + [f"(none) | 2026-10-0{day} | unattributed | |" for day in range(1, 5)]
    )
    given.build("core.account_levels", "core.account_places")


@pytest.mark.parametrize(
    ("again", "counts"),
    [
        ("2026-10-07", (1, 1)),
        ("2026-10-08", (0, 1)),
        ("2026-10-30", (0, 1)),
        ("2026-10-31", (0, 0)),
    ],
)
def test_a_day_counts_for_itself_and_the_6_or_29_after_it(given, assert_built, again, counts):
    given["core.account_days"] = f"""
        account_id | day        | tier
        (none)     | 2026-10-01 | unattributed
        (none)     | {again}    | unattributed
    """
    given.build("core.account_levels", "core.account_places")
    given["core.login_days"] = f"""
        customer_token | day        | account_id
        {ANNA}         | 2026-10-01 | (none)
        {ANNA}         | {again}    | (none)
        {BEN}          | {again}    | (none)
    """
    week, month = counts
    assert_built(
        "core.activity_moves",
        f"""
        day        | level | customers | before_7 | before_30 | again_7 | again_30
        2026-10-01 | bank  | 1         | 0        | 0         | {week}  | {month}
        2026-10-01 | tier  | 1         | 0        | 0         | {week}  | {month}
        {again}    | bank  | 2         | {week}   | {month}   | 0       | 0
        {again}    | tier  | 2         | {week}   | {month}   | 0       | 0
        """,
    )


@pytest.mark.usefixtures("register")
def test_each_level_has_a_next_day_of_its_own(given, assert_built):
    given["core.login_days"] = f"""
        customer_token | day        | account_id
        {ANNA}         | 2026-10-01 | hq1
        {ANNA}         | 2026-10-02 | cards
        {ANNA}         | 2026-10-03 | pr
        {ANNA}         | 2026-10-04 | hq2
        {BEN}          | 2026-10-04 | hq1
    """
    assert_built(
        "core.activity_moves",
        f"""
        {HEADER}
        2026-10-01 | bank     |              |       |       |              | 1 | 0 | 1
        2026-10-01 | tier     | head_office  |       |       |              | 1 | 0 | 1
        2026-10-01 | unit     | head_office  | hq    |       |              | 1 | 0 | 1
        2026-10-01 | account  | head_office  | hq    | hq1   | douyin       | 1 | 0 | 0
        2026-10-02 | bank     |              |       |       |              | 1 | 1 | 1
        2026-10-02 | tier     | line         |       |       |              | 1 | 0 | 0
        2026-10-02 | unit     | line         | cards |       |              | 1 | 0 | 0
        2026-10-02 | account  | line         | cards | cards | douyin       | 1 | 0 | 0
        2026-10-03 | bank     |              |       |       |              | 1 | 1 | 1
        2026-10-03 | tier     | head_office  |       |       |              | 1 | 1 | 1
        2026-10-03 | unit     | head_office  | press |       |              | 1 | 0 | 0
        2026-10-03 | account  | head_office  | press | pr    | zhihu        | 1 | 0 | 0
        2026-10-04 | bank     |              |       |       |              | 2 | 1 | 0
        2026-10-04 | tier     | head_office  |       |       |              | 2 | 1 | 0
        2026-10-04 | unit     | head_office  | hq    |       |              | 2 | 1 | 0
        2026-10-04 | account  | head_office  | hq    | hq1   | douyin       | 1 | 0 | 0
        2026-10-04 | account  | head_office  | hq    | hq2   | zhihu        | 1 | 0 | 0
        2026-10-01 | platform |              |       |       | douyin       | 1 | 0 | 1
        2026-10-02 | platform |              |       |       | douyin       | 1 | 1 | 0
        2026-10-03 | platform |              |       |       | zhihu        | 1 | 0 | 1
        2026-10-04 | platform |              |       |       | zhihu        | 1 | 1 | 0
        2026-10-04 | platform |              |       |       | douyin       | 1 | 0 | 0
        """,
    )


@pytest.mark.usefixtures("register")
def test_who_comes_back_to_an_account_is_there_again(given, assert_built):
    given["core.login_days"] = f"""
        customer_token | day        | account_id
        {ANNA}         | 2026-10-01 | hq1
        {ANNA}         | 2026-10-02 | (none)
        {ANNA}         | 2026-10-03 | hq1
    """
    assert_built(
        "core.activity_moves",
        f"""
        {HEADER}
        2026-10-01 | bank     |              |       |       |              | 1 | 0 | 1
        2026-10-01 | tier     | head_office  |       |       |              | 1 | 0 | 1
        2026-10-01 | unit     | head_office  | hq    |       |              | 1 | 0 | 1
        2026-10-01 | account  | head_office  | hq    | hq1   | douyin       | 1 | 0 | 1
        2026-10-02 | bank     |              |       |       |              | 1 | 1 | 1
        2026-10-02 | tier     | unattributed |       |       | unattributed | 1 | 0 | 0
        2026-10-03 | bank     |              |       |       |              | 1 | 1 | 0
        2026-10-03 | tier     | head_office  |       |       |              | 1 | 1 | 0
        2026-10-03 | unit     | head_office  | hq    |       |              | 1 | 1 | 0
        2026-10-03 | account  | head_office  | hq    | hq1   | douyin       | 1 | 1 | 0
        2026-10-01 | platform |              |       |       | douyin       | 1 | 0 | 1
        2026-10-03 | platform |              |       |       | douyin       | 1 | 1 | 0
        """,
    )


def test_an_account_that_moves_takes_its_customers_to_another_level(given, assert_built):
    given["core.account_days"] = """
        account_id | day        | tier        | unit_id | platform
        hq         | 2026-10-01 | head_office | press   | douyin
        hq         | 2026-10-02 | branch      | east    | douyin
        hq         | 2026-10-03 | head_office | press   | douyin
    """
    given.build("core.account_levels", "core.account_places")
    given["core.login_days"] = f"""
        customer_token | day        | account_id
        {ANNA}         | 2026-10-01 | hq
        {ANNA}         | 2026-10-02 | hq
        {ANNA}         | 2026-10-03 | hq
    """
    assert_built(
        "core.activity_moves",
        f"""
        {HEADER}
        2026-10-01 | bank     |              |       |       |              | 1 | 0 | 1
        2026-10-01 | tier     | head_office  |       |       |              | 1 | 0 | 1
        2026-10-01 | unit     | head_office  | press |       |              | 1 | 0 | 1
        2026-10-01 | account  | head_office  | press | hq    | douyin       | 1 | 0 | 1
        2026-10-02 | bank     |              |       |       |              | 1 | 1 | 1
        2026-10-02 | tier     | branch       |       |       |              | 1 | 0 | 0
        2026-10-02 | unit     | branch       | east  |       |              | 1 | 0 | 0
        2026-10-02 | account  | branch       | east  | hq    | douyin       | 1 | 0 | 0
        2026-10-03 | bank     |              |       |       |              | 1 | 1 | 0
        2026-10-03 | tier     | head_office  |       |       |              | 1 | 1 | 0
        2026-10-03 | unit     | head_office  | press |       |              | 1 | 1 | 0
        2026-10-03 | account  | head_office  | press | hq    | douyin       | 1 | 1 | 0
        2026-10-01 | platform |              |       |       | douyin       | 1 | 0 | 1
        2026-10-02 | platform |              |       |       | douyin       | 1 | 1 | 1
        2026-10-03 | platform |              |       |       | douyin       | 1 | 1 | 0
        """,
    )
