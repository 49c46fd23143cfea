"""小红书: what creator.xiaohongshu.com exports."""

from pipeline.ingest.source import SHEET, ByName, Column, Source
from pipeline.ingest.units import (
    choice,
    count,
    fraction,
    local_date,
    local_time,
    percent_points,
    percent_text,
    seconds,
    seconds_text,
    signed_count,
    signed_percent_points,
    title_or_blank,
)

NOTES = Source(
    name="xiaohongshu_notes",
    title="笔记列表明细表",
    platform="xiaohongshu",
    one_row_is="one note, lifetime totals at the moment of export",
    key=("published_at", "title", "form"),
    columns=(
        Column("title", "笔记标题", title_or_blank),
        Column(
            "published_at",
            "首次发布时间",
            # The second form is what a re-save in Excel or WPS makes of a date cell.
            local_time("%Y年%m月%d日%H时%M分%S秒", "%Y-%m-%d %H:%M:%S"),
        ),
        Column("form", "体裁", choice({"图文": "image_text", "视频": "video"})),
        Column("impressions", "曝光", count),
        Column("reads", "观看量", count),
        Column("cover_click_rate", "封面点击率", fraction),
        Column("likes", "点赞", count),
        Column("comments", "评论", count),
        Column("saves", "收藏", count),
        Column("followers_gained", "涨粉", count),
        Column("shares", "分享", count),
        Column("avg_watch_seconds", "人均观看时长", seconds, optional=True, nullable=True),
        Column("bullet_comments", "弹幕", count, optional=True, nullable=True),
    ),
    partition_by=("exported_at", "month"),
    post_key=("published_at", "title", "form"),
    lifetime=True,
    row_limit=1000,
    where="creator.xiaohongshu.com → 数据看板 → 内容分析 → 导出数据",
    container="xlsx, sheet Sheet1; a banner in row 1 and the header in row 2, or (re-saved) the "
    "header in row 1",
    quirks=(
        "no note id, no URL, no account name, no export date in the sheet",
        "whole numbers are written as 439.0",
        "the title may be blank, may repeat, and may be edited later",
        "cover_click_rate is not reads / impressions; a video may have 0 impressions and 126 reads",
        "only the first 1,000 notes of the chosen order are exported",
    ),
    evidence="five real exports, 2025-09 to 2026-07, identical header",
)

TRENDS = {
    "曝光趋势": ("impressions", count),
    "观看趋势": ("views", count),
    "封面点击率趋势": ("cover_click_rate", percent_text),
    "平均观看时长趋势": ("avg_watch_seconds", seconds_text),
    "观看总时长趋势": ("watch_seconds", seconds_text),
    "总观看时长趋势": ("watch_seconds", seconds_text),
    "视频完播率趋势": ("completion_rate", percent_text),
    "总完播率趋势": ("completion_rate", percent_text),
    "点赞趋势": ("likes", count),
    "评论趋势": ("comments", count),
    "收藏趋势": ("saves", count),
    "分享趋势": ("shares", count),
    "净涨粉趋势": ("followers_net", signed_count),
    "净增粉丝趋势": ("followers_net", signed_count),
    "新增关注趋势": ("followers_gained", count),
    "取消关注趋势": ("followers_lost", count),
    "主页访客趋势": ("profile_visits", count),
    "主页转粉率趋势": ("profile_follow_rate", percent_text),
    "总发布趋势": ("posts", count),
    "发布视频趋势": ("video_posts", count),
    "发布图文趋势": ("image_text_posts", count),
}

_OVERVIEW = "creator.xiaohongshu.com → 数据看板 → 账号概览, 近30日 or 近7日"

ACCOUNT_DAILY = Source(
    name="xiaohongshu_account_daily",
    title="近30日{观看,互动,涨粉,发布}数据, trend sheets",
    platform="xiaohongshu",
    one_row_is="one metric of the account on one day",
    key=("day", "metric"),
    columns=(
        Column("day", "日期", local_date("%Y年%m月%d日", "%Y-%m-%d")),
        ByName(names=SHEET, value="数值", metrics=TRENDS),
    ),
    partition_by=("day", "month"),
    sheets=tuple(TRENDS),
    where=_OVERVIEW,
    container="xlsx, one sheet a metric, no banner, newest day first",
    quirks=(
        "the sheet's name is the metric and fixes the unit of its values",
        "the last days are not settled; a later export restates them",
        "the days' views are more than those of the notes published in the window",
    ),
    evidence="four real exports; other names of the sheets from public code",
)

_COUNTS = {
    "曝光": "impressions",
    "观看": "views",
    "点赞": "likes",
    "评论": "comments",
    "收藏": "saves",
    "分享": "shares",
    "新增关注": "followers_gained",
    "取消关注": "followers_lost",
    "主页访客": "profile_visits",
    "总发布": "posts",
    "发布视频": "video_posts",
    "发布图文": "image_text_posts",
}
_RATES = {
    "封面点击率": "cover_click_rate",
    "总完播率": "completion_rate",
    "主页转粉率": "profile_follow_rate",
}
_DURATIONS = {"平均观看时长": "avg_watch_seconds", "总观看时长": "watch_seconds"}
_NET = {"净涨粉": "followers_net"}

SUMMARY = (
    {name: (metric, count) for name, metric in _COUNTS.items()}
    | {f"{name}(%)": (metric, percent_points) for name, metric in _RATES.items()}
    | {f"{name}(s)": (metric, seconds) for name, metric in _DURATIONS.items()}
    | {name: (metric, signed_count) for name, metric in _NET.items()}
    | {
        f"{name}环比(%)": (f"{metric}_change", signed_percent_points)
        for name, metric in (_COUNTS | _RATES | _DURATIONS | _NET).items()
    }
    # The export leaves the sign out of this one name.
    | {"主页访客环比": ("profile_visits_change", signed_percent_points)}
)

ACCOUNT_SUMMARY = Source(
    name="xiaohongshu_account_summary",
    title="近30日{观看,互动,涨粉,发布}数据, first sheet",
    platform="xiaohongshu",
    one_row_is="one metric of the account over the window of the export",
    key=("metric",),
    columns=(ByName(names="指标", value="数值", metrics=SUMMARY, nullable=True),),
    partition_by=("exported_at", "month"),
    sheets=("账号(总体|整体).*数据",),
    where=_OVERVIEW,
    container="xlsx, first sheet, header 指标 | 数值",
    quirks=(
        "rates are per cent points (10.8), in the trend sheets of the same file text (19%)",
        "主页访客环比 lacks the (%) of its neighbours",
        "no figure of total followers in any of the four files",
    ),
    evidence="four real exports",
)

SOURCES = (NOTES, ACCOUNT_DAILY, ACCOUNT_SUMMARY)
