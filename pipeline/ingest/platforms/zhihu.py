"""知乎: what the 创作中心 exports."""

from pipeline.ingest.source import Column, Source
from pipeline.ingest.units import abbreviated_count, count, local_date, local_time, text, title

_CONTAINER = "CSV named .xls, UTF-8, with or without BOM, header in row 1"

CONTENTS = Source(
    name="zhihu_contents",
    title="articles (文章) and answers (回答), .xls",
    platform="zhihu",
    one_row_is="one article or answer, lifetime totals at the moment of export",
    key=("url",),
    columns=(
        Column("title", "标题", title),
        Column(
            "published_at",
            "发布时间",
            local_time("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"),
        ),
        Column("url", "链接", text),
        Column("reads", "阅读", abbreviated_count, nullable=True),
        Column("plays", "播放", abbreviated_count, optional=True, nullable=True),
        Column("upvotes", "点赞", abbreviated_count, nullable=True),
        Column("likes", "喜欢", abbreviated_count, nullable=True),
        Column("comments", "评论", abbreviated_count, nullable=True),
        Column("saves", "收藏", abbreviated_count, nullable=True),
        Column("shares", "分享", abbreviated_count, nullable=True),
    ),
    partition_by=("exported_at", "month"),
    post_key=("url",),
    missing=("", "-", "--"),
    where="www.zhihu.com → 创作中心 → 内容分析 → 单篇内容 → 导出",
    container=_CONTAINER,
    quirks=(
        "answers have 播放 after 阅读, articles lack it; the two lists are of different length",
        "cells may be blank: unknown, so NULL",
        "counts may be abbreviated (1.2万, 10w+): cells are the text of the page",
        "点赞 is the upvote 赞同, 喜欢 the heart",
    ),
    evidence="public code that reads real exports",
)

ACCOUNT_DAILY = Source(
    name="zhihu_account_daily",
    title="日报表.xls",
    platform="zhihu",
    one_row_is="the account on one day",
    key=("day",),
    columns=(
        Column("day", "日期", local_date("%Y-%m-%d")),
        Column("reads", "阅读", count, nullable=True),
        Column("plays", "播放", count, nullable=True),
        Column("upvotes", "点赞", count, nullable=True),
        Column("likes", "喜欢", count, nullable=True),
        Column("comments", "评论", count, nullable=True),
        Column("saves", "收藏", count, nullable=True),
        Column("shares", "分享", count, nullable=True),
    ),
    partition_by=("day", "month"),
    missing=("", "-", "--"),
    where="www.zhihu.com → 创作中心 → 内容分析 → 日报表",
    container=_CONTAINER + ", newest day first",
    quirks=("no followers", "点赞 is the upvote 赞同, 喜欢 the heart"),
    evidence="public code that reads real exports, with a fixture",
)

SOURCES = (CONTENTS, ACCOUNT_DAILY)
