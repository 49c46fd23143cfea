"""微信公众号: the detail of one article, and the trend table of 2025 and before."""

from pipeline.ingest.platforms.wechat_official import CHANNELS
from pipeline.ingest.source import SECTION, TITLE, ByName, Column, Source
from pipeline.ingest.units import (
    choice,
    count,
    fen_as_yuan,
    local_date,
    seconds,
    share,
    text,
    title,
)

_DAY = local_date("%Y-%m-%d", "%Y%m%d")

TRENDS_2025 = Source(
    name="wechat_official_trends_2025",
    title="tendency_<start>_<end>.xls, form of 2025 and before",
    platform="wechat_official",
    one_row_is="times and persons of one day from one channel",
    key=("day", "channel"),
    columns=(
        Column("day", "日期", _DAY),
        Column("channel", "渠道", choice(CHANNELS)),
        Column("reads", "阅读次数", count, nullable=True),
        Column("readers", "阅读人数", count, nullable=True),
        Column("shares", "分享次数", count, nullable=True),
        Column("share_users", "分享人数", count, nullable=True),
        Column("jumps", "阅读原文次数", count, nullable=True),
        Column("jump_users", "阅读原文人数", count, nullable=True),
        Column("favorites", "收藏次数", count, nullable=True),
        Column("favorite_users", "收藏人数", count, nullable=True),
        Column("posts", "群发篇数", count, nullable=True),
    ),
    partition_by=("day", "month"),
    declared_in="pipeline/ingest/platforms/wechat_official_detail.py",
    where="内容分析 → 流量分析 → 下载数据明细, until 2025",
    container="BIFF8 .xls or CSV",
    quirks=(
        "channels overlap: never add them; 全部 is the day's distinct readers",
        "the form of 2026 counts persons only: a long series breaks there",
    ),
    evidence="a tutorial and public code; GUESS: that the channels had the words of 2026 "
    "(others are refused)",
)

# Brackets of either width: names are compared after NFKC.
DETAIL = {
    "阅读(人)": ("readers", count),
    "阅读(次)": ("reads", count),
    "平均停留时长(秒)": ("avg_stay_seconds", seconds),
    "完读率": ("finish_rate", share),
    "听全文(人)": ("listeners", count),
    "新增关注(人)": ("followers_gained", count),
    "阅读后关注(人)": ("followers_gained", count),
    "分享(人)": ("share_users", count),
    "分享(次)": ("shares", count),
    "在看(人)": ("wow_users", count),
    "在看(次)": ("wows", count),
    "点赞(人)": ("like_users", count),
    "点赞(次)": ("likes", count),
    "收藏(人)": ("favorite_users", count),
    "赞赏(分)": ("tips_yuan", fen_as_yuan),
    "评论(条)": ("comments", count),
    "互动率": ("engagement_rate", share),
    "送达人数": ("delivered", count),
    "公众号消息阅读人数": ("message_readers", count),
    "公众号消息阅读次数": ("message_reads", count),
    "首次分享人数": ("first_share_users", count),
    "首次分享次数": ("first_shares", count),
    "总分享人数": ("total_share_users", count),
    "总分享次数": ("total_shares", count),
    "分享产生的阅读人数": ("readers_from_shares", count),
    "分享产生的阅读次数": ("reads_from_shares", count),
    "曝光次数": ("recommended_impressions", count),
    "阅读次数": ("recommended_reads", count),
    "关注人数": ("recommended_followers_gained", count),
}

_WHERE = "内容分析 → 已通知内容 → 详情 → 下载数据明细"
_CONTAINER = (
    "BIFF8 .xls or CSV, column A blank; the article's title in the first row, then sections below "
    "each other, each under its own title"
)
_EVIDENCE = "public code that reads real exports"

ARTICLE_DETAIL = Source(
    name="wechat_official_article_detail",
    title="single-article detail, 数据概况 and the conversions",
    platform="wechat_official",
    one_row_is="one metric of one article, total at the moment of export",
    key=("title", "metric"),
    columns=(
        Column("title", TITLE, title),
        ByName(names="数据指标", value="数值", metrics=DETAIL, nullable=True),
    ),
    partition_by=("exported_at", "month"),
    sections=("数据概况", "阅读转化", "推荐转化"),
    declared_in="pipeline/ingest/platforms/wechat_official_detail.py",
    where=_WHERE,
    container=_CONTAINER,
    quirks=(
        "persons (人) since 2026, times (次) before: each is a metric of its own",
        "brackets of both widths in one file",
        "赞赏 is in 分, stored in yuan",
        "an account in English exports English labels: those are not read",
    ),
    evidence=_EVIDENCE + "; GUESS: the header 数据指标 | 数值 of the two conversions, their "
    "…次数 names, and 完读率 and 互动率 as fractions or with their sign",
)

ARTICLE_TRENDS = Source(
    name="wechat_official_article_trends",
    title="single-article detail, 阅读数据趋势明细",
    platform="wechat_official",
    one_row_is="readers of one article on one day from one channel",
    key=("title", "day", "channel"),
    columns=(
        Column("title", TITLE, title),
        Column("day", "日期", _DAY),
        Column("channel", "传播渠道", choice(CHANNELS)),
        Column("readers", "阅读人数", count, optional=True, nullable=True),
        Column("share_users", "分享人数", count, optional=True, nullable=True),
        Column("reads", "阅读次数", count, optional=True, nullable=True),
        Column("shares", "分享次数", count, optional=True, nullable=True),
    ),
    partition_by=("day", "month"),
    sections=("阅读数据趋势明细", "数据趋势明细"),
    declared_in="pipeline/ingest/platforms/wechat_official_detail.py",
    where=_WHERE,
    container=_CONTAINER,
    quirks=("channels overlap: never add them; 全部 is the day's distinct readers",),
    evidence=_EVIDENCE,
)

ARTICLE_AUDIENCE = Source(
    name="wechat_official_article_audience",
    title="single-article detail, 性别分布, 年龄分布, 地域分布",
    platform="wechat_official",
    one_row_is="the readers of one article in one group of one distribution",
    key=("title", "distribution", "reader_group"),
    columns=(
        Column("title", TITLE, title),
        Column(
            "distribution",
            SECTION,
            choice({"性别分布": "gender", "年龄分布": "age", "地域分布": "region"}),
        ),
        Column("reader_group", ("性别", "年龄", "省份/直辖市", "省份", "地域"), text),
        Column("readers", "人数", count, nullable=True),
        Column("reader_share", "占比", share, optional=True, nullable=True),
    ),
    partition_by=("exported_at", "month"),
    sections=("性别分布", "年龄分布", "地域分布"),
    declared_in="pipeline/ingest/platforms/wechat_official_detail.py",
    where=_WHERE,
    container=_CONTAINER,
    quirks=("a group may hold few readers: for the bank's own analysis, never for publishing",),
    evidence=_EVIDENCE + "; GUESS: the headers of 年龄分布 and 地域分布",
)

SOURCES = (TRENDS_2025, ARTICLE_DETAIL, ARTICLE_TRENDS, ARTICLE_AUDIENCE)
