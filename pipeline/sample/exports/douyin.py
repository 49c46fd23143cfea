"""抖音: the list of works, the account by day, and a table that only looks like the list."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipeline.sample import mishaps, titles
from pipeline.sample.exports.moments import exported_at, folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.posts import Post
from pipeline.sample.timeline import DAY, Window
from pipeline.sample.writers.workbook import Cell, Sheet, write_text_workbook

HEADER = (
    "作品名称", "发布时间", "体裁", "审核状态", "播放量", "完播率", "5s完播率", "封面点击率",
    "2s跳出率", "平均播放时长", "点赞量", "分享量", "评论量", "收藏量", "主页访问量", "粉丝增量",
)  # fmt: skip
HEADER_2026 = (
    "作品名称", "发布时间", "体裁", "发布状态", "播放量", "完播率", "5s完播率", "作品时长",
    "2s跳出率", "平均播放时长", "点赞量", "评论量", "分享量", "收藏量", "主页访问量", "粉丝增量",
)  # fmt: skip
DAY_METRICS = (
    "reads", "profile_visits", "followers_gained", "followers_lost", "likes", "comments", "shares",
)  # fmt: skip
OTHER_ORDER_SINCE = date(2026, 10, 1)
PRIVATE = 7  # this work only its author sees
PERIOD_HEADER = (
    "发布时间", "体裁", "垂类", "周期内投稿量", "条均点击率", "条均5s完播率", "条均2s跳出率",
    "条均播放时长", "播放量中位数", "条均点赞数", "条均评论量", "条均分享量",
)  # fmt: skip


def write_works(inbox: Path, audience: Audience, day: date) -> None:
    """Write the works as exported on the morning of a day, newest first."""
    header = HEADER_2026 if day >= OTHER_ORDER_SINCE else HEADER
    works = audience.posts_before(day)[::-1]
    rows = [[_cells(audience, post, day)[name] for name in header] for post in works]
    name = "data.xlsx" if header is HEADER_2026 else "作品列表.xlsx"
    _write(inbox, audience, day, name, [header, *rows])
    if mishaps.happens(mishaps.PERIOD_TABLE, audience.account, day, audience.timeline):
        _write(inbox, audience, day, "作品列表_投稿分析.xlsx", _period(audience, day))


def _write(
    inbox: Path, audience: Audience, day: date, name: str, rows: Sequence[Sequence[Cell]]
) -> None:
    account = audience.account
    path = folder(inbox, account, day) / name
    write_text_workbook(path, Sheet("Sheet1", rows), exported_at(account, day))


def _cells(audience: Audience, post: Post, day: date) -> dict[str, Cell]:
    def total(metric: str) -> int:
        return 0 if post.number == PRIVATE else audience.until(metric, post, day)

    title, tags = post.title_on(day), titles.TAGS[post.subject.product_line]
    video = post.form == "video"
    status = "自见" if post.number == PRIVATE else "公开"
    return {
        "作品名称": f"{title}\n{tags}" if title else "",
        "发布时间": f"{post.published_at:%Y-%m-%d %H:%M:%S}",
        "体裁": "1min-视频" if video else "图文",
        "审核状态": status,
        "发布状态": status,
        "播放量": str(total("reads")),
        "完播率": f"{post.finish_rate:.6f}",
        "5s完播率": f"{post.finish_rate * 1.4:.6f}",
        "封面点击率": "-" if video else f"{post.cover_rate:.6f}",
        "作品时长": f"{post.watch_seconds * 2:.2f}s" if video else "-",
        "2s跳出率": f"{1 - post.finish_rate * 1.6:.6f}",
        "平均播放时长": f"{post.watch_seconds:.6f}",
        "点赞量": str(total("likes")),
        "分享量": str(total("shares")),
        "评论量": str(total("comments")),
        "收藏量": str(total("saves")),
        "主页访问量": str(total("reads") // 28),
        "粉丝增量": str(total("followers_gained") - total("comments") // 4),
    }


def _period(audience: Audience, day: date) -> list[tuple[Cell, ...]]:
    first = day - 90 * DAY
    rows = [
        (f"{first} ~ {day - DAY}", form, "财经", "9", "6.10%", "31.20%", "28.40%", "9.70s", "812",
         "25", "5", "7")
        for form in ("图文", "1min-视频")
    ]  # fmt: skip
    return [PERIOD_HEADER, *rows]


def write_account_days(inbox: Path, audience: Audience, window: Window) -> None:
    """Write 数据表现_<指标>.xlsx, a metric a file, and the one with all metrics of short videos."""
    plays, visits, won, lost, likes, comments, shares = (
        audience.between(metric, window.first, window.last) for metric in DAY_METRICS
    )
    stock = audience.followers[audience.day(window.first) :][: window.days]
    single = {
        "播放量": plays,
        "主页访问": visits,
        "总粉丝量": stock,
        "取关粉丝": lost,
        "净增粉丝": won - lost,
    }
    videos = {
        "总播放量": plays * 9 // 10,
        "总点赞量": likes,
        "总分享量": shares,
        "总评论量": comments,
    }
    days = [str(window.first + number * DAY) for number in range(window.days)]
    for word, values in single.items():
        rows: list[list[Cell]] = [["日期", word]]
        rows += [[day, str(int(v))] for day, v in zip(days, values, strict=True)]
        _write(inbox, audience, window.exported, f"数据表现_{word}.xlsx", rows)
    table: list[list[Cell]] = [["日期", *videos, "5秒完播率", "平均播放时长"]]
    for number, day in enumerate(days):
        counts = [str(int(values[number])) for values in videos.values()]
        table.append([day, *counts, f"{37 + number % 5}.50%", f"{16 + number % 3}.63s"])
    _write(inbox, audience, window.exported, "数据表现_短视频全量指标.xlsx", table)
