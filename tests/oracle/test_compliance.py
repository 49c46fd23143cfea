"""Findings of the sample's posts, by plain loops over the exports and the reviewer itself."""

from collections import defaultdict

import duckdb
import pytest

from pipeline.review import Reviewer, read_rules

ROWS = """
    select post_id, account_id, title, published_on, exported_at
    from core.post_snapshots order by exported_at
"""


@pytest.fixture(scope="module")
def sample(sample_run):
    with duckdb.connect(str(sample_run.analysis_database), read_only=True) as connection:
        yield connection


def test_findings_are_what_the_reviewer_says_of_each_title(sample):
    rules = [rule for rule in read_rules() if not rule.of_whole_texts]
    wanted = set()
    for post_id, _, title, day, _ in sample.execute(ROWS).fetchall():
        if title and day:
            for finding in _reviewer(day, rules).review(title):
                wanted.add((post_id, title, finding.rule_id, finding.start, finding.rule_version))
    found = sample.execute(
        "select post_id, title, rule_id, span_start, rule_version from core.post_findings"
    ).fetchall()
    assert set(found) == wanted
    assert len(found) == len(wanted)


def test_every_post_with_a_title_is_reviewed_once_in_the_week_it_was_published(sample):
    posts = {}
    for post_id, _, title, day, _ in sample.execute(ROWS).fetchall():
        if title:
            posts[post_id] = max(day, posts.get(post_id, day))
    wanted = defaultdict(int)
    for day in posts.values():
        wanted[day.strftime("%G-W%V")] += 1
    found = sample.execute("""
        select week, posts_reviewed from published.compliance_findings
        where level = 'bank' and category is null
    """).fetchall()
    assert dict(found) == dict(wanted)


_MADE: dict = {}


def _reviewer(day, rules):
    if day not in _MADE:
        _MADE[day] = Reviewer(day, rules)
    return _MADE[day]
