"""B站: videos with the columns an operator ticked, and the account's totals so far by day."""

from datetime import date
from pathlib import Path

import numpy as np

from pipeline.sample.exports.moments import folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.posts import Post
from pipeline.sample.timeline import DAY, Window
from pipeline.sample.writers.delimited import BOM, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell

MOST_VIDEOS = 10
HEADER = (
    "视频标题", "发布时间", "播放量", "封标点击率", "互动率", "涨粉量", "点赞量", "评论量",
    "弹幕量", "收藏量", "投币量", "转发量", "平均播放进度",
)  # fmt: skip
TOTALS = {
    "播放量累计": "reads",
    "点赞累计": "likes",
    "收藏累计": "saves",
    "硬币累计": "recommends",
    "评论累计": "comments",
    "弹幕累计": "bullet_comments",
    "分享累计": "shares",
}


def write_videos(inbox: Path, audience: Audience, day: date) -> None:
    """Write 近期稿件对比.csv: the latest ten videos, newest first."""
    videos = audience.posts_before(day)[::-1][:MOST_VIDEOS]
    rows = [_row(audience, post, day) for post in videos]
    path = folder(inbox, audience.account, day) / "近期稿件对比.csv"
    write_csv(path, HEADER, rows, Dialect(BOM))


def _row(audience: Audience, post: Post, day: date) -> list[Cell]:
    def total(metric: str) -> int:
        return audience.until(metric, post, day)

    plays, actions = total("reads"), total("likes") + total("comments")
    return [
        post.title_on(day) or post.subject.title,
        f"{post.published_at:%Y年%m月%d日 %H:%M:%S}",
        plays,
        f"{2 + round(post.cover_rate * 40) / 2:.1f}星",
        f"{100 * actions / plays:.1f}%" if plays > 0 else "0%",
        total("followers_gained"),
        total("likes"),
        total("comments"),
        total("bullet_comments"),
        total("saves"),
        total("recommends"),
        total("shares"),
        f"{post.finish_rate * 100:.1f}%",
    ]


def write_totals(inbox: Path, audience: Audience, window: Window) -> None:
    """Write 历史累计数据趋势.csv from the day before the window: a day is a difference of two."""
    first, last = audience.day(window.first) - 1, audience.day(window.last)
    series = {name: np.cumsum(audience.by_day[metric]) for name, metric in TOTALS.items()}
    net = audience.by_day["followers_gained"] - audience.by_day["followers_lost"]
    series["净增粉丝累计"] = np.cumsum(net)
    rows: list[list[Cell]] = [
        [
            f"{audience.timeline.first_post_day + number * DAY:%Y/%m/%d}",
            *(int(values[number]) for values in series.values()),
        ]
        for number in range(last, first - 1, -1)
    ]
    path = folder(inbox, audience.account, window.exported) / "历史累计数据趋势.csv"
    write_csv(path, ("时间", *series), rows, Dialect(BOM))
