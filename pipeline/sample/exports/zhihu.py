"""知乎: CSV text that is named .xls - articles, answers, and the account by day."""

from datetime import date
from pathlib import Path

from pipeline.sample.exports.moments import folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.posts import Post
from pipeline.sample.timeline import DAY, Window
from pipeline.sample.writers.delimited import BOM, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell

TAIL = ("点赞", "喜欢", "评论", "收藏", "分享")
METRICS = ("likes", "recommends", "comments", "saves", "shares")
ARTICLES = ("标题", "发布时间", "链接", "阅读", *TAIL)
ANSWERS = ("标题", "发布时间", "链接", "阅读", "播放", *TAIL)
DAYS = ("日期", "阅读", "播放", *TAIL)


def write_contents(inbox: Path, audience: Audience, day: date) -> None:
    """Write articles (those without a video) and answers, newest first."""
    where, posts = folder(inbox, audience.account, day), audience.posts_before(day)[::-1]
    articles = [_row(audience, post, day) for post in posts if post.form == "image_text"]
    write_csv(where / "文章.xls", ARTICLES, articles, Dialect(BOM))
    answers = [_row(audience, post, day) for post in posts if post.form == "video"]
    write_csv(where / "回答.xls", ANSWERS, answers, Dialect(BOM))


def content_url(audience: Audience, post: Post) -> str:
    """Return the address of an article or answer, which holds its id."""
    number = 780_000_000 + audience.account.number * 10_000 + post.number
    if post.form == "image_text":
        return f"https://zhuanlan.zhihu.com/p/{number}"
    return f"https://www.zhihu.com/question/{number // 7}/answer/{number}"


def _row(audience: Audience, post: Post, day: date) -> list[Cell]:
    reads = audience.until("reads", post, day)
    seen: list[Cell] = [reads] if post.form == "image_text" else [reads - reads // 3, reads // 3]
    return [
        post.title_on(day) or post.subject.title,
        f"{post.published_at:%Y-%m-%d %H:%M:%S}",
        content_url(audience, post),
        *seen,
        *(audience.until(metric, post, day) for metric in METRICS),
    ]


def write_account_days(inbox: Path, audience: Audience, window: Window) -> None:
    """Write 日报表.xls, newest day first."""
    reads = audience.between("reads", window.first, window.last)
    others = [audience.between(metric, window.first, window.last) for metric in METRICS]
    rows: list[list[Cell]] = [
        [
            str(window.first + number * DAY),
            int(reads[number] - reads[number] // 10),
            int(reads[number] // 10),
            *(int(values[number]) for values in others),
        ]
        for number in range(window.days - 1, -1, -1)
    ]
    path = folder(inbox, audience.account, window.exported) / "日报表.xls"
    write_csv(path, DAYS, rows, Dialect(BOM))
