"""Follower numbers that operators note from the profile page, where no export carries them."""

from pipeline.ingest.source import BANK, Column, Source
from pipeline.ingest.units import count, local_date, text

FOLLOWER_COUNTS = Source(
    name="bank_follower_counts",
    title="follower numbers noted by hand",
    platform=BANK,
    one_row_is="the followers the profile page shows on one day, which close the day before",
    key=("account_id", "counted_on"),
    columns=(
        Column("account_id", "account_id", text, example="hq-brand"),
        Column("counted_on", "counted_on", local_date("%Y-%m-%d", "%Y%m%d"), example="2026-11-08"),
        Column("followers", "followers", count, example="128450"),
    ),
    partition_by=("counted_on", "month"),
    missing=("", "\\N"),
)
