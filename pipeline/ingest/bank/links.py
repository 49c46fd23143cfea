"""The source codes that the bank put behind links, QR codes and menus."""

from pipeline.ingest.source import BANK, Column, Source
from pipeline.ingest.units import bank_code, one_of, text

PRODUCT_LINES = ("card", "wealth", "deposit", "loan", "account", "service")

LINKS = Source(
    name="bank_links",
    title="source codes",
    platform=BANK,
    one_row_is="one source code",
    key=("source_code",),
    columns=(
        Column("source_code", "source_code", bank_code, example="XHS-0001"),
        Column("account_id", "account_id", text, example="hq-brand"),
        Column(
            "post",
            "post",
            text,
            optional=True,
            nullable=True,
            note="title or id of the post, as its export writes it",
        ),
        Column("product_line", "product_line", one_of(*PRODUCT_LINES), example="card"),
        Column("product", "product", bank_code, optional=True, nullable=True, example="青年卡"),
        Column(
            "entry",
            "entry",
            one_of("home_page", "menu", "post", "live", "push", "ticket"),
            note="push: of the app; ticket: the QR code on a queue number",
            example="post",
        ),
    ),
    partition_by=("exported_at", "month"),
    missing=("", "\\N"),
)
