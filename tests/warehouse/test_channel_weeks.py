"""What channels cost and brought week by week, and the model made of it."""

import pytest

from pipeline.warehouse.model import read_model, sql_folder
from pipeline.warehouse.protect import protect
from tests.warehouse.people import ANNA, BEN, CARA


@pytest.fixture
def accounts(given):
    """Two accounts of one platform, one of another and one that nothing is paid for."""
    given.as_of("2026-10-20")
    lines = ["account_id | day | platform"]
    platforms = {"a": "weibo", "b": "weibo", "c": "douyin", "d": "bank_app", "(none)": ""}
    for account, platform in platforms.items():
        lines += [f"{account} | 2026-10-{day:02} | {platform}" for day in (4, 5, 11, 12, 13, 19)]
    given["core.account_days"] = "\n".join(lines)


@pytest.mark.usefixtures("accounts")
def test_weeks_are_those_that_spend_was_delivered_for(given, assert_built):
    given["staging.bank_spend"] = """
        spend_id | spent_on   | account_id | purpose  | amount_yuan
        s1       | 2026-10-05 | a          | ads      | 100.00
        s2       | 2026-10-11 | b          | content  | 20.50
        s3       | 2026-10-12 | c          | creator  | 7.00
        s4       | 2026-10-12 | c          | giveaway | 5000.00
        s5       | 2026-10-13 | a          | ads      | -9.00
        s6       | 2026-10-19 | a          | ads      | 900.00
    """
    given["core.new_customers"] = f"""
        customer_token | day        | account_id
        {ANNA}         | 2026-10-11 | a
        {BEN}          | 2026-10-05 | (none)
        {CARA}         | 2026-10-13 | d
    """
    assert_built(
        "core.channel_weeks",
        """
        channel | week_starts | spend_yuan | customers
        douyin  | 2026-10-05  | 0          | 0
        douyin  | 2026-10-12  | 7          | 0
        weibo   | 2026-10-05  | 120.5      | 1
        weibo   | 2026-10-12  | 0          | 0
        """,
    )


@pytest.mark.usefixtures("accounts")
def test_weeks_out_of_the_feed_s_reach_or_too_long_ago_are_in_no_model(given, assert_built):
    given.parameters(mix_weeks=2)
    given["core.feed_gaps"] = "week_starts | is_partly_known\n 2026-10-12 | true"
    given["staging.bank_spend"] = """
        spend_id | spent_on   | account_id | purpose | amount_yuan
        s1       | 2026-10-04 | a          | ads     | 3.00
        s2       | 2026-10-11 | a          | ads     | 4.00
        s3       | 2026-10-12 | a          | ads     | 5.00
    """
    assert_built("core.channel_weeks", "week_starts\n")
    given.parameters(mix_weeks=3)
    assert_built("core.channel_weeks", "week_starts | spend_yuan\n 2026-10-05 | 4.00")


def test_a_curve_of_too_few_persons_is_withheld_whole(given):
    given.parameters(small_cell=2)
    given["core.channel_weeks"] = "\n".join(
        ["channel | week_starts | spend_yuan | customers"]
        + [f"weibo | 2026-{8 + n // 4:02}-{1 + 7 * (n % 4):02} | {50 * n} | 1" for n in range(13)]
    )
    given.build("published.channel_curves", "published.channel_mix")
    for name in ("channel_curves", "channel_mix"):
        model = read_model(sql_folder() / f"published/{name}.sql")
        protect(given.connection, model, 14)
        gone = [column for withheld in model.persons.values() for column in withheld]
        columns = ", ".join(["customers", *gone])
        found = given.connection.execute(f"select {columns} from published.{name}").fetchall()
        assert found and set(found) == {(None,) * len(found[0])}


def test_without_spend_there_is_no_model(assert_built):
    assert_built("published.channel_curves", "channel")
    assert_built("published.channel_mix", "channel")
