"""The reviewer: a text and the rules of a day in, findings out."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.review.reading import Reading, any_of
from pipeline.review.rules import Rule, read_rules


@dataclass(frozen=True)
class Finding:
    """What a rule has against a text. start, end: characters of the original, end not included."""

    rule_id: str
    rule_version: str
    category: str
    verdict: str
    severity: int
    start: int
    end: int
    text: str
    legal_basis: str
    reason: str
    suggestion: str

    def as_dict(self) -> dict[str, Any]:
        """Give it as values JSON can hold."""
        return asdict(self)


@dataclass(frozen=True)
class _Ready:
    """A rule with its patterns compiled."""

    rule: Rule
    basis: str
    pattern: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


class Reviewer:
    """Holds texts to the rules in force on a day; made once, used for any number of texts."""

    def __init__(self, day: dt.date, rules: Iterable[Rule] | None = None) -> None:
        chosen = [rule for rule in (read_rules() if rules is None else rules) if rule.in_force(day)]
        # What follows from other findings comes after them.
        self._rules = [
            _Ready(
                rule,
                rule.basis(day),
                any_of(rule.patterns),
                any_of(rule.unless_before),
                any_of(rule.unless_after),
            )
            for rule in sorted(chosen, key=lambda rule: (bool(rule.follows), rule.id))
        ]

    def review(self, text: str) -> list[Finding]:
        """Give what the rules have against a text, from its beginning to its end."""
        return self.review_reading(Reading(text))

    def review_reading(self, reading: Reading) -> list[Finding]:
        """Do as `review` does with a text that is read already."""
        found: list[tuple[int, int, _Ready]] = []
        for ready in self._rules:
            spans = self._hits(ready, reading)
            if ready.rule.follows:
                spans = [*spans, *_followed(ready.rule, reading, found)][:1]
            found += [(start, end, ready) for start, end in spans]
        return [_finding(reading, *hit) for hit in _widest(found)]

    def _hits(self, ready: _Ready, reading: Reading) -> list[tuple[int, int]]:
        if ready.pattern is None:
            return []
        matches = ready.pattern.finditer(reading.text)
        return [span for span in (match.span() for match in matches) if _counts(ready, reading, span)]


def _counts(ready: _Ready, reading: Reading, span: tuple[int, int]) -> bool:
    """Say whether a match means what the rule is about."""
    rule, (start, end) = ready.rule, span
    if ready.before and ready.before.search(reading.before(start, rule.window)):
        return False
    if ready.after and ready.after.search(reading.after(end, rule.window)):
        return False
    return _applies(rule, reading, start, end)


def _applies(rule: Rule, reading: Reading, start: int, end: int) -> bool:
    if rule.products and not reading.products(start, end).intersection(rule.products):
        return False
    if any(reading.holds(name, start, end) for name in (*rule.unless, *rule.lacks)):
        return False
    return all(reading.holds(name, start, end) for name in rule.needs)


def _followed(
    rule: Rule, reading: Reading, found: list[tuple[int, int, _Ready]]
) -> Iterator[tuple[int, int]]:
    for start, end, cause in found:
        if cause.rule.category in rule.follows and _applies(rule, reading, start, end):
            yield start, end


def _widest(found: list[tuple[int, int, _Ready]]) -> list[tuple[int, int, _Ready]]:
    """Leave out what lies inside another finding of the same category."""
    kept: list[tuple[int, int, _Ready]] = []
    for start, end, ready in sorted(found, key=lambda hit: (hit[0], -hit[1], hit[2].rule.id)):
        inside = (
            other.rule.category == ready.rule.category and first <= start and end <= last
            for first, last, other in kept
        )
        if not any(inside):
            kept.append((start, end, ready))
    return kept


def _finding(reading: Reading, start: int, end: int, ready: _Ready) -> Finding:
    rule, (first, last) = ready.rule, reading.copy.original(start, end)
    return Finding(
        rule_id=rule.id,
        rule_version=rule.version,
        category=rule.category,
        verdict=rule.verdict,
        severity=rule.severity,
        start=first,
        end=last,
        text=reading.source[first:last],
        legal_basis=ready.basis,
        reason=rule.reason,
        suggestion=rule.suggestion,
    )
