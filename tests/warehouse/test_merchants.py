"""Merchants whose numbers fall week after week, where the bank opted in and they consented."""

import datetime as dt
import random
import uuid

import pytest

from tests.warehouse.people import ANNA, BEN, CARA

PURPOSE = "post_loan"
WEEKS = "merchant_token | week_starts | settlement_yuan | visits"


@pytest.fixture
def opted_in(given):
    given.parameters(merchant_purpose=PURPOSE, merchant_weeks_down=2, merchant_fallen_percent=20)
    given["staging.valid_consents"] = f"""
        purpose           | customer_token
        {PURPOSE}         | {ANNA}
        {PURPOSE}         | {BEN}
        channel_analytics | {CARA}
    """


@pytest.mark.usefixtures("opted_in")
def test_a_run_is_weeks_below_the_week_before_each(given, assert_built):
    given["staging.bank_merchant_weeks"] = f"""
        {WEEKS}
        {ANNA} | 2026-09-28 | 100 |
        {ANNA} | 2026-10-05 | 90  |
        {ANNA} | 2026-10-12 | 80  |
        {ANNA} | 2026-10-19 | 80  |
        {ANNA} | 2026-10-26 | 72  |
    """
    assert_built(
        "core.merchant_runs",
        """
        week_starts | metric     | amount | before | weeks_down | begun_at | fallen_share|is_signal
        2026-09-28  | settlement | 100    |        | 0          | 100      | 0            | false
        2026-10-05  | settlement | 90     | 100    | 1          | 100      | 0.1          | false
        2026-10-12  | settlement | 80     | 90     | 2          | 100      | 0.2          | true
        2026-10-19  | settlement | 80     | 80     | 0          | 80       | 0            | false
        2026-10-26  | settlement | 72     | 80     | 1          | 80       | 0.1          | false
        """,
    )


@pytest.mark.usefixtures("opted_in")
def test_a_week_that_is_not_there_or_without_the_number_ends_a_run(given, assert_built):
    given["staging.bank_merchant_weeks"] = f"""
        {WEEKS}
        {ANNA} | 2026-09-28 | 100 | 50
        {ANNA} | 2026-10-12 | 80  | 40
        {ANNA} | 2026-10-19 | 60  |
        {ANNA} | 2026-10-26 | 0   | 20
    """
    assert_built(
        "core.merchant_runs",
        """
        week_starts | metric     | before | weeks_down | fallen_share
        2026-09-28  | settlement |        | 0          | 0
        2026-09-28  | visits     |        | 0          | 0
        2026-10-12  | settlement |        | 0          | 0
        2026-10-12  | visits     |        | 0          | 0
        2026-10-19  | settlement | 80     | 1          | 0.25
        2026-10-26  | settlement | 60     | 2          | 1
        2026-10-26  | visits     |        | 0          | 0
        """,
    )


ONE_WEEK = "\n".join(
    [WEEKS, *(f"{who} | 2026-10-05 | 100 |" for who in (ANNA, BEN, CARA))]
)  # of whom Cara consented to something else


@pytest.mark.usefixtures("opted_in")
def test_who_did_not_consent_to_this_purpose_is_in_nothing(given, assert_built):
    given["staging.bank_merchant_weeks"] = ONE_WEEK
    assert_built("core.merchant_runs", f"merchant_token\n {ANNA}\n {BEN}")


@pytest.mark.usefixtures("opted_in")
def test_unless_the_bank_names_a_purpose_there_is_nothing(given, assert_built):
    given.parameters(merchant_purpose="")
    given["staging.bank_merchant_weeks"] = ONE_WEEK
    assert_built("core.merchant_runs", "merchant_token")
    assert_built("core.merchant_checks", "merchant_token")
    assert_built("published.merchant_signals", "metric")


RUNS = "merchant_token | metric | week_starts | before | weeks_down | is_signal"


def test_the_check_list_is_of_the_latest_week(given, assert_built):
    given["core.merchant_runs"] = f"""
        {RUNS}
        {ANNA} | visits     | 2026-10-05 | 1 | 3 | true
        {ANNA} | visits     | 2026-10-12 | 1 | 4 | true
        {BEN}  | visits     | 2026-10-05 | 1 | 1 | false
        {BEN}  | visits     | 2026-10-12 | 1 | 2 | true
        {CARA} | settlement | 2026-10-05 | 1 | 2 | true
        {CARA} | settlement | 2026-10-12 | 1 | 0 | false
    """
    assert_built(
        "core.merchant_checks",
        f"""
        merchant_token | metric | week_starts | weeks_down | was_signal
        {ANNA}         | visits | 2026-10-12  | 4          | true
        {BEN}          | visits | 2026-10-12  | 2          | false
        """,
    )


def test_signals_are_counted_by_week(given, assert_built):
    given["core.merchant_runs"] = f"""
        {RUNS}
        {ANNA} | visits | 2026-10-05 |   | 0 | false
        {ANNA} | visits | 2026-10-12 | 9 | 4 | true
        {ANNA} | visits | 2026-10-19 | 8 | 5 | true
        {BEN}  | visits | 2026-10-19 | 9 | 1 | false
        {CARA} | visits | 2026-10-19 | 9 | 4 | true
    """
    assert_built(
        "published.merchant_signals",
        """
        week     | metric | merchants | comparable | down | down_share | signals | new_signals
        2026-W41 | visits | 1         | 0          | 0    |            | 0       | 0
        2026-W42 | visits | 1         | 1          | 1    | 1          | 1       | 1
        2026-W43 | visits | 3         | 3          | 3    | 1          | 2       | 1
        """,
    )


@pytest.mark.parametrize("seed", range(5))
def test_any_weeks_of_merchants(given, seed):
    """Walk back from each week, week by week, as long as it goes down."""
    chance = random.Random(seed)
    given.parameters(merchant_purpose=PURPOSE, merchant_weeks_down=2, merchant_fallen_percent=25)
    shops = [uuid.UUID(int=number + 1) for number in range(4)]
    amounts = {
        (shop, dt.date(2026, 8, 3) + week * dt.timedelta(7)): chance.choice([0, 5, 6, 7, 8, 9])
        for shop in shops
        for week in range(15)
        if chance.random() < 0.9
    }
    given["staging.valid_consents"] = "\n".join(
        ["purpose | customer_token", *(f"{PURPOSE} | {shop}" for shop in shops)]
    )
    given["staging.bank_merchant_weeks"] = "\n".join(
        ["merchant_token | week_starts | orders"]
        + [f"{shop} | {week} | {amount}" for (shop, week), amount in amounts.items()]
    )
    given.build("core.merchant_runs")
    found = given.connection.execute(
        "select merchant_token, week_starts, weeks_down, begun_at, is_signal"
        " from core.merchant_runs where metric = 'orders'"
    ).fetchall()
    assert len(found) == len(amounts)
    for shop, week, weeks_down, begun_at, is_signal in found:
        down, first = 0, week
        while amounts[shop, first] < amounts.get((shop, first - dt.timedelta(7)), -1):
            down, first = down + 1, first - dt.timedelta(7)
        before = amounts[shop, first]
        assert (weeks_down, begun_at) == (down, before)
        assert is_signal == (down >= 2 and amounts[shop, week] <= 0.75 * before)
