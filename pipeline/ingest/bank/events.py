"""What customers did at the bank, from a coded click to a subscription."""

from pipeline.ingest.bank.links import PRODUCT_LINES
from pipeline.ingest.source import BANK, Column, Identity, Source
from pipeline.ingest.units import amount, currency, one_of, text, zoned_time

EVENT_TYPES = (
    "click",
    "arrival",
    "registered",
    "account_opened",
    "card_bound",
    "login",
    "transaction",
    "card_application",
    "card_approved",
    "card_first_use",
    "risk_assessment",
    "wealth_subscription",
    "branch_booking",
    "branch_signing",
    "loan_page",
    "loan_authorised",
    "loan_application",
    "loan_drawn",
)

EVENTS = Source(
    name="bank_events",
    title="conversion events",
    platform=BANK,
    one_row_is="one event",
    key=("event_id",),
    columns=(
        Column(
            "event_id",
            "event_id",
            text,
            example="E2026110200001",
            note="unique for ever; must not contain a customer id",
        ),
        Column(
            "occurred_at",
            "occurred_at",
            zoned_time,
            note="kept in UTC",
            example="2026-11-02T09:15:00+08:00",
        ),
        Identity(nullable=True, note="blank while the person is not known; becomes a keyed token"),
        Column("event_type", "event_type", one_of(*EVENT_TYPES), example="card_application"),
        Column(
            "source_code",
            "source_code",
            text,
            optional=True,
            nullable=True,
            note="the code of bank_links; blank where the event carries none",
            example="XHS-0001",
        ),
        Column(
            "product_line",
            "product_line",
            one_of(*PRODUCT_LINES),
            optional=True,
            nullable=True,
            example="card",
        ),
        Column("amount", "amount", amount, optional=True, nullable=True, example="50000.00"),
        Column("currency", "currency", currency, optional=True, nullable=True, example="CNY"),
        Column(
            "cooling_off",
            "cooling_off",
            one_of("pending", "confirmed", "withdrawn"),
            optional=True,
            nullable=True,
            note="of a subscription",
            example="confirmed",
        ),
    ),
    partition_by=("occurred_at", "day"),
    missing=("", "\\N"),
)
