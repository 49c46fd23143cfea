"""The count side of the numbers, recomputed cell by cell of the platforms' exports."""

import datetime as dt
import re
from collections import defaultdict
from fractions import Fraction
from typing import Any

from tests.oracle import open_platforms
from tests.oracle.lake import DAY, Lake, Row
from tests.oracle.places import NOBODY, Places, monday

Cell = tuple[str, dt.date, str]
_XIAOHONGSHU = {
    "impressions": "exposure",
    "views": "read",
    "likes": "engagement",
    "comments": "engagement",
    "saves": "engagement",
    "shares": "engagement",
    "followers_gained": "follow",
    "profile_visits": "intent",
}


def weekly_counts(lake: Lake, places: Places, events: list[Row]) -> dict[Cell, int]:
    """Totals by account, Monday and stage; what no export carries has no entry."""
    cells = _daily(lake)
    for cell, amount in _of_posts(lake).items():
        cells.setdefault(cell, amount)
    for event in events:
        account = places.account_of(event["source_code"])
        if event["event_type"] == "click" and account != NOBODY:
            cell = (account, monday(event["day"]), "click")
            cells[cell] = cells.get(cell, Fraction(0)) + 1
    return {cell: rounded(amount) for cell, amount in cells.items()}


def _daily(lake: Lake) -> dict[Cell, Fraction]:
    cells: dict[Cell, Fraction] = {}

    def add(row: Row, stage: str, amount: Any) -> None:
        if amount is not None:
            cell = (row["account_id"], monday(row["day"]), stage)
            cells[cell] = cells.get(cell, Fraction(0)) + Fraction(amount)

    for row in lake.daily("xiaohongshu_account_daily", "account_id", "day", "metric"):
        if row["metric"] in _XIAOHONGSHU:
            add(row, _XIAOHONGSHU[row["metric"]], row["value"])
    for row in lake.daily("wechat_official_reads_daily", "account_id", "day", "channel"):
        if row["channel"] == "all":
            add(row, "read", row["readers"])
    for row in lake.daily("wechat_official_actions_daily", "account_id", "day"):
        add(row, "engagement", row["share_users"])
        add(row, "engagement", row["favorite_users"])
        add(row, "intent", row["jump_users"])
    for row in lake.daily("wechat_official_followers_daily", "account_id", "day"):
        add(row, "follow", row["followers_gained"])
    for row, stage, amount in open_platforms.days(lake):
        add(row, stage, amount)
    return cells


def _of_posts(lake: Lake) -> dict[Cell, Fraction]:
    """What posts gained between their exports, spread evenly over the days between."""
    cells: dict[Cell, Fraction] = {}
    for (account, *_), snapshots in posts_of(lake).items():
        before: dict[str, Any] | None = None
        for exported_at in sorted(snapshots):
            now = snapshots[exported_at]
            for stage, day, amount in _gained(before, now, exported_at.date()):
                cell = (account, monday(day), stage)
                cells[cell] = cells.get(cell, Fraction(0)) + amount
            before = now | {"exported_on": exported_at.date()}
    return cells


def _gained(
    before: dict[str, Any] | None, now: dict[str, Any], exported_on: dt.date
) -> list[tuple[str, dt.date, Fraction]]:
    first = min(now["published_on"], exported_on) if before is None else before["exported_on"]
    days = max((exported_on - first).days, 1)
    gained = []
    for stage, total in now["totals"].items():
        start = 0 if before is None else before["totals"][stage]
        if total is not None and start is not None:
            share = Fraction(total - start, days)
            gained += [(stage, first + n * DAY, share) for n in range(days)]
    return gained


def posts_of(lake: Lake) -> dict[tuple[Any, ...], dict[dt.datetime, dict[str, Any]]]:
    """Give the totals of every post by the moment of its exports."""
    posts: dict[tuple[Any, ...], dict[dt.datetime, dict[str, Any]]] = defaultdict(dict)
    notes = lake.exported(
        "xiaohongshu_notes", "account_id", "exported_at", "published_at", "title", "form"
    )
    for row in notes:
        same = [
            other["title"]
            for other in notes
            if all(
                other[name] == row[name]
                for name in ("published_at", "account_id", "exported_at", "form")
            )
        ]
        title = row["title"] if len(same) > 1 else None
        name = (row["account_id"], row["published_at"], row["form"], title)
        engagement = row["likes"] + row["saves"] + row["comments"] + row["shares"]
        totals = (row["impressions"], row["reads"], engagement, row["followers_gained"], None)
        posts[name][row["exported_at"]] = _totals(row["published_at"].date(), *totals)
    for dataset in ("wechat_official_articles", "wechat_official_articles_2022"):
        for row in lake.exported(dataset, "account_id", "exported_at", "url"):
            name = (row["account_id"], *_address(row["url"]))
            totals = (None, row["readers"], row["share_users"], row["followers_gained"], None)
            posts[name][row["exported_at"]] = _totals(row["published_on"], *totals)
    for row in lake.exported("wechat_channels_videos", "account_id", "exported_at", "video_id"):
        name = (row["account_id"], row["video_id"])
        engagement = row["recommends"] + row["likes"] + row["comments"] + row["shares"]
        taps = (row["wecom_link_clicks"], row["contact_adds"])
        totals = (
            None,
            row["plays"],
            engagement,
            row["follows"],
            None if None in taps else sum(taps),
        )
        posts[name][row["exported_at"]] = _totals(row["published_on"], *totals)
    for known_by, row, published_on, told in open_platforms.posts(lake):
        posts[row["account_id"], *known_by][row["exported_at"]] = _totals(published_on, *told)
    return posts


def _totals(published_on: dt.date, *totals: int | None) -> dict[str, Any]:
    stages = ("exposure", "read", "engagement", "follow", "intent")
    return {"published_on": published_on, "totals": dict(zip(stages, totals, strict=True))}


def _address(url: str) -> list[str]:
    return [re.findall(rf"[?&;]{name}=([^&#]*)", url)[0] for name in ("__biz", "mid", "idx")]


def rounded(amount: Fraction) -> int:
    half_away = int(abs(amount) + Fraction(1, 2))
    return half_away if amount >= 0 else -half_away
