"""Comments and reviews of the sample, counted from the delivered files by plain loops."""

import csv
import datetime as dt
from collections import Counter, defaultdict
from statistics import median

import duckdb
import pytest

from pipeline.privacy.free_text import mask_free_text
from pipeline.review import judge
from tests.conftest import SAMPLE

FOLDER = SAMPLE / "inbox" / "bank" / "2026-11-16"


@pytest.fixture(scope="module")
def published(sample_run):
    with duckdb.connect(str(sample_run.published_database), read_only=True) as connection:
        yield lambda query: connection.execute(query).fetchall()


def delivered(name):
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_comments_count_by_week_account_and_severity(published):
    rows = delivered("comments.csv")
    judged = list(judge(mask_free_text(row["评论内容"]) for row in rows))
    wanted = Counter()
    for row, opinion in zip(rows, judged, strict=True):
        day = dt.date.fromisoformat(row["评论时间"][:10])
        for severity in (opinion.severity, None):
            for aspect in (*opinion.aspects, None):
                wanted[f"{day:%G-W%V}", row["账号编号"], aspect, severity] += 1
    found = published("""
        select week, account_id, aspect, severity, comments from published.opinion
        where level = 'account'
    """)
    assert {tuple(key): number for *key, number in found} == wanted
    assert sum(opinion.severity == 3 for opinion in judged) > 3


def test_the_rejection_rate_is_of_first_submissions(published):
    rows = [row for row in delivered("content-reviews.csv") if row["stage"] == "pre"]
    by_content = defaultdict(list)
    for row in rows:
        by_content[row["account_id"], row["content_id"]].append(row)
    counts, hours = defaultdict(Counter), defaultdict(list)
    for decisions in by_content.values():
        first, *later = sorted(decisions, key=lambda row: row["reviewed_at"])
        at = dt.datetime.fromisoformat(first["reviewed_at"])
        month = at.date().replace(day=1)
        counts[month][first["decision"]] += 1
        if later:
            passed = dt.datetime.fromisoformat(later[0]["reviewed_at"])
            hours[month].append((passed - at).total_seconds() / 3600)
    found = published("""
        select month, submissions, rejected, sent_back, rejection_rate, corrected,
            median_hours_to_fix
        from published.compliance_reviews where level = 'bank' and author is null order by month
    """)
    assert len(found) == 3
    for month, submissions, rejected, sent_back, rate, corrected, to_fix in found:
        first = counts[month]
        assert (submissions, rejected, sent_back) == (
            *(sum(first.values()), first["reject"], first["revise"]),
        )
        assert rate == first["reject"] / (first["reject"] + first["pass"])
        assert corrected == len(hours[month])
        assert to_fix == pytest.approx(median(hours[month]), abs=0.006)


def test_nothing_of_a_commenter_is_in_the_database(sample_run):
    rows = delivered("comments.csv")
    marks = {row["用户昵称"] for row in rows} | {row["评论ID"] for row in rows}
    marks |= {"13800000000", "11010519491231002X", "6222021234567890128", "example"}
    with duckdb.connect(str(sample_run.analysis_database), read_only=True) as connection:
        for table in ("staging.bank_comments", "core.comment_opinions"):
            values = connection.execute(f"select * from {table}").fetchall()
            held = {str(value) for row in values for value in row}
            assert len(values) == len(rows)
            assert not [mark for mark in marks if any(mark in value for value in held)]
