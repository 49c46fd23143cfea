import pytest

from pipeline.warehouse.model import read_model, sql_folder
from pipeline.warehouse.protect import protect

MOVES = "new_active | retained | returned | lost | moved_in | moved_out"


@pytest.fixture
def months(given):
    """Two accounts of two tiers in September and October; one of them is in a third in October."""
    places = {"hq": "head_office | press", "cards": "line | cards", "(none)": "unattributed |"}
    lines = [
        "month | level | tier | unit_id | account_id | path_account_id | is_complete | platform"
    ]
    for month in ("2026-09-01", "2026-10-01"):
        for account, place in places.items():
            where = "branch | east" if (account, month) == ("hq", "2026-10-01") else place
            tier = where.split(" |")[0]
            lines += [f"{month} | bank | | | {account} | | true |"]
            lines += [f"{month} | tier | {tier} | | {account} | | true |"]
            if account != "(none)":
                platform = {"hq": "douyin", "cards": "zhihu"}[account]
                lines += [
                    f"{month} | account | {where} | {account} | {account} | true | {platform}"
                ]
    given["core.level_months"] = "\n".join(lines)
    given.build("core.place_months")
    given["core.account_months"] = """
        month      | account_id | mau
        2026-09-01 | hq         | 90
        2026-10-01 | hq         | 90
    """


@pytest.mark.usefixtures("months")
def test_the_moves_of_each_level_are_those_over_its_border(given, assert_built):
    given["core.account_month_moves"] = """
        month      | before_account_id | account_id | is_first_month | customers
        2026-10-01 |                   | cards      | true           | 11
        2026-10-01 |                   | (none)     | false          | 12
        2026-10-01 | cards             | cards      | false          | 13
        2026-10-01 | cards             | (none)     | false          | 14
        2026-10-01 | (none)            |            | false          | 15
    """
    assert_built(
        "published.monthly_moves",
        f"""
        level    | tier         | platform     | account_id | {MOVES}
        bank     |              |              |            | 11 | 27 | 12 | 15 | 0  | 0
        tier     | line         |              |            | 11 | 13 | 0  | 0  | 0  | 14
        account  | line         | zhihu        | cards      | 11 | 13 | 0  | 0  | 0  | 14
        tier     | unattributed | unattributed |            | 0  | 0  | 12 | 15 | 14 | 0
        tier     | branch       |              |            | 0  | 0  | 0  | 0  | 0  | 0
        account  | branch       | douyin       | hq         | 0  | 0  | 0  | 0  | 0  | 0
        platform |              | douyin       |            | 0  | 0  | 0  | 0  | 0  | 0
        platform |              | zhihu        |            | 11 | 13 | 0  | 0  | 0  | 14
        """,
    )


@pytest.mark.usefixtures("months")
def test_an_account_that_moves_takes_its_customers_to_another_tier(given, assert_built):
    given["core.account_month_moves"] = """
        month      | before_account_id | account_id | is_first_month | customers
        2026-10-01 | hq                | hq         | false          | 20
    """
    given["settings.run"] = "as_of\n 2026-10-31"
    assert_built(
        "published.monthly_moves",
        """
        month      | complete | level    | tier         | platform | retained | moved_in | moved_out
        2026-10-01 | false    | bank     |              |          | 20       | 0        | 0
        2026-10-01 | false    | tier     | head_office  |          | 0        | 0        | 20
        2026-10-01 | false    | account  | head_office  | douyin   | 0        | 0        | 20
        2026-10-01 | false    | tier     | branch       |          | 0        | 20       | 0
        2026-10-01 | false    | account  | branch       | douyin   | 0        | 20       | 0
        2026-10-01 | false    | platform |              | douyin   | 20       | 0        | 0
        2026-10-01 | false    | platform |              | zhihu    | 0        | 0        | 0
        2026-10-01 | false    | tier     | line         |          | 0        | 0        | 0
        2026-10-01 | false    | account  | line         | zhihu    | 0        | 0        | 0
        2026-10-01 | false    | tier     | unattributed | unattributed | 0    | 0        | 0
        """,
    )


@pytest.mark.usefixtures("months")
def test_a_month_after_one_that_was_not_delivered_has_no_moves(given, assert_built):
    given["core.account_months"] = "month | mau\n 2026-08-01 | 9\n 2026-10-01 | 9"
    given["core.account_month_moves"] = """
        month      | account_id | is_first_month | customers
        2026-10-01 | cards      | true           | 20
    """
    assert_built("published.monthly_moves", "month | level | new_active")


@pytest.mark.usefixtures("months")
def test_with_a_small_move_the_others_of_the_row_are_withheld(given):
    given["core.account_month_moves"] = """
        month      | before_account_id | account_id | is_first_month | customers
        2026-10-01 | cards             | cards      | false          | 50
        2026-10-01 | cards             |            | false          | 3
        2026-10-01 | (none)            |            | false          | 40
    """
    given.build("published.monthly_moves")
    model = read_model(sql_folder() / "published" / "monthly_moves.sql")
    protect(given.connection, model, k=10)
    found = given.connection.execute(
        "select tier, retained, lost, suppressed from published.monthly_moves"
        " where level in ('bank', 'tier') and (tier is null or tier in ('line', 'unattributed'))"
    )
    assert sorted(found.fetchall(), key=str) == [
        ("line", None, None, "lost"),
        ("unattributed", None, None, "lost"),
        (None, 50, 43, None),
    ]
