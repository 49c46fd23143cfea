"""What the bank says of two posts that were, or were not, taken for the same work."""

from pipeline.ingest.source import BANK, Column, Source
from pipeline.ingest.units import text, truth

WORK_CORRECTIONS = Source(
    name="bank_work_corrections",
    title="corrections to the content library",
    platform=BANK,
    one_row_is="two posts, and whether they are the same work",
    key=("post_id", "other_post_id"),
    columns=(
        Column(
            "post_id",
            "post_id",
            text,
            example="7e3fd6f52d43ce3c94403f1b7601b6d2",
            note="as in published.work_matches or published.content_posts",
        ),
        Column("other_post_id", "other_post_id", text, example="2f964a15141e343a33244b40ce1f2a90"),
        Column("is_same", "is_same", truth, example="false"),
    ),
    partition_by=("exported_at", "month"),
    missing=("", "\\N"),
)
