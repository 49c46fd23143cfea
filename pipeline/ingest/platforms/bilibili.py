"""B站: what the 数据中心 of member.bilibili.com exports."""

from pipeline.ingest.source import Column, Source
from pipeline.ingest.units import (
    Type,
    abbreviated_count,
    local_date,
    local_time,
    percent_text,
    signed_count,
    stars,
    title,
)


def _may(name: str, header: str, kind: Type) -> Column:
    """Declare a column that the file has where the operator ticked it."""
    return Column(name, header, kind, optional=True, nullable=True)


VIDEOS = Source(
    name="bilibili_videos",
    title="近期稿件对比.csv",
    platform="bilibili",
    one_row_is="one video, lifetime totals at the moment of export",
    key=("published_at", "title"),
    columns=(
        Column("title", "视频标题", title),
        Column("published_at", "发布时间", local_time("%Y年%m月%d日 %H:%M:%S")),
        Column("plays", "播放量", abbreviated_count),
        _may("guest_play_share", "游客播放占比", percent_text),
        _may("follower_view_rate", "粉丝观看率", percent_text),
        _may("cover_click_stars", "封标点击率", stars),
        _may("follower_click_stars", "粉丝点击率", stars),
        _may("guest_click_stars", "游客点击率", stars),
        _may("three_second_exit_rate", "3秒跳出率", percent_text),
        _may("follower_three_second_exit_rate", "粉丝3秒跳出率", percent_text),
        _may("guest_three_second_exit_rate", "游客3秒跳出率", percent_text),
        _may("interaction_rate", "互动率", percent_text),
        _may("follower_interaction_rate", "粉丝互动率", percent_text),
        _may("guest_interaction_rate", "游客互动率", percent_text),
        _may("followers_gained", "涨粉量", abbreviated_count),
        _may("play_follow_rate", "播转粉率", percent_text),
        _may("followers_lost", "取关量", abbreviated_count),
        _may("likes", "点赞量", abbreviated_count),
        _may("like_rate", "点赞率", percent_text),
        _may("comments", "评论量", abbreviated_count),
        _may("comment_rate", "评论率", percent_text),
        _may("bullet_comments", "弹幕量", abbreviated_count),
        _may("bullet_comment_rate", "弹幕率", percent_text),
        _may("saves", "收藏量", abbreviated_count),
        _may("save_rate", "收藏率", percent_text),
        _may("coins", "投币量", abbreviated_count),
        _may("coin_rate", "投币率", percent_text),
        _may("shares", "转发量", abbreviated_count),
        _may("share_rate", "转发率", percent_text),
        _may("avg_progress", "平均播放进度", percent_text),
    ),
    partition_by=("exported_at", "month"),
    post_key=("published_at", "title"),
    missing=("", "-", "--"),
    where="member.bilibili.com → 数据中心 → 近期稿件对比 → 导出",
    container="CSV, UTF-8 with BOM; three columns to thirty, as the operator ticked 自选指标",
    quirks=(
        "two to ten videos an export, and no BV id",
        "the three click rates are ratings: 3.5星",
        "counts may be abbreviated (1.2万, 10w+): cells are the text of the page",
        "engagement is known where likes, comments, saves and shares are all ticked",
    ),
    evidence="the text of a real export",
)

ACCOUNT_DAILY = Source(
    name="bilibili_account_daily",
    title="历史累计数据趋势.csv",
    platform="bilibili",
    one_row_is="the account's totals so far at the end of one day",
    key=("day",),
    columns=(
        Column("day", "时间", local_date("%Y/%m/%d", "%Y-%m-%d")),
        Column("plays_so_far", "播放量累计", signed_count, nullable=True),
        Column("followers_net_so_far", "净增粉丝累计", signed_count, nullable=True),
        Column("likes_so_far", "点赞累计", signed_count, nullable=True),
        Column("saves_so_far", "收藏累计", signed_count, nullable=True),
        Column("coins_so_far", "硬币累计", signed_count, nullable=True),
        Column("comments_so_far", "评论累计", signed_count, nullable=True),
        Column("bullet_comments_so_far", "弹幕累计", signed_count, nullable=True),
        Column("shares_so_far", "分享累计", signed_count, nullable=True),
    ),
    partition_by=("day", "month"),
    missing=("", "-", "--"),
    where="member.bilibili.com → 数据中心 → 历史累计数据趋势 → 导出",
    container="CSV, UTF-8; the byte order mark may stand twice",
    quirks=(
        "totals so far, never to be added: a day's number is the difference to the day before",
        "from which day the totals run is not told, so days are compared within one file only",
        "the day is 2026/09/18 or 2026-09-18",
    ),
    evidence="public code that reads real exports; the order of the columns is not known",
)

SOURCES = (VIDEOS, ACCOUNT_DAILY)
