"""What customers agreed to, and what they took back."""

from pipeline.ingest.source import BANK, Column, Identity, Source
from pipeline.ingest.units import bank_code, local_date, one_of, truth, zoned_time

CONSENTS = Source(
    name="bank_consents",
    title="consents",
    platform=BANK,
    one_row_is="one customer granting or withdrawing consent to one purpose",
    key=("customer_token", "purpose", "occurred_at", "action"),
    columns=(
        Identity(),
        Column("purpose", "purpose", bank_code, example="channel_analytics"),
        Column("action", "action", one_of("grant", "withdraw"), example="grant"),
        Column(
            "separate",
            "separate",
            truth,
            example="true",
            note="whether it was asked for by itself, not inside a bundle",
        ),
        Column("notice_version", "notice_version", bank_code, example="2026-01"),
        Column(
            "occurred_at",
            "occurred_at",
            zoned_time,
            note="kept in UTC",
            example="2026-01-15T10:00:00+08:00",
        ),
        Column(
            "valid_until",
            "valid_until",
            local_date("%Y-%m-%d", "%Y%m%d"),
            optional=True,
            nullable=True,
            note="last day; blank without an end",
        ),
    ),
    partition_by=("occurred_at", "month"),
    missing=("", "\\N"),
)
