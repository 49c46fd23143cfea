"""Comments under the bank's posts: what was said, and nothing of who said it."""

import pyarrow as pa

from pipeline.ingest.source import BANK, Column, Identity, Source
from pipeline.ingest.units import Type, local_time, text
from pipeline.privacy.free_text import mask_free_text

_MOMENTS = local_time("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M")

COMMENTS = Source(
    name="bank_comments",
    title="comments under the bank's posts",
    platform=BANK,
    one_row_is="one comment, as a social listening tool or a platform's back office exports it",
    key=("comment_token",),
    columns=(
        Identity(
            header=("comment_id", "评论ID", "评论编号"),
            name="comment_token",
            note="the id on the platform leads to the author, so it becomes a keyed token",
            example="7301122000000001",
        ),
        Column(
            "account_id",
            ("account_id", "账号编号"),
            text,
            note="whose post it is under, as in bank_accounts",
            example="hq-brand",
        ),
        Column(
            "commented_at",
            ("commented_at", "评论时间"),
            _MOMENTS,
            note="Asia/Shanghai",
            example="2026-11-12 20:15",
        ),
        Column(
            "text",
            ("text", "评论内容"),
            Type("text; what names a person is masked", pa.string(), mask_free_text, free=True),
            note="telephone, identity and card numbers, addresses, links and handles in it are "
            "masked before it is kept",
            example="年费怎么收的？",
        ),
        Column(
            "answered_at",
            ("answered_at", "回复时间"),
            _MOMENTS,
            optional=True,
            nullable=True,
            note="when the account first answered; blank: not yet",
            example="2026-11-13 09:02",
        ),
    ),
    partition_by=("commented_at", "month"),
    missing=("", "\\N"),
    ignore_rest=True,
    quirks=("Nicknames, avatars, links and whatever else such a file holds are not landed.",),
)
