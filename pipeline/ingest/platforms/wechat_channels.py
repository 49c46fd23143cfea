"""微信视频号: what the 视频号助手 exports."""

from pipeline.ingest.source import Column, Source
from pipeline.ingest.units import count, local_date, percent_text, seconds_text, text, text_or_blank

VIDEOS = Source(
    name="wechat_channels_videos",
    title="视频号动态数据明细.csv",
    platform="wechat_channels",
    one_row_is="one video, totals of the window that was chosen at export",
    key=("video_id",),
    columns=(
        Column("description", "视频描述", text_or_blank),
        Column("video_id", "视频ID", text),
        Column("published_on", "发布时间", local_date("%Y/%m/%d", "%Y-%m-%d")),
        Column("completion_rate", "完播率", percent_text),
        Column("avg_watch_seconds", "平均播放时长", seconds_text),
        Column("plays", "播放量", count),
        Column("recommends", "推荐", count),
        Column("likes", "喜欢", count),
        Column("comments", "评论量", count),
        Column("shares", "分享量", count),
        Column("follows", "关注量", count),
        Column("forwards", "转发聊天和朋友圈", count),
        Column("ringtones", "设为铃声", count),
        Column("statuses", "设为状态", count),
        Column("covers", "设为朋友圈封面", count),
        Column("wecom_link_clicks", "企微链接点击次数", count, optional=True, nullable=True),
        Column("wecom_link_clickers", "企微链接点击人数", count, optional=True, nullable=True),
        Column("contact_adds", "添加到通讯录次数", count, optional=True, nullable=True),
        Column("contact_adders", "添加到通讯录人数", count, optional=True, nullable=True),
    ),
    partition_by=("exported_at", "month"),
    post_key=("video_id",),
    where="视频号助手 → 数据中心 → 视频数据 → 单篇视频 → 下载表格",
    container="CSV, UTF-8 with BOM, header in row 1; 15 columns (2025) or 19 (2026)",
    quirks=(
        "推荐 is the heart ♡, 喜欢 is the thumb 👍",
        "the description has real newlines and may be blank",
        "the file does not say which window it is; the default is 近7天",
    ),
    evidence="a real export with 15 columns; 19 columns from public code whose author checked it",
)

SOURCES = (VIDEOS,)
