"""微博, 快手, 小程序, 支付宝生活号: platforms whose export headers nobody has confirmed.

Only what may be landed is declared: two shapes, posts and account days. Which column of a file
holds what, and in which unit, an operator says once in a mapping file beside it (docs/MAPPING.md).
"""

from pipeline.ingest.source import Column, Source
from pipeline.ingest.units import (
    Type,
    count,
    fraction,
    local_date,
    local_time,
    page_count,
    percent_points,
    percent_text,
    ratio,
    seconds,
    seconds_text,
    signed_count,
    text,
    title_or_blank,
)

COUNTS = {"count": count, "page_count": page_count}
NETS = {"signed_count": signed_count}
RATES = {
    "fraction": fraction,
    "ratio": ratio,
    "percent_text": percent_text,
    "percent_points": percent_points,
}
DURATIONS = {"seconds": seconds, "seconds_text": seconds_text}
UNITS = (COUNTS, NETS, RATES, DURATIONS)
"""The words for units that a mapping file may use, by what they are units of."""

PLATFORMS = ("weibo", "kuaishou", "mini_program", "alipay")
ID_OR_TITLE = ("post_ref", "title")


def _metric(name: str, kind: Type, note: str = "") -> Column:
    return Column(name, name, kind, optional=True, nullable=True, note=note)


_COUNTED = (
    _metric("impressions", count),
    _metric("reads", count, "reads, plays or visits"),
    _metric("likes", count),
    _metric("comments", count),
    _metric("saves", count),
    _metric("shares", count),
    _metric("engagement", count, "where the platform adds the four up itself, as 转评赞数"),
    _metric("intents", count, "taps that lead on: profile visits, clicks"),
)

_POST = (
    Column("title", "title", title_or_blank, optional=True, nullable=True),
    Column("post_ref", "post_ref", text, optional=True, nullable=True, note="id or address"),
    Column("published_at", "published_at", local_time("%Y-%m-%d %H:%M:%S")),
    *_COUNTED,
    _metric("followers_gained", count),
    _metric("cover_click_rate", fraction),
    _metric("engagement_rate", fraction),
    _metric("completion_rate", fraction),
    _metric("avg_watch_seconds", seconds),
)

_DAY = (
    Column("day", "day", local_date("%Y-%m-%d")),
    *_COUNTED,
    _metric("posts", count),
    _metric("followers_gained", count),
    _metric("followers_lost", count),
    _metric("followers_net", signed_count),
    _metric("followers_total", count),
    _metric("engagement_rate", fraction),
    _metric("completion_rate", fraction),
    _metric("avg_stay_seconds", seconds),
)

_WHERE = "whatever table the operator has, with a mapping file beside it"
_CONTAINER = "any: xlsx, xls, CSV, HTML table, Parquet"
_EVIDENCE = "none: no official export with a confirmed header is known; see docs/mappings"


def _posts(platform: str, title: str) -> Source:
    return Source(
        name=f"{platform}_posts",
        title=title,
        platform=platform,
        one_row_is="one post, totals at the moment of export",
        key=("published_at", "title", "post_ref"),
        columns=_POST,
        partition_by=("exported_at", "month"),
        post_key=("published_at", "title", "post_ref"),
        by_mapping=True,
        declared_in="pipeline/ingest/platforms/mapped.py",
        where=_WHERE,
        container=_CONTAINER,
        quirks=(
            "without an id or address a post is known by its moment; where only its day is told, "
            "by its title too, so that an edited title makes another post, which is reported",
        ),
        evidence=_EVIDENCE,
    )


def _account_daily(platform: str, title: str) -> Source:
    return Source(
        name=f"{platform}_account_daily",
        title=title,
        platform=platform,
        one_row_is="the account on one day",
        key=("day",),
        columns=_DAY,
        partition_by=("day", "month"),
        by_mapping=True,
        declared_in="pipeline/ingest/platforms/mapped.py",
        where=_WHERE,
        container=_CONTAINER,
        quirks=("a metric that the mapping does not name is not known, which is not zero",),
        evidence=_EVIDENCE,
    )


SOURCES = (
    _posts("weibo", "微博, posts"),
    _account_daily("weibo", "微博, account by day"),
    _posts("kuaishou", "快手, works"),
    _account_daily("kuaishou", "快手, account by day"),
    # A mini program has pages, not posts.
    _account_daily("mini_program", "小程序, by day"),
    _posts("alipay", "支付宝生活号, posts"),
    _account_daily("alipay", "支付宝生活号, account by day"),
)
