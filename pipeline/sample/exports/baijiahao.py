"""百家号: articles in a workbook of sheet `data`, every cell text."""

from datetime import date
from pathlib import Path

from pipeline.sample.exports.moments import exported_at, folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.posts import Post
from pipeline.sample.writers.workbook import Cell, Sheet, write_text_workbook

HEADER = (
    "标题", "链接", "发布时间", "阅读量", "评论量", "点赞量", "收藏量", "分享量", "推荐量",
)  # fmt: skip
METRICS = ("comments", "likes", "saves", "shares", "impressions")


def write_articles(inbox: Path, audience: Audience, day: date) -> None:
    """Write the articles as exported on the morning of a day, newest first."""
    rows = [_row(audience, post, day) for post in audience.posts_before(day)[::-1]]
    account = audience.account
    path = folder(inbox, account, day) / "内容数据.xlsx"
    write_text_workbook(path, Sheet("data", [HEADER, *rows]), exported_at(account, day))


def article_url(audience: Audience, post: Post) -> str:
    """Return the address, which holds the id of 19 digits."""
    number = 1_845_600_000_000_000_000 + audience.account.number * 10**9 + post.number * 10_009
    return f"http://baijiahao.baidu.com/builder/preview/s?id={number}"


def _row(audience: Audience, post: Post, day: date) -> list[Cell]:
    return [
        post.title_on(day) or post.subject.title,
        article_url(audience, post),
        f"{post.published_at:%Y-%m-%d}",
        str(max(audience.until("reads", post, day), 0)),
        *(str(audience.until(metric, post, day)) for metric in METRICS),
    ]
