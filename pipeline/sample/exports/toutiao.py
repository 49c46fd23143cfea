"""今日头条: workbooks of Go Excelize - articles, videos, the account and its followers by day."""

from datetime import date
from pathlib import Path

from pipeline.sample.exports.moments import folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.posts import Post
from pipeline.sample.timeline import DAY, Window
from pipeline.sample.writers.excelize import write_excelize
from pipeline.sample.writers.workbook import Cell

HEADER = (
    "标题", "发布时间", "ID", "链接", "展现量", "粉丝展现量", "阅读量", "粉丝阅读量", "点击率",
    "平均阅读完成率", "平均阅读时长", "点赞量", "评论量", "转发量", "分享量", "收藏量",
)  # fmt: skip
VIDEO_HEADER = (
    "标题", "发布时间", "ID", "链接", "展现量", "粉丝展现量", "播放量", "粉丝播放量", "点击率",
    "平均播放完成率", "平均播放时长", "点赞量", "评论量", "转发量", "分享量", "收藏量",
)  # fmt: skip
DAY_METRICS = (
    "impressions", "reads", "likes", "comments", "followers_gained", "followers_lost",
)  # fmt: skip
TREND = (
    "时间", "展现量", "粉丝展现量", "阅读(播放)量", "粉丝阅读(播放)量", "点赞量", "评论量",
)  # fmt: skip
FOLLOWERS = (
    "时间", "总粉丝数", "粉丝变化数", "新增粉丝数", "流失粉丝数", "活跃粉丝数", "总铁粉数",
)  # fmt: skip


def write_works(inbox: Path, audience: Audience, day: date) -> None:
    """Write 图文 and 视频, newest first; rates of the newest are not computed yet."""
    where, posts = folder(inbox, audience.account, day), audience.posts_before(day)[::-1]
    for form, word, header in (
        ("image_text", "图文", HEADER),
        ("video", "视频", VIDEO_HEADER),
    ):
        rows = [_row(audience, post, day) for post in posts if post.form == form]
        if rows:
            rows[0][8:11] = ["-1.00", "-1.00", "-1"]
        write_excelize(where / f"{word}_-_1-{len(rows)}.xlsx", [header, *rows])


def work_id(audience: Audience, post: Post) -> str:
    """Return the id of 19 digits."""
    return str(7_563_400_000_000_000_000 + audience.account.number * 10**9 + post.number * 10_007)


def _row(audience: Audience, post: Post, day: date) -> list[Cell]:
    def total(metric: str) -> int:
        return audience.until(metric, post, day)

    reads, shown, name = total("reads"), total("impressions"), work_id(audience, post)
    return [
        post.title_on(day),
        f"{post.published_at:%Y-%m-%d %H:%M:%S}",
        name,
        f"https://toutiao.com/i{name}/",
        shown,
        shown // 12,
        max(reads, 0),
        max(reads, 0) // 9,
        f"{reads / shown:.2f}" if shown > 0 else "0.00",
        f"{post.finish_rate * 100:.2f}",
        str(round(post.watch_seconds)),
        total("likes"),
        total("comments"),
        total("shares") // 2,
        total("shares"),
        total("saves"),
    ]


def write_account_days(inbox: Path, audience: Audience, window: Window) -> None:
    """Write 数据趋势, whose first row is the sum, and 粉丝趋势."""
    days = [str(window.first + number * DAY) for number in range(window.days)]
    shown, reads, likes, comments, won, lost = (
        [int(value) for value in audience.between(metric, window.first, window.last)]
        for metric in DAY_METRICS
    )
    seen = [[v // 12 for v in shown], [v // 9 for v in reads]]
    columns = [shown, seen[0], reads, seen[1], likes, comments]
    trend: list[list[Cell]] = [["累计", *(sum(values) for values in columns)]]
    trend += [[day, *(values[number] for values in columns)] for number, day in enumerate(days)]
    where = folder(inbox, audience.account, window.exported)
    span = f"{window.first:%Y%m%d}-{window.last:%Y%m%d}"
    write_excelize(where / f"数据趋势_{1_700_000 + audience.account.number}_{span}.xlsx",
                   [TREND, *trend])  # fmt: skip
    stock = audience.followers[audience.day(window.first) :]
    followers: list[list[Cell]] = [
        [day, int(stock[n]), won[n] - lost[n], won[n], lost[n], int(stock[n]) // 9,
         int(stock[n]) // 40]
        for n, day in enumerate(days)
    ]  # fmt: skip
    write_excelize(where / f"粉丝趋势_{span}.xlsx", [FOLLOWERS, *followers])
