"""Followers of the sample by week: the last known, won and lost, as the exports tell them."""

import datetime as dt
from collections import defaultdict

from tests.oracle.counts import weekly_counts
from tests.oracle.lake import DAY
from tests.oracle.open_platforms import MAPPED_DAYS
from tests.oracle.places import monday

LONGEST = dt.timedelta(days=31)
DAILY = {
    **{f"{platform}_account_daily": "followers" for platform in MAPPED_DAYS},
    "wechat_official_followers_daily": "followers",
    "toutiao_followers_daily": "followers",
    "wecom_customers_daily": "customers",
}


def exported(lake):
    """Give totals by account and day, and losses by account and Monday."""
    totals, lost = {}, defaultdict(list)
    for row in lake.exported("bank_follower_counts", "account_id", "counted_on"):
        if row["counted_on"] <= lake.as_of:  # what a page shows closes the day before
            totals[row["account_id"], row["counted_on"] - DAY] = row["followers"]
    for dataset, what in DAILY.items():
        for row in lake.daily(dataset, "account_id", "day"):
            if row[f"{what}_total"] is not None:
                totals[row["account_id"], row["day"]] = row[f"{what}_total"]
            lost[row["account_id"], monday(row["day"])].append(row[f"{what}_lost"])
    for dataset in ("xiaohongshu_account_daily", "douyin_account_daily"):
        for row in lake.daily(dataset, "account_id", "day", "metric"):
            if row["metric"] == "followers_lost":
                lost[row["account_id"], monday(row["day"])].append(row["value"])
            if row["metric"] in ("followers", "followers_total"):
                totals[row["account_id"], row["day"]] = row["value"]
    return totals, lost


def test_followers_won_and_lost(lake, places, persons, published):
    totals, lost = exported(lake)
    gained = weekly_counts(lake, places, persons.events)
    rows = published("follower_weeks")
    told = defaultdict(int)
    for row in rows:
        if row["level"] == "account":
            week, account = row["week_starts"], row["account_id"]
            days = [week + 6 * DAY - n * DAY for n in range(LONGEST.days + 1)]
            known = [totals[account, day] for day in days if (account, day) in totals]
            assert row["followers"] == (known[0] if known else None)
            assert row["gained"] == gained.get((account, week, "follow"))
            losses = [number for number in lost[account, week] if number is not None]
            assert row["lost"] == (sum(losses) if losses else None)
            for name in ("followers", "gained", "lost"):
                told[name] += row[name] is not None
    assert min(told.values()) > 100


def test_followers_won_are_one_number_wherever_they_stand(published):
    won = {(row["week_starts"], row["path"]): row["gained"] for row in published("follower_weeks")}
    funnel = [row for row in published("weekly_funnel") if row["stage"] == "follow"]
    assert {(row["week_starts"], row["path"]): row["total"] for row in funnel} == won
    quality = [row for row in published("follower_quality") if row["gained"] is not None]
    assert len(quality) > 100
    for row in quality:
        assert row["gained"] == won[row["week_starts"], row["path"]]


def test_a_level_is_the_sum_of_its_accounts(published):
    rows = published("follower_weeks")
    accounts = defaultdict(list)
    for row in rows:
        if row["level"] == "account":
            for depth in range(4):
                accounts[row["week_starts"], row["path"][:depth]].append(row)
    for row in rows:
        parts = accounts[row["week_starts"], row["path"]]
        for name in ("followers", "gained", "lost", "net"):
            known = [part[name] for part in parts if part[name] is not None]
            assert row[name] == (sum(known) if known else None)
        assert row["accounts"] == len(parts)
        assert row["accounts_reporting"] == sum(p["followers"] is not None for p in parts)


def test_a_month_of_a_level_is_the_sum_of_its_accounts(published):
    rows = [row for row in published("monthly_active") if row["path"] != ("unattributed",)]
    won = defaultdict(list)
    for row in rows:
        if row["level"] == "account" and row["followers_gained"] is not None:
            for depth in range(4):
                won[row["month"], row["path"][:depth]].append(row["followers_gained"])
    told = [row for row in rows if row["followers_gained"] is not None]
    assert len(told) > 50
    for row in told:
        assert row["followers_gained"] == sum(won[row["month"], row["path"]])
