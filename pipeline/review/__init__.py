"""What a bank may say in public, and what a text is about: dated rules, labels, comments."""

from pipeline.review.audit import Reviewed, audit, opinions
from pipeline.review.days import Reviewers
from pipeline.review.drafts import Draft, Refused, is_table, read_drafts
from pipeline.review.labels import Labels, classify
from pipeline.review.log import Entry, Submission, append, decided, entries, text_hash
from pipeline.review.opinion import Opinion, asks, judge
from pipeline.review.reviewer import Finding, Reviewer
from pipeline.review.rules import Rule, category_names, read_rules

__all__ = [
    "Draft",
    "Entry",
    "Finding",
    "Labels",
    "Opinion",
    "Refused",
    "Reviewed",
    "Reviewer",
    "Reviewers",
    "Rule",
    "Submission",
    "append",
    "asks",
    "audit",
    "category_names",
    "classify",
    "decided",
    "entries",
    "is_table",
    "judge",
    "opinions",
    "read_drafts",
    "read_rules",
    "text_hash",
]
