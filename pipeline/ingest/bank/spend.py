"""What the bank paid for its accounts, and the campaigns it paid for."""

from pipeline.ingest.source import BANK, Column, Source
from pipeline.ingest.units import bank_code, bank_row_id, local_date, money, one_of, text

PURPOSES = ("ads", "content", "creator", "giveaway", "other")
_DAY = local_date("%Y-%m-%d", "%Y%m%d")

SPEND = Source(
    name="bank_spend",
    title="spend",
    platform=BANK,
    one_row_is="one amount paid for one account on one day",
    key=("spend_id",),
    columns=(
        Column(
            "spend_id",
            "spend_id",
            bank_row_id,
            note="unique for ever; a correction comes under the same one",
            example="SP202609070001",
        ),
        Column("spent_on", "spent_on", _DAY, note="the day it was for", example="2026-09-07"),
        Column(
            "account_id",
            "account_id",
            text,
            note="as in bank_accounts; the bank divides what several accounts share",
            example="cards-xhs",
        ),
        Column(
            "campaign_id",
            "campaign_id",
            bank_code,
            optional=True,
            nullable=True,
            note="as in bank_campaigns; blank where it is for none",
            example="CMP-2026-01",
        ),
        Column("purpose", "purpose", one_of(*PURPOSES), example="ads"),
        Column(
            "amount_yuan",
            "amount_yuan",
            money,
            note="yuan; negative for what was paid back",
            example="12000.00",
        ),
    ),
    partition_by=("spent_on", "month"),
    missing=("", "\\N"),
)

CAMPAIGNS = Source(
    name="bank_campaigns",
    title="campaigns",
    platform=BANK,
    one_row_is="one source code while it belongs to one campaign",
    key=("campaign_id", "source_code"),
    columns=(
        Column("campaign_id", "campaign_id", bank_code, example="CMP-2026-01"),
        Column("campaign_name", "campaign_name", bank_code, example="开学季办卡"),
        Column(
            "source_code", "source_code", bank_code, note="as in bank_links", example="XHS-0001"
        ),
        Column(
            "starts_on",
            "starts_on",
            _DAY,
            note="first day; the campaign starts with its first code",
            example="2026-08-24",
        ),
        Column(
            "ends_on",
            "ends_on",
            _DAY,
            optional=True,
            nullable=True,
            note="last day; blank while it has none",
            example="2026-09-20",
        ),
    ),
    partition_by=("exported_at", "month"),
    missing=("", "\\N"),
    declared_in="pipeline/ingest/bank/spend.py",
)
