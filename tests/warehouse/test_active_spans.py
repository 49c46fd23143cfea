import pytest

from tests.warehouse.people import ANNA, BEN


@pytest.fixture
def register(given):
    """Two accounts of one unit, one of another unit of the tier, one of another tier."""
    places = {"hq1": "head_office | hq", "hq2": "head_office | hq", "pr": "head_office | press"}
    places["cards"] = "line | cards"
    given["core.account_days"] = "\n".join(
        ["account_id | day | tier | unit_id"]
        + [
            f"{account} | 2026-10-0{day} | {place}"
            for account, place in places.items()
            for day in range(1, 5)
        ]
        + [f"(none) | 2026-10-0{day} | unattributed | " for day in range(1, 5)]
    )


@pytest.mark.parametrize(("again", "is_told"), [("2026-10-30", True), ("2026-10-31", False)])
def test_a_day_counts_for_itself_and_the_29_after_it_unless_another_takes_over(
    given, assert_built, again, is_told
):
    given["core.login_days"] = f"""
        customer_token | day        | account_id
        {ANNA}         | 2026-10-01 | (none)
        {ANNA}         | {again}    | (none)
        {BEN}          | 2026-10-05 | (none)
    """
    told = again if is_told else ""
    assert_built(
        "core.active_spans",
        f"""
        customer_token | day        | bank_again | tier_again
        {ANNA}         | 2026-10-01 | {told}     | {told}
        {ANNA}         | {again}    |            |
        {BEN}          | 2026-10-05 |            |
        """,
    )


@pytest.mark.usefixtures("register")
def test_each_level_has_the_next_day_at_that_level(given, assert_built):
    given["core.login_days"] = f"""
        customer_token | day        | account_id
        {ANNA}         | 2026-10-01 | hq1
        {ANNA}         | 2026-10-02 | cards
        {ANNA}         | 2026-10-03 | pr
        {ANNA}         | 2026-10-04 | hq2
        {BEN}          | 2026-10-04 | hq1
    """
    assert_built(
        "core.active_spans",
        f"""
        customer_token | day        | bank_again | tier_again | unit_again | account_again
        {ANNA}         | 2026-10-01 | 2026-10-02 | 2026-10-03 | 2026-10-04 |
        {ANNA}         | 2026-10-02 | 2026-10-03 |            |            |
        {ANNA}         | 2026-10-03 | 2026-10-04 | 2026-10-04 |            |
        {ANNA}         | 2026-10-04 |            |            |            |
        {BEN}          | 2026-10-04 |            |            |            |
        """,
    )


@pytest.mark.usefixtures("register")
def test_who_comes_back_to_an_account_is_there_again(given, assert_built):
    given["core.login_days"] = f"""
        customer_token | day        | account_id
        {ANNA}         | 2026-10-01 | hq1
        {ANNA}         | 2026-10-02 | (none)
        {ANNA}         | 2026-10-03 | hq1
        {ANNA}         | 2026-10-04 | hq1
    """
    assert_built(
        "core.active_spans",
        """
        day        | bank_again | tier_again | unit_again | account_again
        2026-10-01 | 2026-10-02 | 2026-10-03 | 2026-10-03 | 2026-10-03
        2026-10-02 | 2026-10-03 |            |            |
        2026-10-03 | 2026-10-04 | 2026-10-04 | 2026-10-04 | 2026-10-04
        2026-10-04 |            |            |            |
        """,
    )


def test_an_account_that_moves_takes_its_customers_to_another_level(given, assert_built):
    given["core.account_days"] = """
        account_id | day        | tier        | unit_id
        hq         | 2026-10-01 | head_office | press
        hq         | 2026-10-02 | branch      | east
        hq         | 2026-10-03 | branch      | east
        hq         | 2026-10-04 | head_office | press
    """
    given["core.login_days"] = f"""
        customer_token | day        | account_id
        {ANNA}         | 2026-10-01 | hq
        {ANNA}         | 2026-10-02 | hq
        {ANNA}         | 2026-10-03 | hq
        {ANNA}         | 2026-10-04 | hq
    """
    assert_built(
        "core.active_spans",
        """
        day        | bank_again | tier_again | account_again
        2026-10-01 | 2026-10-02 | 2026-10-04 | 2026-10-04
        2026-10-02 | 2026-10-03 | 2026-10-03 | 2026-10-03
        2026-10-03 | 2026-10-04 |            |
        2026-10-04 |            |            |
        """,
    )
