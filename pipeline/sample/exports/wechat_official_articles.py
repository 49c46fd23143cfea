"""公众号 total_<start>_<end>.xls: one row per article of the last 30 days, as of the export.

The new table of 2026 has 9 columns; one account still downloads the old one of 16.
"""

import hashlib
from datetime import date, timedelta
from pathlib import Path

from pipeline.sample import mishaps
from pipeline.sample.exports.moments import folder, stamps
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.posts import Post
from pipeline.sample.timeline import DAY
from pipeline.sample.writers.biff import Block, write_biff
from pipeline.sample.writers.delimited import GB18030, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell

LISTED = timedelta(days=30)
DELIVERED = 0.96  # of the followers
HEADER = (
    "内容标题", "发表日期", "阅读人数", "分享人数", "阅读后关注人数", "送达人数", "送达完成率",
    "阅读完成率", "内容url",
)  # fmt: skip
OLD_HEADER = (
    "内容标题", "发表时间", "总阅读人数", "总阅读次数", "总分享人数", "总分享次数",
    "阅读后关注人数", "送达人数", "公众号消息阅读次数", "送达阅读率", "首次分享次数",
    "分享产生阅读次数", "首次分享率", "每次分享带来阅读次数", "阅读完成率", "内容url",
)  # fmt: skip


def write_articles(inbox: Path, audience: Audience, day: date) -> None:
    """Write the articles as exported on the morning of a day."""
    account = audience.account
    old = account.account_id == mishaps.OLD_ARTICLES
    first = day - LISTED
    articles = [
        post
        for post in audience.posts_before(day)[::-1]
        if post.published_at.date() >= first and post.title_on(day)
    ]
    build = _old_row if old else _row
    header = OLD_HEADER if old else HEADER
    rows = [build(audience, post, day) for post in articles]
    path = folder(inbox, account, day) / f"total_{stamps(first, day - DAY)}"
    if mishaps.happens(mishaps.ARTICLES_AS_CSV, account, day, audience.timeline):
        write_csv(path.with_suffix(".csv"), header, rows, Dialect(GB18030))
        return
    title = f"数据来源概况({first:%Y.%m.%d}-{day - DAY:%Y.%m.%d})"
    write_biff(path.with_suffix(".xls"), [Block(1, title, [header, *rows])])


def article_url(audience: Audience, post: Post) -> str:
    """Return an article's address: `mid` and `idx` name it, the rest only looks real."""
    account = audience.account
    digest = hashlib.sha256(f"{account.account_id}/{post.number}".encode()).hexdigest()
    biz = f"Mz{31415926 + account.number * 271}MDA2MQ=="
    mid = 2247480000 + account.number * 10_000 + post.number
    return f"http://mp.weixin.qq.com/s?__biz={biz}&mid={mid}&idx=1&sn={digest[:16]}#rd"


def _delivered(audience: Audience, post: Post) -> int:
    day = audience.day(post.published_at.date())
    return int(audience.followers[day] * DELIVERED)


def _row(audience: Audience, post: Post, day: date) -> list[Cell]:
    readers = audience.until("reads", post, day)
    return [
        post.title_on(day),
        f"{post.published_at:%Y%m%d}",
        readers,
        audience.until("shares", post, day),
        audience.until("followers_gained", post, day),
        _delivered(audience, post),
        DELIVERED,
        round(post.finish_rate, 3),
        article_url(audience, post),
    ]


def _old_row(audience: Audience, post: Post, day: date) -> list[Cell]:
    readers, sharers = (audience.until(metric, post, day) for metric in ("reads", "shares"))
    delivered, message_reads = _delivered(audience, post), int(readers * 0.5)
    first_shares, from_shares = int(sharers * 0.4), int(readers * 0.22)
    return [
        post.title_on(day),
        f"{post.published_at:%Y%m%d}",
        readers,
        int(readers * 1.27),
        sharers,
        int(sharers * 1.2),
        audience.until("followers_gained", post, day),
        delivered,
        message_reads,
        _ratio(message_reads, delivered),
        first_shares,
        from_shares,
        _ratio(first_shares, message_reads),
        _ratio(from_shares, sharers),
        round(post.finish_rate, 3),
        article_url(audience, post),
    ]


def _ratio(part: int, whole: int) -> float | None:
    """Return a fraction of three decimals, or a blank cell where the base is 0."""
    return round(part / whole, 3) if whole else None
