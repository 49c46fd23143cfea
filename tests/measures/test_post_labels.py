"""Posts are labelled by their titles, one by one, whatever stands beside them."""

import datetime as dt

import pyarrow as pa

from pipeline.measures.post_labels import post_labels
from pipeline.review import Reviewer, classify

SCHEMA = pa.schema(
    {
        "post_id": pa.string(),
        "title": pa.string(),
        "theme": pa.string(),
        "selling_form": pa.string(),
        "confidence": pa.float64(),
    }
)
GIVEAWAY = "🎁 转评赞抽 100 份江屿周边！关注就有机会"


def labelled(*titles):
    rows = [{"post_id": f"p{n}", "title": title} for n, title in enumerate(titles)]
    found = post_labels(pa.Table.from_pylist(rows, schema=SCHEMA))
    assert found.schema == SCHEMA
    assert [row["post_id"] for row in found.to_pylist()] == [row["post_id"] for row in rows]
    return [(r["theme"], r["selling_form"], r["confidence"]) for r in found.to_pylist()]


def test_a_post_has_the_labels_of_its_title():
    titles = ["净值波动怎么看", GIVEAWAY, "今晚八点直播间见", "净值波动怎么看"]
    alone = [next(classify([(t, "")], Reviewer(dt.date(2026, 11, 16)))) for t in titles]
    found = labelled(*titles)
    assert found == [(one.theme, one.form, one.confidence) for one in alone]
    assert found[0] == found[3]
    assert [(theme, form) for theme, form, _ in found[:2]] == [
        ("knowledge", "none"),
        ("welfare", "activity_benefit"),
    ]


def test_a_post_without_a_title_has_no_labels():
    assert labelled(None, "") == [(None, None, None)] * 2
    assert labelled() == []
