"""视频号动态数据明细.csv: one row per video, totals so far; 15 columns, 19 with the 企微 ones."""

import hashlib
from datetime import date
from pathlib import Path

from pipeline.sample import mishaps, titles
from pipeline.sample.exports.moments import folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.posts import Post
from pipeline.sample.writers.delimited import BOM, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell

HEADER = (
    "视频描述", "视频ID", "发布时间", "完播率", "平均播放时长", "播放量", "推荐", "喜欢",
    "评论量", "分享量", "关注量", "转发聊天和朋友圈", "设为铃声", "设为状态", "设为朋友圈封面",
)  # fmt: skip
CONTACT_HEADER = ("企微链接点击次数", "企微链接点击人数", "添加到通讯录次数", "添加到通讯录人数")


def write_videos(inbox: Path, audience: Audience, day: date) -> None:
    """Write the videos as exported on the morning of a day, newest first."""
    account, timeline = audience.account, audience.timeline
    since = (timeline.end - day).days // 7 <= mishaps.WIDE_VIDEOS_SINCE
    wide = since and account.account_id not in mishaps.SHORT_VIDEOS
    rows = [_row(audience, post, day) for post in audience.posts_before(day)[::-1]]
    if mishaps.happens(mishaps.BAD_PLAYS, account, day, timeline):
        rows[1][HEADER.index("播放量")] = mishaps.BAD_PLAYS_VALUE
    header = HEADER + CONTACT_HEADER if wide else HEADER
    path = folder(inbox, account, day) / "视频号动态数据明细.csv"
    write_csv(path, header, [row[: len(header)] for row in rows], Dialect(BOM, quote_text=True))


def video_id(audience: Audience, post: Post) -> str:
    """Return a video's stable id."""
    name = f"{audience.account.account_id}/{post.number}"
    return f"export/UzFfAgtg{hashlib.sha256(name.encode()).hexdigest()[:20]}"


def _row(audience: Audience, post: Post, day: date) -> list[Cell]:
    def total(metric: str) -> int:
        return audience.until(metric, post, day)

    plays = total("reads")
    title = post.title_on(day)
    tags = titles.TAGS[post.subject.product_line]
    return [
        f"{title}\n{tags}" if title else "",
        video_id(audience, post),
        f"{post.published_at:%Y/%m/%d}",
        f"{post.finish_rate * 100:.2f}%",
        f"{post.watch_seconds:.2f}秒",
        plays,
        total("recommends"),
        total("likes"),
        total("comments"),
        total("shares"),
        total("followers_gained"),
        int(total("shares") * 0.7),
        plays // 900,
        plays // 700,
        plays // 1100,
        int(plays * 0.011),
        int(plays * 0.009),
        plays // 300,
        plays // 310,
    ]
