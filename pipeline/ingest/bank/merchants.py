"""What the bank's acquiring system knows of merchants' shops, week by week."""

from pipeline.ingest.source import BANK, Column, Identity, Source
from pipeline.ingest.units import count, iso_week, money

MERCHANT_WEEKS = Source(
    name="bank_merchant_weeks",
    title="merchants' shops by week",
    platform=BANK,
    one_row_is="one merchant in one week; a merchant may be one person, so it is a token as a "
    "customer is",
    key=("merchant_token", "week_starts"),
    columns=(
        Identity(
            header="merchant_id",
            name="merchant_token",
            note="the id the merchant's consents name as customer_id; becomes a keyed token",
            example="M20260000045",
        ),
        Column("week_starts", "week", iso_week, note="stored as its Monday", example="2026-W46"),
        Column(
            "visits",
            "visits",
            count,
            optional=True,
            nullable=True,
            note="of the shop, as its platform or terminal counts them",
            example="840",
        ),
        Column("orders", "orders", count, optional=True, nullable=True, example="96"),
        Column(
            "settlement_yuan",
            "settlement_yuan",
            money,
            note="settled in the week, yuan, refunds taken off",
            example="18450.00",
        ),
    ),
    partition_by=("week_starts", "month"),
    missing=("", "\\N"),
    declared_in="pipeline/ingest/bank/merchants.py",
)
