"""小红书: the workbook of one note, by day and by hour."""

from pipeline.ingest.names import part_of_name
from pipeline.ingest.source import FILE, HEADER, ByName, Column, Source
from pipeline.ingest.units import (
    count,
    local_date,
    local_time,
    percent_points,
    percent_text,
    seconds,
    seconds_text,
)

_TITLE = Column(
    "title",
    FILE,
    part_of_name(
        r"(?s)(.+)-数据明细表(?: ?\(\d+\))?\.[A-Za-z]+", "a file named <标题>-数据明细表.xlsx"
    ),
)
_COUNTS = {
    "曝光数": "impressions",
    "观看数": "views",
    "涨粉数": "followers_gained",
    "点赞数": "likes",
    "评论数": "comments",
    "收藏数": "saves",
    "分享数": "shares",
    "弹幕数": "bullet_comments",
}
_RATES = {
    "封面点击率": "cover_click_rate",
    "完播率": "completion_rate",
    "2秒退出率": "two_second_exit_rate",
}

OVERVIEW = (
    {name: (metric, count) for name, metric in _COUNTS.items()}
    | {f"{name}(%)": (metric, percent_points) for name, metric in _RATES.items()}
    | {"平均观看时长(s)": ("avg_watch_seconds", seconds)}
)
# 笔记分享数 is the one header that was seen. A unit is read where the name or the value says it.
TREND = (
    OVERVIEW
    | {f"笔记{name}": (metric, count) for name, metric in _COUNTS.items()}
    | {name: (metric, percent_text) for name, metric in _RATES.items()}
    | {"平均观看时长": ("avg_watch_seconds", seconds_text)}
)

_WHERE = "creator.xiaohongshu.com → 数据看板 → 内容分析 → 笔记 → 导出数据, two files a note"
_CONTAINER = (
    "xlsx <标题>-数据明细表.xlsx: overview sheets 指标-值, a sheet a metric by day and by hour"
)
_NAMED = "the note is named by the file's name only, in which a browser replaces / ? : by _"
_EVIDENCE = (
    "public code; GUESS: the headers 日期/时间 and all headers of a metric but 笔记分享数, which "
    "nobody confirmed"
)

NOTE_OVERVIEW = Source(
    name="xiaohongshu_note_overview",
    title="<标题>-数据明细表, 基础数据总览 and 互动数据总览",
    platform="xiaohongshu",
    one_row_is="one metric of one note, total at the moment of export",
    key=("title", "metric"),
    columns=(
        _TITLE,
        ByName(names="指标", value=("值", "数值"), metrics=OVERVIEW, nullable=True),
    ),
    partition_by=("exported_at", "month"),
    sheets=("基础数据总览", "互动数据总览"),
    declared_in="pipeline/ingest/platforms/xiaohongshu_note_detail.py",
    where=_WHERE,
    container=_CONTAINER,
    quirks=(_NAMED, "rates are per cent points, as the (%) of their name says"),
    evidence="public code; GUESS: the headers 指标 and 值 or 数值",
)

NOTE_DAILY = Source(
    name="xiaohongshu_note_daily",
    title="<标题>-数据明细表, sheets by day",
    platform="xiaohongshu",
    one_row_is="one metric of one note on one day",
    key=("title", "day", "metric"),
    columns=(
        _TITLE,
        Column("day", ("日期", "时间"), local_date("%Y年%m月%d日")),
        ByName(names=HEADER, value=HEADER, metrics=TREND, nullable=True),
    ),
    partition_by=("day", "month"),
    # One of Douyin's files has the same header on a sheet without a name of its own.
    sheets=(r"(?!Sheet\d*$).+(?<!小时)",),
    declared_in="pipeline/ingest/platforms/xiaohongshu_note_detail.py",
    where=_WHERE,
    container=_CONTAINER,
    quirks=(_NAMED, "the header of the second column is the metric and fixes its unit"),
    evidence=_EVIDENCE,
)

NOTE_HOURLY = Source(
    name="xiaohongshu_note_hourly",
    title="<标题>-数据明细表, sheets …小时",
    platform="xiaohongshu",
    one_row_is="one metric of one note in the hour that starts then",
    key=("title", "hour", "metric"),
    columns=(
        _TITLE,
        Column("hour", ("日期", "时间"), local_time("%Y年%m月%d日%H时")),
        ByName(names=HEADER, value=HEADER, metrics=TREND, nullable=True),
    ),
    partition_by=("hour", "month"),
    sheets=(".*小时",),
    declared_in="pipeline/ingest/platforms/xiaohongshu_note_detail.py",
    where=_WHERE,
    container=_CONTAINER,
    quirks=(_NAMED, "the hours of a day add to its sheet by day: never add both"),
    evidence=_EVIDENCE,
)

SOURCES = (NOTE_OVERVIEW, NOTE_DAILY, NOTE_HOURLY)
