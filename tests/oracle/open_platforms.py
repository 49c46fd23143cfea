"""What the exports of the other platforms and channels say, row by row of the lake."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from tests.oracle.lake import DAY, Lake, Row

MAPPED_DAYS = ("weibo", "kuaishou", "mini_program", "alipay")
MAPPED_POSTS = ("weibo", "kuaishou", "alipay")
Told = tuple[Row, str, Any]
Snapshot = tuple[tuple[Any, ...], Row, Any, tuple[Any, ...]]


def added(*parts: int | None) -> int | None:
    """Add what is known wholly; unknown where any part is."""
    return None if None in parts else sum(part for part in parts if part is not None)


def known(*parts: int | None) -> int | None:
    """Add what is known of the parts; unknown where none is."""
    told = [part for part in parts if part is not None]
    return sum(told) if told else None


def days(lake: Lake) -> Iterator[Told]:
    """Give each row of a daily export with a stage and its amount."""
    yield from _douyin(lake)
    yield from _bilibili(lake)
    for row in lake.daily("zhihu_account_daily", "account_id", "day"):
        yield row, "read", known(row["reads"], row["plays"])
        acts = (row["upvotes"], row["likes"], row["saves"], row["comments"], row["shares"])
        yield row, "engagement", added(*acts)
    for row in lake.daily("toutiao_account_daily", "account_id", "day"):
        yield row, "exposure", row["impressions"]
        yield row, "read", row["reads"]
        yield row, "engagement", added(row["likes"], row["comments"])
    for row in lake.daily("toutiao_followers_daily", "account_id", "day"):
        yield row, "follow", row["followers_gained"]
    for row in lake.daily("wecom_customers_daily", "account_id", "day"):
        yield row, "follow", row["customers_gained"]
    for row in lake.daily("bank_channel_daily", "account_id", "day"):
        yield row, "exposure", row["impressions"]
        yield row, "read", row["reads"]
        yield row, "engagement", row["engagement"]
        yield row, "intent", row["intents"]
    for platform in MAPPED_DAYS:
        for row in lake.daily(f"{platform}_account_daily", "account_id", "day"):
            yield row, "exposure", row["impressions"]
            yield row, "read", row["reads"]
            yield row, "engagement", _engagement(row)
            yield row, "intent", row["intents"]
            yield row, "follow", row["followers_gained"]


def _douyin(lake: Lake) -> Iterator[Told]:
    by_day: dict[tuple[Any, Any], dict[str, Row]] = {}
    for row in lake.daily("douyin_account_daily", "account_id", "day", "metric"):
        if row["value"] is not None:
            by_day.setdefault((row["account_id"], row["day"]), {})[row["metric"]] = row
    stages = {"plays": "read", "likes": "engagement", "comments": "engagement"}
    stages |= {"shares": "engagement", "profile_visits": "intent"}
    for told in by_day.values():
        for metric, stage in stages.items():
            row = told.get(metric) or told.get(f"video_{metric}")
            if row is not None:
                yield row, stage, int(row["value"])
        net, lost = told.get("followers_net"), told.get("followers_lost")
        if net is not None and lost is not None:
            yield net, "follow", int(net["value"] + lost["value"])


def _bilibili(lake: Lake) -> Iterator[Told]:
    """Totals so far: of several files the last that knows the day before tells the difference."""
    files: dict[tuple[Any, Any], dict[Any, Row]] = {}
    for row in lake.rows("bilibili_account_daily"):
        files.setdefault((row["account_id"], row["delivery_id"]), {})[row["day"]] = row
    found: dict[tuple[Any, Any], tuple[Any, Row, Row]] = {}
    for (account, delivery), told in files.items():
        for day, row in told.items():
            before = told.get(day - DAY)
            if before is not None and day < lake.as_of:
                rank = (row["exported_at"], delivery)
                if (account, day) not in found or rank > found[account, day][0]:
                    found[account, day] = (rank, row, before)
    for _, row, before in found.values():
        gained = {
            name: row[f"{name}_so_far"] - before[f"{name}_so_far"]
            for name in ("plays", "likes", "saves", "comments", "shares")
        }
        yield row, "read", gained.pop("plays")
        yield row, "engagement", sum(gained.values())


def _engagement(row: Row) -> int | None:
    parts = (row["likes"], row["comments"], row["saves"], row["shares"])
    return known(*parts) if row["engagement"] is None else row["engagement"]


def posts(lake: Lake) -> Iterator[Snapshot]:
    """Give each post of an export: its name, row, day of publication, and totals by stage."""
    for row in lake.exported("douyin_works", "account_id", "exported_at", "published_at", "form"):
        name = ("douyin", row["published_at"], row["form"])
        acts = added(row["likes"], row["saves"], row["comments"], row["shares"])
        totals = (None, row["plays"], acts, row["followers_gained"], row["profile_visits"])
        yield name, row, row["published_at"].date(), totals
    for row in lake.exported("bilibili_videos", "account_id", "exported_at", "published_at"):
        acts = added(row["likes"], row["saves"], row["comments"], row["shares"])
        totals = (None, row["plays"], acts, row["followers_gained"], None)
        yield ("bilibili", row["published_at"]), row, row["published_at"].date(), totals
    for row in lake.exported("zhihu_contents", "account_id", "exported_at", "url"):
        parts = (row["upvotes"], row["likes"], row["saves"], row["comments"], row["shares"])
        totals = (None, known(row["reads"], row["plays"]), added(*parts), None, None)
        yield (row["url"],), row, row["published_at"].date(), totals
    for dataset, seen in (("toutiao_articles", "reads"), ("toutiao_videos", "plays")):
        for row in lake.exported(dataset, "account_id", "exported_at", "post_id"):
            acts = added(row["likes"], row["saves"], row["comments"], row["shares"])
            totals = (row["impressions"], row[seen], acts, None, None)
            yield (row["post_id"],), row, row["published_at"].date(), totals
    for row in lake.exported("baijiahao_articles", "account_id", "exported_at", "url"):
        acts = added(row["likes"], row["saves"], row["comments"], row["shares"])
        totals = (row["recommendations"], row["reads"], acts, None, None)
        yield (row["url"],), row, row["published_on"], totals
    for platform in MAPPED_POSTS:
        key = ("account_id", "exported_at", "published_at", "title", "post_ref")
        for row in lake.exported(f"{platform}_posts", *key):
            at = row["published_at"]
            by_day = at.time() == dt.time()  # a time knows a post whose title is edited, a day not
            name = (platform, row["post_ref"] or (at, row["title"] if by_day else None))
            totals = (row["impressions"], row["reads"], _engagement(row), row["followers_gained"])
            yield name, row, row["published_at"].date(), (*totals, row["intents"])
