"""links.csv: which account, post and product a source code stands for."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.sample.exports.baijiahao import article_url
from pipeline.sample.exports.bank_files import bank_folder
from pipeline.sample.exports.mapped import post_url
from pipeline.sample.exports.toutiao import work_id
from pipeline.sample.exports.wechat_channels_videos import video_id
from pipeline.sample.exports.zhihu import content_url
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.posts import Post
from pipeline.sample.timeline import Timeline
from pipeline.sample.writers.delimited import BOM, GB18030, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell

NAMES: dict[str, Callable[[Audience, Post], str]] = {
    "wechat_channels": video_id,
    "weibo": post_url,
    "zhihu": content_url,
    "toutiao": work_id,
    "baijiahao": article_url,
}
HEADER = ("source_code", "account_id", "post", "product_line", "product", "entry")


def write_links(inbox: Path, audiences: list[Audience], timeline: Timeline, day: date) -> None:
    """Write the codes given out before a delivery; the first register came from an older system."""
    rows: list[list[Cell]] = [
        [
            link.source_code,
            link.account_id,
            None if link.post is None else _as_exported(audience, link.post),
            link.product_line,
            link.product,
            link.entry,
        ]
        for audience in audiences
        for link in audience.links
        if link.post is None or link.post.published_at.date() < day
    ]
    older = day == timeline.start
    dialect = Dialect(GB18030, line_end="\r\n") if older else Dialect(BOM)
    write_csv(bank_folder(inbox, day) / "links.csv", HEADER, rows, dialect)


def _as_exported(audience: Audience, post: Post) -> str:
    """Return the post as the platform's export names it: by id or address, else by title."""
    name = NAMES.get(audience.account.platform)
    return name(audience, post) if name else post.title
