"""公众号 beside the overview: one article in detail, and the trend table of 2025."""

from pathlib import Path

from pipeline.sample.exports.moments import folder, stamps
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.timeline import DAY
from pipeline.sample.writers.biff import write_biff_rows
from pipeline.sample.writers.workbook import Cell

TREND_2025 = (
    "日期", "阅读次数", "阅读人数", "分享次数", "分享人数", "阅读原文次数", "阅读原文人数",
    "收藏次数", "收藏人数", "群发篇数", "渠道",
)  # fmt: skip


def write_article_detail(inbox: Path, audience: Audience) -> None:
    """Write the detail of the latest article with a title: sections stacked in column B."""
    day = audience.timeline.end
    post = next(post for post in audience.posts_before(day)[::-1] if post.title_on(day))
    readers, shares = (audience.until(metric, post, day) for metric in ("reads", "shares"))
    won = audience.until("followers_gained", post, day)
    published = post.published_at.date()
    rows: list[list[Cell]] = [
        [post.title_on(day)],
        [],
        ["数据概况"],
        ["数据指标", "数值"],
        ["阅读(人)", readers],
        ["平均停留时长(秒)", round(post.watch_seconds, 1)],
        ["完读率", f"{post.finish_rate * 100:.1f}%"],
        ["听全文（人）", readers // 90],
        ["新增关注（人）", won],
        ["分享(人)", shares],
        ["赞赏(分)", 0],
        ["评论（条）", audience.until("comments", post, day)],
        [],
        ["阅读转化"],
        ["数据指标", "数值"],
        ["送达人数", int(audience.followers[audience.day(published)])],
        ["公众号消息阅读人数", readers // 2],
        [],
        ["阅读数据趋势明细"],
        ["日期", "传播渠道", "阅读人数", "分享人数"],
        [published.isoformat(), "全部", readers * 2 // 3, shares],
        [published.isoformat(), "朋友圈", readers // 4, shares // 2],
        [],
        ["性别分布"],
        ["性别", "人数", "占比"],
        ["男", readers // 2, 0.5],
        ["女", readers - readers // 2, 0.5],
    ]
    path = folder(inbox, audience.account, day) / "单篇文章详情.xls"
    write_biff_rows(path, [[None, *row] for row in rows])


def write_trend_of_2025(inbox: Path, audience: Audience) -> None:
    """Write the last week in the trend table of 2025, which one account still downloads."""
    first = audience.timeline.end - 7 * DAY
    reads, shares, jumps, favorites = (
        audience.between(metric, first, audience.timeline.end - DAY)
        for metric in ("reads", "shares", "jumps", "favorites")
    )
    rows: list[list[Cell]] = []
    for number in range(7):
        counts = [int(values[number]) for values in (reads, shares, jumps, favorites)]
        pairs = [value for users in counts for value in (users * 127 // 100, users)]
        rows.append([str(first + number * DAY), *pairs, 0, "全部"])
    name = f"tendency_{stamps(first, first + 6 * DAY)}.xls"
    path = folder(inbox, audience.account, audience.timeline.end) / name
    write_biff_rows(path, [[], [], [None, *TREND_2025], *([None, *row] for row in rows)])
