"""抖音: what creator.douyin.com exports."""

from pipeline.ingest.source import HEADER, ByName, Column, Lookalike, Source
from pipeline.ingest.units import (
    abbreviated_count,
    count,
    fraction,
    local_date,
    local_time,
    percent_text,
    seconds_or_s,
    seconds_s,
    signed_count,
    text,
    title_or_blank,
)

_EXPORT_WORKS = "export the list of works (作品列表) instead"

WORKS = Source(
    name="douyin_works",
    title="作品列表.xlsx, data.xlsx",
    platform="douyin",
    one_row_is="one work, lifetime totals at the moment of export",
    key=("published_at", "title", "form"),
    columns=(
        Column("title", "作品名称", title_or_blank),
        Column("published_at", "发布时间", local_time("%Y-%m-%d %H:%M:%S")),
        Column("form", "体裁", text),
        Column("status", ("审核状态", "发布状态"), text),
        Column("plays", "播放量", abbreviated_count, nullable=True),
        Column("completion_rate", "完播率", fraction, nullable=True),
        Column("five_second_rate", "5s完播率", fraction, nullable=True),
        Column("cover_click_rate", "封面点击率", fraction, optional=True, nullable=True),
        Column("duration_seconds", "作品时长", seconds_or_s, optional=True, nullable=True),
        Column("two_second_exit_rate", "2s跳出率", fraction, nullable=True),
        Column("avg_watch_seconds", "平均播放时长", seconds_or_s, nullable=True),
        Column("likes", "点赞量", abbreviated_count, nullable=True),
        Column("shares", "分享量", abbreviated_count, nullable=True),
        Column("comments", "评论量", abbreviated_count, nullable=True),
        Column("saves", "收藏量", abbreviated_count, nullable=True),
        Column("profile_visits", "主页访问量", abbreviated_count, nullable=True),
        Column("followers_gained", "粉丝增量", signed_count, nullable=True),
    ),
    partition_by=("exported_at", "month"),
    post_key=("published_at", "title", "form"),
    lifetime=True,
    missing=("", "-", "--"),
    lookalikes=(
        Lookalike(
            ("发布时间", "体裁", "垂类", "周期内投稿量"),
            "averages and medians of a period by form, not a list of works",
            _EXPORT_WORKS,
        ),
        Lookalike(
            ("视频名称", "发布时间", "播放量", "5s完播率"),
            "the sheet of a single video, not a list of works",
            _EXPORT_WORKS,
        ),
    ),
    where="creator.douyin.com → 作品管理 or 数据中心, the list of works",
    container="xlsx (Go), sheet Sheet1, header in row 1, every cell text, newest first",
    quirks=(
        "no id and no URL; the title is caption and hashtags and may hold newlines",
        "since 2026-10: 发布状态 for 审核状态, 作品时长 for 封面点击率, 评论量 before 分享量",
        "a work that only its author sees (自见) is in the list, with its status",
        "counts may be abbreviated (1.2万, 10w+): cells are the text of the page",
        "粉丝增量 may be negative",
    ),
    evidence="a real export of 2025; the form of 2026-10 from a parser that quotes real headers",
)

METRICS = {
    "播放量": ("plays", signed_count),
    "主页访问": ("profile_visits", signed_count),
    "总粉丝量": ("followers_total", count),
    "取关粉丝": ("followers_lost", signed_count),
    "净增粉丝": ("followers_net", signed_count),
    "封面点击率": ("cover_click_rate", percent_text),
    "作品评论": ("comments", signed_count),
    "作品分享": ("shares", signed_count),
    "作品点赞": ("likes", signed_count),
    "收获音浪": ("sound_waves", signed_count),
    "投稿量": ("posts", count),
    "总播放量": ("video_plays", signed_count),
    "总点赞量": ("video_likes", signed_count),
    "总分享量": ("video_shares", signed_count),
    "总评论量": ("video_comments", signed_count),
    "5秒完播率": ("five_second_rate", percent_text),
    "2秒跳出率": ("two_second_exit_rate", percent_text),
    "平均播放时长": ("avg_watch_seconds", seconds_s),
}

ACCOUNT_DAILY = Source(
    name="douyin_account_daily",
    title="数据表现_<指标>.xlsx and 数据表现_短视频全量指标.xlsx",
    platform="douyin",
    one_row_is="one metric of the account on one day",
    key=("day", "metric"),
    columns=(
        Column("day", "日期", local_date("%Y-%m-%d")),
        ByName(names=HEADER, value=HEADER, metrics=METRICS, nullable=True),
    ),
    partition_by=("day", "month"),
    # A sheet that bears a metric's name is one of Xiaohongshu's.
    sheets=(r"(Sheet\d*)?",),
    missing=("", "-", "--"),
    where="creator.douyin.com → 数据中心 → 数据表现 → 导出数据",
    container="xlsx, header in row 1: 日期 and one metric, or 日期 and all metrics of short videos",
    quirks=(
        "a number below zero is true: the platform took something back",
        "短视频全量指标 counts short videos only, so it lands apart: video_plays beside plays",
        "the columns of 粉丝全量指标 were never seen",
    ),
    evidence="public code that reads real exports and quotes their headers",
)

SOURCES = (WORKS, ACCOUNT_DAILY)
