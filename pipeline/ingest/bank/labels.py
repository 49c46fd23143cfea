"""What the bank says its posts are about and how they sell: filled-in label files, a calendar."""

from collections.abc import Mapping

from pipeline.ingest.source import BANK, Column, Source
from pipeline.ingest.units import Type, choice, text, title
from pipeline.review.names import FORM_NAMES, THEME_NAMES


def _label(names: Mapping[str, str]) -> Type:
    """Take the code of a label or its Chinese name; stored as the code."""
    return choice({name: code for code, name in names.items()} | {code: code for code in names})


_THEME = Column(
    "theme",
    ("theme", "主题"),
    _label(THEME_NAMES),
    nullable=True,
    note="blank: as the classifier says; codes or names of docs/REVIEW.md",
    example="知识科普",
)
_FORM = Column(
    "selling_form",
    ("selling_form", "带货形式", "形式"),
    _label(FORM_NAMES),
    optional=True,
    nullable=True,
    note="likewise",
    example="activity_benefit",
)

POST_LABELS = Source(
    name="bank_post_labels",
    title="labels of posts",
    platform=BANK,
    one_row_is="what one post is about, as the bank says",
    key=("post_id",),
    columns=(
        Column(
            "post_id",
            ("post_id", "作品编号"),
            text,
            note="as in published.content_posts; `funnel label` writes a file to fill in",
            example="7e3fd6f52d43ce3c94403f1b7601b6d2",
        ),
        _THEME,
        _FORM,
    ),
    partition_by=("exported_at", "month"),
    missing=("", "\\N"),
    ignore_rest=True,
    declared_in="pipeline/ingest/bank/labels.py",
)

CONTENT_CALENDAR = Source(
    name="bank_content_calendar",
    title="content calendar",
    platform=BANK,
    one_row_is="one title that an account plans or has published, and what it is about",
    key=("account_id", "title"),
    columns=(
        Column(
            "account_id",
            ("account_id", "账号编号"),
            text,
            note="as in bank_accounts",
            example="hq-brand",
        ),
        Column(
            "title",
            ("title", "标题"),
            title,
            note="as it is or was published; other columns of a calendar are not landed",
            example="净值波动怎么看",
        ),
        _THEME,
        _FORM,
    ),
    without=("post_id", "作品编号"),
    partition_by=("exported_at", "month"),
    missing=("", "\\N"),
    ignore_rest=True,
    declared_in="pipeline/ingest/bank/labels.py",
)
