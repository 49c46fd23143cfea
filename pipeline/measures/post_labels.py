"""What posts are about and how they sell, by their titles: no export holds the text of a post."""

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.measures.columns import filled

if TYPE_CHECKING:
    from pipeline.review import Labels, Reviewer


def post_labels(rows: pa.Table) -> pa.Table:
    """Label posts by what the reviewer's classifier makes of their titles.

    Takes a row a post. Gives the same rows with `theme`, `selling_form` and `confidence`, of 0 to
    1, filled in; they stay null where there is no title. A title of several posts is read once.
    """
    titles = rows["title"].to_pylist()
    labels = _of(sorted({title for title in titles if title}))
    found = [labels.get(title) for title in titles]
    return filled(
        rows,
        {
            "theme": [label and label.theme for label in found],
            "selling_form": [label and label.form for label in found],
            "confidence": [label and label.confidence for label in found],
        },
    )


def _of(titles: list[str]) -> dict[str, "Labels"]:
    if not titles:
        return {}
    from pipeline.review import classify

    found = classify(((title, "") for title in titles), _reviewer())
    return dict(zip(titles, found, strict=True))


@cache
def _reviewer() -> "Reviewer":
    """Know the rules that tell a text that sells, on the last day there is: words sell whatever
    the law of the day forbids, and a label must not change with the day of the run.
    """
    from pipeline.review import Reviewer

    return Reviewer(dt.date.max)
