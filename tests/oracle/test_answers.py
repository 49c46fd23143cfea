"""Questions and complaints of the sample and their answers, comment by comment."""

import datetime as dt
from collections import defaultdict
from statistics import median

import pytest

from pipeline.review import judge
from pipeline.review.opinion import asks
from tests.oracle.lake import latest
from tests.oracle.places import monday


def test_questions_and_complaints_and_their_answers(lake, places, published):
    rows = latest(lake.rows("bank_comments"), lambda row: row["comment_token"])
    for row, opinion in zip(rows, judge(row["text"] for row in rows), strict=True):
        row["kinds"] = ["question"] * asks(row["text"])
        row["kinds"] += ["complaint"] * (opinion.sentiment == "negative")
    answering = {row["account_id"] for row in rows if row["answered_at"] is not None}
    cells = defaultdict(list)
    for row in rows:
        day = row["commented_at"].date()  # as the file has it, in Shanghai
        if row["account_id"] in answering and day < lake.as_of:
            for kind in row["kinds"]:
                for path in places.levels(row["account_id"], day):
                    cells[monday(day), path, kind].append((day, row))
    found = {(r["week_starts"], r["path"], r["kind"]): r for r in published("opinion_answers")}
    assert found.keys() == cells.keys()
    for cell, comments in cells.items():
        row = found[cell]
        waits = [c["answered_at"] - c["commented_at"] for _, c in comments if c["answered_at"]]
        open_since = [day for day, comment in comments if comment["answered_at"] is None]
        assert row["comments"] == len(comments)
        assert (row["answered"], row["unanswered"]) == (len(waits), len(open_since))
        hours = [wait / dt.timedelta(hours=1) for wait in waits]
        want = pytest.approx(median(hours), abs=0.0051) if hours else None
        assert row["median_response_hours"] == want
        oldest = (lake.as_of - min(open_since)).days if open_since else None
        assert row["oldest_unanswered_days"] == oldest
    assert len(found) > 100
