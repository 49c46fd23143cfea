"""微信公众号: what mp.weixin.qq.com exports."""

from pipeline.ingest.source import Column, Source
from pipeline.ingest.units import (
    average,
    choice,
    count,
    fraction,
    local_date,
    ratio,
    signed_count,
    text,
    title,
)

CHANNELS = {
    "全部": "all",
    "公众号消息": "message",
    "聊天会话": "chat",
    "朋友圈": "moments",
    "公众号主页": "profile",
    "搜一搜": "search",
    "推荐": "recommendation",
    "其他": "other",
}

_DAY = local_date("%Y-%m-%d")
_COMPACT_DAY = local_date("%Y%m%d", "%Y-%m-%d")

FOLLOWERS_DAILY = Source(
    name="wechat_official_followers_daily",
    title="user_analysis.xls",
    platform="wechat_official",
    one_row_is="one day of the account's followers",
    key=("day",),
    columns=(
        Column("day", "时间", _DAY),
        Column(
            "followers_gained",
            ("新关注人数", "新增关注人数"),
            count,
            nullable=True,
        ),
        Column("followers_lost", "取消关注人数", count, nullable=True),
        Column("followers_net", "净增关注人数", signed_count, nullable=True),
        Column(
            "followers_total",
            ("累积关注人数", "累计关注人数"),
            count,
            nullable=True,
        ),
    ),
    partition_by=("day", "month"),
    where="用户分析 → 用户增长 → 下载表格",
    container="an HTML table named .xls, UTF-8; a title row 用户增长, then the header",
    quirks=(
        "everything is text; thousands commas occur",
        "spelling varies: 累积/累计, 新关注/新增关注; `-` is missing",
    ),
    evidence="public code that reads real exports",
)

_TRENDS = "内容分析 → 流量分析 → 下载数据明细"
_BESIDE = (
    "BIFF8 .xls, sheet New Sheet1, column A blank, three tables side by side under a title row"
)

READS_DAILY = Source(
    name="wechat_official_reads_daily",
    title="tendency_<start>_<end>.xls, left table",
    platform="wechat_official",
    one_row_is="the readers of one day from one channel",
    key=("day", "channel"),
    columns=(
        Column("day", "日期", _DAY),
        Column("channel", "渠道", choice(CHANNELS)),
        Column("readers", "阅读人数", count, nullable=True),
    ),
    partition_by=("day", "month"),
    beside=True,
    where=_TRENDS,
    container=_BESIDE,
    quirks=("channels overlap: never add them; 全部 is the day's distinct readers",),
    evidence="eight public parsers of real exports",
)

ACTIONS_DAILY = Source(
    name="wechat_official_actions_daily",
    title="tendency_<start>_<end>.xls, middle table",
    platform="wechat_official",
    one_row_is="what readers did on one day",
    key=("day",),
    columns=(
        Column("day", "日期", _DAY),
        Column("share_users", "分享人数", count, nullable=True),
        Column("jump_users", "跳转阅读原文人数", count, nullable=True),
        Column("favorite_users", "微信收藏人数", count, nullable=True),
        Column("posts", "发表篇数", count, nullable=True),
    ),
    partition_by=("day", "month"),
    beside=True,
    where=_TRENDS,
    container=_BESIDE,
    quirks=("a cell may be blank: zero or unknown, so NULL",),
    evidence="eight public parsers of real exports",
)

ARTICLE_CHANNELS = Source(
    name="wechat_official_article_channels",
    title="tendency_<start>_<end>.xls, right table",
    platform="wechat_official",
    one_row_is="the readers of one article from one channel, over the window of the export",
    key=("channel", "published_on", "title"),
    columns=(
        Column("channel", "传播渠道", choice(CHANNELS)),
        Column("published_on", "发表日期", _COMPACT_DAY),
        Column("title", "内容标题", title),
        Column("readers", "阅读人数", count),
        Column("reader_share", "阅读人数占比", fraction),
    ),
    partition_by=("exported_at", "month"),
    beside=True,
    where=_TRENDS,
    container=_BESIDE,
    quirks=("lists only part of the articles", "the day is 20260801, as text or as a number"),
    evidence="eight public parsers of real exports",
)

_URL_PARTS = r"(?:__biz|mid|idx)=[^&#]*"

ARTICLES = Source(
    name="wechat_official_articles",
    title="total_<start>_<end>.xls or .csv",
    platform="wechat_official",
    one_row_is="one article, totals at the moment of export",
    key=("url",),
    columns=(
        Column("title", "内容标题", title),
        Column("published_on", "发表日期", _COMPACT_DAY),
        Column("readers", "阅读人数", count),
        Column("share_users", "分享人数", count),
        Column("followers_gained", "阅读后关注人数", count),
        Column("delivered", "送达人数", count, optional=True, nullable=True),
        Column("delivery_rate", "送达完成率", ratio, optional=True, nullable=True),
        Column("finish_rate", "阅读完成率", fraction, nullable=True),
        Column("url", "内容url", text),
    ),
    partition_by=("exported_at", "month"),
    post_key=("url",),
    post_parts=_URL_PARTS,
    where="内容分析 → 已通知内容 (or 未通知内容) → 下载数据明细",
    container="BIFF8 .xls with column A blank and a preamble 数据来源概况…, or CSV in UTF-8 or "
    "GB18030",
    quirks=(
        "未通知内容 lacks 送达人数 and 送达完成率",
        "the URL's sn and chksm change between exports; mid and idx do not",
    ),
    evidence="public code that reads real exports, 2026",
)

ARTICLES_2022 = Source(
    name="wechat_official_articles_2022",
    title="total_<start>_<end>.xls, form of 2022 to 2025",
    platform="wechat_official",
    one_row_is="one article, totals of its first seven days",
    key=("url",),
    columns=(
        Column("title", "内容标题", title),
        Column("published_on", "发表时间", _COMPACT_DAY),
        Column("readers", "总阅读人数", count),
        Column("reads", "总阅读次数", count),
        Column("share_users", "总分享人数", count),
        Column("shares", "总分享次数", count),
        Column("followers_gained", "阅读后关注人数", count),
        Column("delivered", "送达人数", count),
        Column("message_reads", "公众号消息阅读次数", count),
        Column("delivered_read_rate", "送达阅读率", ratio, nullable=True),
        Column("first_shares", "首次分享次数", count),
        Column("reads_from_shares", "分享产生阅读次数", count),
        Column("first_share_rate", "首次分享率", ratio, nullable=True),
        Column("reads_per_share", "每次分享带来阅读次数", average, nullable=True),
        Column("finish_rate", "阅读完成率", fraction, nullable=True),
        Column("url", "内容url", text),
    ),
    partition_by=("exported_at", "month"),
    post_key=("url",),
    post_parts=_URL_PARTS,
    where="内容分析 → 已通知内容 → 下载数据明细",
    container="BIFF8 .xls or CSV",
    quirks=(
        "送达阅读率 up to 1.4 and 首次分享率 up to 7.714 are real; blank where the base is 0",
        "counts times (次数) beside persons (人数); the form of 2026 has persons only",
    ),
    evidence="values of a real export; header from public code",
)

SOURCES = (
    FOLLOWERS_DAILY,
    READS_DAILY,
    ACTIONS_DAILY,
    ARTICLE_CHANNELS,
    ARTICLES,
    ARTICLES_2022,
)
