"""公众号 tendency_<start>_<end>.xls: three tables side by side on one BIFF8 sheet."""

from pathlib import Path

from pipeline.sample.exports.moments import folder, stamps
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.timeline import DAY, Window
from pipeline.sample.writers.biff import Block, write_biff
from pipeline.sample.writers.workbook import Cell

READS = ("日期", "渠道", "阅读人数")
ACTIONS = ("日期", "分享人数", "跳转阅读原文人数", "微信收藏人数", "发表篇数")
ARTICLES = ("传播渠道", "发表日期", "内容标题", "阅读人数", "阅读人数占比")
# Channels overlap: their shares of the day's readers add up to more than one.
CHANNELS = {
    "公众号消息": 0.46, "聊天会话": 0.17, "朋友圈": 0.14, "公众号主页": 0.10, "搜一搜": 0.05,
    "推荐": 0.13, "其他": 0.03,
}  # fmt: skip
LISTED_CHANNELS = ("公众号消息", "朋友圈")  # the article table lists only part of them


def write_tendency(inbox: Path, audience: Audience, window: Window) -> None:
    """Write the window's readers by channel, actions by day, and articles by channel."""
    period = f"({window.first:%Y.%m.%d}-{window.last:%Y.%m.%d})"
    blocks = [
        Block(1, f"数据趋势概况{period}", [READS, *_reads(audience, window)]),
        Block(5, f"数据趋势概况{period}", [ACTIONS, *_actions(audience, window)]),
        Block(11, f"数据来源概况{period}", [ARTICLES, *_articles(audience, window)]),
    ]
    name = f"tendency_{stamps(window.first, window.last)}.xls"
    write_biff(folder(inbox, audience.account, window.exported) / name, blocks)


def _reads(audience: Audience, window: Window) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for number, readers in enumerate(audience.between("reads", window.first, window.last)):
        day = (window.first + number * DAY).isoformat()
        rows.append([day, "全部", int(readers)])
        # A channel without a reader that day has a blank cell.
        rows += [[day, name, int(readers * share) or None] for name, share in CHANNELS.items()]
    return rows


def _actions(audience: Audience, window: Window) -> list[list[Cell]]:
    published = [post.published_at.date() for post in audience.posts]
    columns = [
        audience.between(metric, window.first, window.last)
        for metric in ("shares", "jumps", "favorites")
    ]
    return [
        [
            (window.first + number * DAY).isoformat(),
            *(int(column[number]) for column in columns),
            published.count(window.first + number * DAY),
        ]
        for number in range(window.days)
    ]


def _articles(audience: Audience, window: Window) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    first, last = audience.day(window.first), audience.day(window.last)
    inside = [
        post
        for post in audience.posts_before(window.exported)
        if post.published_at.date() >= window.first and post.title_on(window.exported)
    ]
    named = {post.title_on(window.exported): post for post in inside}  # a repeated title: the last
    for title, post in named.items():
        readers = int(audience.by_post["reads"][post.number, first : last + 1].clip(0).sum())
        if readers == 0:
            continue
        day = f"{post.published_at:%Y%m%d}"
        rows.append(["全部", day, title, readers, 1.0])
        for channel in LISTED_CHANNELS:
            part = int(readers * CHANNELS[channel])
            rows.append([channel, day, title, part, round(part / readers, 3)])
    return rows
