"""小红书 笔记列表明细表.xlsx: one row per note, lifetime totals at the moment of export."""

from datetime import date
from pathlib import Path

from pipeline.sample import mishaps
from pipeline.sample.exports.moments import exported_at, folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.posts import Post
from pipeline.sample.writers.workbook import (
    Cell,
    Sheet,
    write_poi_workbook,
    write_resaved_workbook,
)

BANNER = "最多导出排序后前1000条笔记"
MOST_ROWS = 1000
HEADER = (
    "笔记标题", "首次发布时间", "体裁", "曝光", "观看量", "封面点击率", "点赞", "评论", "收藏",
    "涨粉", "分享", "人均观看时长", "弹幕",
)  # fmt: skip
FORMS = {"image_text": "图文", "video": "视频"}


def write_notes(inbox: Path, audience: Audience, day: date) -> None:
    """Write the account's notes as exported on the morning of a day."""
    account, timeline = audience.account, audience.timeline
    newest_first = audience.posts_before(day)[::-1][:MOST_ROWS]
    rows = [_row(audience, post, day) for post in newest_first]
    if mishaps.happens(mishaps.BAD_IMPRESSIONS, account, day, timeline):
        rows[1][HEADER.index("曝光")] = mishaps.BAD_IMPRESSIONS_VALUE
    again = mishaps.happens(mishaps.SECOND_DOWNLOAD, account, day, timeline)
    name = "笔记列表明细表 (1).xlsx" if again else "笔记列表明细表.xlsx"
    resaved = mishaps.happens(mishaps.RESAVED_IN_WPS, account, day, timeline)
    write = write_resaved_workbook if resaved else write_poi_workbook
    sheet = Sheet("Sheet1", [HEADER, *rows], BANNER)
    write(folder(inbox, account, day) / name, [sheet], exported_at(account, day))


def _row(audience: Audience, post: Post, day: date) -> list[Cell]:
    def total(metric: str) -> int:
        return audience.until(metric, post, day)

    reads, impressions = total("reads"), total("impressions")
    return [
        post.title_on(day) or None,
        f"{post.published_at:%Y年%m月%d日%H时%M分%S秒}",
        FORMS[post.form],
        impressions,
        reads,
        round(reads / impressions, 3) if impressions else 0,
        total("likes"),
        total("comments"),
        total("saves"),
        total("followers_gained"),
        total("shares"),
        round(post.watch_seconds),
        total("bullet_comments") if post.form == "video" else 0,
    ]
