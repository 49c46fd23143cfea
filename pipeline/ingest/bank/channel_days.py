"""The bank's own channels by day: the app's positions and pushes, the tickets of branch queues."""

from pipeline.ingest.source import BANK, Column, Source
from pipeline.ingest.units import count, local_date, text


def _metric(name: str, note: str, example: str) -> Column:
    return Column(name, name, count, optional=True, nullable=True, note=note, example=example)


CHANNEL_DAYS = Source(
    name="bank_channel_daily",
    title="the bank's own channels by day",
    platform=BANK,
    one_row_is="an account of the bank's own channels (platform bank_app or branch_queue) on a day",
    key=("account_id", "day"),
    columns=(
        Column("account_id", "account_id", text, note="as in bank_accounts", example="hq-app"),
        Column("day", "day", local_date("%Y-%m-%d", "%Y%m%d"), example="2026-11-02"),
        _metric(
            "impressions",
            "how often it was shown: positions and pushes in the app, tickets handed out with a QR "
            "code at a branch",
            "182400",
        ),
        _metric("reads", "how often content was opened", "9120"),
        _metric("engagement", "likes, saves, comments and shares together", "310"),
        _metric("intents", "taps that lead on without a source code: bookings, enquiries", "85"),
    ),
    partition_by=("day", "month"),
    missing=("", "\\N"),
    declared_in="pipeline/ingest/bank/channel_days.py",
)
