"""Many texts at once: each held to the rules of its day, labelled, and told as JSON holds it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.review.days import Reviewers
from pipeline.review.drafts import Draft
from pipeline.review.labels import Labels, label, sells
from pipeline.review.opinion import judge
from pipeline.review.reviewer import Finding
from pipeline.review.rules import Rule


@dataclass(frozen=True)
class Reviewed:
    """A draft, what the rules have against it, and its labels.

    rule_set_version: stands for all the rules that it was held to.
    """

    draft: Draft
    findings: list[Finding]
    labels: Labels
    rule_set_version: str

    @property
    def is_clean(self) -> bool:
        """Whether it may go out as it is: advice may be left aside."""
        return all(finding.verdict == "advice" for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """Give it as values JSON can hold."""
        return {
            "post_id": self.draft.id,
            "findings": [finding.as_dict() for finding in self.findings],
            "theme": self.labels.theme,
            "format": self.labels.form,
            "theme_confidence": self.labels.confidence,
        }


def audit(
    drafts: Iterable[Draft], day: dt.date, rules: list[Rule], own_hosts: Iterable[str] = ()
) -> Iterator[Reviewed]:
    """Review and label drafts; one without a day of its own is held to the rules of `day`."""
    reviewers = Reviewers(rules, own_hosts)
    for draft in drafts:
        reviewer = reviewers.of(draft.day or day)
        reading = reviewer.read(draft.text)
        findings = reviewer.findings(reading)
        labels = label(reading, len(draft.title), sells(findings))
        yield Reviewed(draft, findings, labels, reviewer.rule_set_version)


def opinions(comments: Iterable[Draft]) -> Iterator[dict[str, Any]]:
    """Judge comments, as values JSON can hold."""
    kept = list(comments)
    for comment, opinion in zip(kept, judge(draft.body for draft in kept), strict=True):
        yield {"comment_id": comment.id, **asdict(opinion)}
