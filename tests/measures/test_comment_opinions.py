"""Comments are judged one by one, as `funnel review --comments` judges them."""

import pyarrow as pa
import pytest

from pipeline.measures.comment_opinions import comment_opinions
from pipeline.privacy.free_text import mask_free_text
from pipeline.review import asks, judge
from tests.review.texts import rows

SCHEMA = pa.schema(
    {
        "text": pa.string(),
        "sentiment": pa.string(),
        "severity": pa.int64(),
        "aspects": pa.string(),
        "is_question": pa.bool_(),
    }
)


def judged(*texts):
    rows = pa.Table.from_pylist([{"text": text} for text in texts], schema=SCHEMA)
    found = comment_opinions(rows)
    assert found.schema == SCHEMA
    return found.to_pylist()


def test_a_comment_has_the_opinion_of_its_text():
    texts = ["手续费也太高了吧", "讲得很清楚", "", "手续费也太高了吧", "年费怎么收的？"]
    alone = list(judge(texts))
    found = judged(*texts)
    assert [(r["sentiment"], r["severity"], r["aspects"]) for r in found] == [
        (one.sentiment, one.severity, ";".join(one.aspects)) for one in alone
    ]
    assert found[0] == found[3]
    assert [r["is_question"] for r in found] == [False, False, False, False, True]
    assert judged() == []


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("新市民可以开户吗", True),
        ("什么时候放款", True),
        ("请问周末开门么", True),
        ("网点小姐姐超有耐心", False),
        ("怎么这么慢", False),
        ("几天就到账了，快", False),
    ],
)
def test_what_waits_for_an_answer_is_a_question(text, asking):
    assert asks(text) is asking


def test_masking_hides_no_grave_comment():
    texts = [row["text"] for row in rows("comments")]
    before = [one.severity for one in judge(texts)]
    after = [one.severity for one in judge(mask_free_text(text) for text in texts)]
    assert before == after
