"""follower_counts.csv: what operators read off the profile page where no export says it."""

from datetime import date
from pathlib import Path

from pipeline.sample.exports.bank_files import bank_folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.timeline import DAY, Timeline
from pipeline.sample.writers.delimited import BOM, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell

HEADER = ("account_id", "counted_on", "followers")
COUNTED_BY_HAND = (
    "xiaohongshu", "wechat_channels", "kuaishou", "bilibili", "zhihu", "baijiahao",
)  # fmt: skip


def write_follower_counts(
    inbox: Path, audiences: list[Audience], timeline: Timeline, day: date
) -> None:
    """Write the Mondays since the delivery before; a Monday morning shows Sunday's last number."""
    earlier = [other for other in timeline.deliveries if other < day]
    since = max(earlier, default=date.min)
    rows: list[list[Cell]] = [
        [
            audience.account.account_id,
            monday.isoformat(),
            int(audience.followers[audience.day(monday - DAY)]),
        ]
        for audience in audiences
        if audience.account.platform in COUNTED_BY_HAND
        for monday in timeline.exports
        if since < monday <= day
    ]
    write_csv(bank_folder(inbox, day) / "follower_counts.csv", HEADER, rows, Dialect(BOM))
