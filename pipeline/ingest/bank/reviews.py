"""What was decided of texts before and after they went out: the review log, or the bank's own."""

from pipeline.ingest.source import BANK, Column, Source
from pipeline.ingest.units import one_of, text, text_or_blank, zoned_time

REVIEWS = Source(
    name="bank_reviews",
    title="decisions of content review",
    platform=BANK,
    one_row_is="one decision on one text",
    key=("account_id", "content_id", "text_hash", "stage", "reviewer", "reviewed_at"),
    columns=(
        Column(
            "reviewed_at",
            "reviewed_at",
            zoned_time,
            note="kept in UTC",
            example="2026-11-12T10:05:00+08:00",
        ),
        Column("account_id", "account_id", text, note="as in bank_accounts", example="hq-brand"),
        Column(
            "content_id",
            "content_id",
            text,
            note="stays when the text is written again",
            example="D-0117",
        ),
        Column(
            "text_hash",
            "text_hash",
            text,
            note="stands for the words of this version; never the words themselves",
            example="9c56cc51b374c3ba189210d5b6d4bf57",
        ),
        Column("author", "author", one_of("human", "ai"), note="who wrote it", example="human"),
        Column(
            "stage",
            "stage",
            one_of("pre", "live", "post"),
            note="before it goes out, while it is out, a sample afterwards",
            example="pre",
        ),
        Column("reviewer", "reviewer", one_of("rule", "human"), example="human"),
        Column("decision", "decision", one_of("pass", "reject", "revise"), example="pass"),
        Column(
            "rule_ids",
            "rule_ids",
            text_or_blank,
            optional=True,
            note="of the findings, separated by `;`",
            example="absolute_terms.strong",
        ),
        Column("rule_set_version", "rule_set_version", text, optional=True, nullable=True),
    ),
    partition_by=("reviewed_at", "month"),
    missing=("", "\\N"),
    ignore=("reviewed_by", "reason"),
    quirks=("`funnel review --log` and `funnel decide` write it: `<home>/reviews/`.",),
)
