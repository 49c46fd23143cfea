"""今日头条: what mp.toutiao.com exports."""

from pipeline.ingest.source import Column, Source
from pipeline.ingest.units import (
    count,
    digits,
    fraction,
    local_date,
    local_time,
    percent_points,
    seconds,
    signed_count,
    text,
    title_or_blank,
)

NOT_YET = ("", "-", "-1", "-1.0", "-1.00")
"""What stands for a number that is not computed yet; in the exports by day -1 is a true number."""

_DAY = local_date("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")
_BOOK = (
    "xlsx (Go Excelize), sheet Sheet1, header in row 1; its empty fill keeps openpyxl from opening "
    "it, and its stated dimension A1 is wrong"
)
_WORKS = "mp.toutiao.com → 数据 → 作品数据 → 单篇 → 下载"
_HEAD = (
    Column("title", "标题", title_or_blank),
    Column("published_at", "发布时间", local_time("%Y-%m-%d %H:%M:%S")),
    Column("post_id", "ID", digits),
    Column("url", "链接", text),
    Column("impressions", "展现量", count, nullable=True),
    Column("follower_impressions", "粉丝展现量", count, nullable=True),
)
_TAIL = (
    Column("likes", "点赞量", count, nullable=True),
    Column("comments", "评论量", count, nullable=True),
    Column("forwards", "转发量", count, nullable=True),
    Column("shares", "分享量", count, nullable=True),
    Column("saves", "收藏量", count, nullable=True),
)
_QUIRKS = (
    "the id has 19 digits and is text; as a number cell its last digits would be lost",
    "-1 and -1.00 are not computed yet, mostly one row a file",
    "图文 and 微头条 are two lists, and a name such as _1-45 is a range: no list grows for certain",
)

ARTICLES = Source(
    name="toutiao_articles",
    title="图文_-_1-45.xlsx and 微头条_-_1-38.xlsx",
    platform="toutiao",
    one_row_is="one article or 微头条, lifetime totals at the moment of export",
    key=("post_id",),
    columns=(
        *_HEAD,
        Column("reads", "阅读量", count, nullable=True),
        Column("follower_reads", "粉丝阅读量", count, nullable=True),
        Column("click_rate", "点击率", fraction, nullable=True),
        Column("finish_rate", "平均阅读完成率", percent_points, nullable=True),
        Column("avg_read_seconds", "平均阅读时长", seconds, nullable=True),
        *_TAIL,
    ),
    partition_by=("exported_at", "month"),
    post_key=("post_id",),
    missing=NOT_YET,
    where=_WORKS,
    container=_BOOK,
    quirks=(
        *_QUIRKS,
        "点击率 is a fraction (0.02), 平均阅读完成率 beside it per cent points (20.50)",
    ),
    evidence="eight real exports",
)

VIDEOS = Source(
    name="toutiao_videos",
    title="视频_-_1-20.xlsx",
    platform="toutiao",
    one_row_is="one video, lifetime totals at the moment of export",
    key=("post_id",),
    columns=(
        *_HEAD,
        Column("plays", "播放量", count, nullable=True),
        Column("follower_plays", "粉丝播放量", count, nullable=True),
        Column("click_rate", "点击率", fraction, optional=True, nullable=True),
        Column("finish_rate", "平均播放完成率", percent_points, nullable=True),
        Column("avg_watch_seconds", "平均播放时长", seconds, nullable=True),
        *_TAIL,
    ),
    partition_by=("exported_at", "month"),
    post_key=("post_id",),
    missing=NOT_YET,
    where=_WORKS,
    container=_BOOK,
    quirks=_QUIRKS,
    evidence="names of the columns from public code; the file itself was not seen",
)

ACCOUNT_DAILY = Source(
    name="toutiao_account_daily",
    title="数据趋势_<id>_<start>-<end>.xlsx",
    platform="toutiao",
    one_row_is="the account on one day",
    key=("day",),
    columns=(
        Column("day", "时间", _DAY),
        Column("impressions", "展现量", signed_count, nullable=True),
        Column("follower_impressions", "粉丝展现量", signed_count, nullable=True),
        Column("reads", "阅读(播放)量", signed_count, nullable=True),
        Column("follower_reads", "粉丝阅读(播放)量", signed_count, nullable=True),
        Column("likes", "点赞量", signed_count, nullable=True),
        Column("comments", "评论量", signed_count, nullable=True),
    ),
    partition_by=("day", "month"),
    not_entities=("累计",),
    where="mp.toutiao.com → 数据 → 作品数据 → 整体 → 数据趋势 → 下载",
    container=_BOOK,
    quirks=("the first row 累计 is the sum of the days, and more than 图文 and 微头条 together",),
    evidence="public code that reads real exports",
)

FOLLOWERS_DAILY = Source(
    name="toutiao_followers_daily",
    title="粉丝趋势_<start>-<end>.xlsx",
    platform="toutiao",
    one_row_is="the account's followers on one day",
    key=("day",),
    columns=(
        Column("day", "时间", _DAY),
        Column("followers_total", "总粉丝数", count, nullable=True),
        Column("followers_net", "粉丝变化数", signed_count, nullable=True),
        Column("followers_gained", "新增粉丝数", count, nullable=True),
        Column("followers_lost", "流失粉丝数", count, nullable=True),
        Column("followers_active", "活跃粉丝数", count, nullable=True),
        Column("followers_loyal", "总铁粉数", count, nullable=True),
    ),
    partition_by=("day", "month"),
    where="mp.toutiao.com → 数据 → 粉丝数据 → 下载",
    container=_BOOK,
    quirks=("-1 in 粉丝变化数 is one follower less, not a missing number",),
    evidence="public code that reads real exports",
)

SOURCES = (ARTICLES, VIDEOS, ACCOUNT_DAILY, FOLLOWERS_DAILY)
