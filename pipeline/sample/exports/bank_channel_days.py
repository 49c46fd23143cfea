"""channels.csv: the app and the branch queue by day, as the bank's own systems count them."""

from datetime import date
from pathlib import Path

from pipeline.sample.exports.bank_files import bank_folder
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.timeline import DAY, Timeline
from pipeline.sample.writers.delimited import BOM, Dialect, write_csv
from pipeline.sample.writers.workbook import Cell

HEADER = ("account_id", "day", "impressions", "reads", "engagement", "intents")
OWN_CHANNELS = ("bank_app", "branch_queue")


def write_channel_days(
    inbox: Path, audiences: list[Audience], timeline: Timeline, day: date
) -> None:
    """Write the days since the delivery before; the first delivery has none."""
    earlier = [other for other in timeline.deliveries if other < day]
    own = [one for one in audiences if one.account.platform in OWN_CHANNELS]
    if not earlier or not own:
        return
    since = max(earlier)
    rows = [
        _row(audience, since + number * DAY)
        for audience in own
        for number in range((day - since).days)
    ]
    write_csv(bank_folder(inbox, day) / "channels.csv", HEADER, rows, Dialect(BOM))


def _row(audience: Audience, day: date) -> list[Cell]:
    number = audience.day(day)

    def count(metric: str) -> int:
        return int(audience.by_day[metric][number])

    name = audience.account.account_id
    if audience.account.platform == "branch_queue":
        return [name, day.isoformat(), count("reads"), None, None, None]  # tickets handed out
    actions = count("likes") + count("saves") + count("comments") + count("shares")
    return [
        name, day.isoformat(), count("impressions"), count("reads"), actions,
        count("profile_visits"),
    ]  # fmt: skip
