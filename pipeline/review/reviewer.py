"""The reviewer: a text and the rules of a day in, findings out."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.review.index import Index
from pipeline.review.reading import Reading, any_of, standing
from pipeline.review.rules import Rule, contexts, read_rules


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
        return dict(vars(self))


@dataclass(frozen=True)
class _Ready:
    """A rule with its patterns compiled."""

    rule: Rule
    version: str
    basis: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    anywhere: frozenset[str]
    """Contexts that excuse wherever in the text they stand: looked for before any match."""


class Reviewer:
    """Holds texts to the rules in force on a day; made once, used for any number of texts.

    own_hosts: where the bank's own platforms are; a link may lead to them and to what is below.
    """

    def __init__(
        self,
        day: dt.date,
        rules: Iterable[Rule] | None = None,
        own_hosts: Iterable[str] = (),
    ) -> None:
        self._own_hosts = tuple(host.lower() for host in own_hosts)
        chosen = [rule for rule in (read_rules() if rules is None else rules) if rule.in_force(day)]
        self._rules = {
            rule.id: _Ready(
                rule,
                rule.version,
                rule.basis(day),
                any_of(rule.unless_before),
                any_of(rule.unless_after),
                frozenset(
                    name for name in (*rule.unless, *rule.lacks) if contexts()[name].place == "text"
                ),
            )
            for rule in sorted(chosen, key=lambda rule: rule.id)
        }
        self._following = [ready for ready in self._rules.values() if ready.rule.follows]
        patterns = {key: ready.rule.patterns for key, ready in self._rules.items()}
        self._index = Index({**patterns, **standing()})

    @property
    def rule_set_version(self) -> str:
        """Stand for all the rules that texts are held to."""
        said = (f"{key} {ready.version}" for key, ready in self._rules.items())
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]

    def review(self, text: str) -> list[Finding]:
        """Give what the rules have against a text, from its beginning to its end."""
        return self.findings(self.read(text))

    def read(self, text: str) -> Reading:
        """Read a text for these rules."""
        return Reading(text, self._index)

    def findings(self, reading: Reading) -> list[Finding]:
        """Do as `review` does with a text that was read by this reviewer."""
        found: list[tuple[int, int, _Ready]] = []
        for key in reading.tried.keys() & self._rules.keys():
            ready = self._rules[key]
            if not ready.anywhere.isdisjoint(reading.said):
                continue
            found += [(*span, ready) for span in self._hits(ready, reading)]
        found.sort(key=lambda hit: (hit[2].rule.id, hit[0], hit[1]))
        for ready in self._following:
            found += [(*span, ready) for span in _followed(ready.rule, reading, found)]
        return [_finding(reading, *hit) for hit in _widest(_gravest_omissions(found))]

    def _hits(self, ready: _Ready, reading: Reading) -> set[tuple[int, int]]:
        tried = reading.tried[ready.rule.id]
        matches = (match for pattern in tried for match in pattern.finditer(reading.text))
        return {
            match.span()
            for match in matches
            if not (ready.rule.links and self._is_own(match[0]))
            and _counts(ready, reading, match.span())
        }

    def _is_own(self, link: str) -> bool:
        host = link.rpartition("//")[2]
        return any(host == own or host.endswith(f".{own}") for own in self._own_hosts)


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
) -> list[tuple[int, int]]:
    """Give the spans of other findings that this rule follows from."""
    return [
        (start, end)
        for start, end, cause in found
        if cause.rule.category in rule.follows and _applies(rule, reading, start, end)
    ]


def _gravest_omissions(found: list[tuple[int, int, _Ready]]) -> list[tuple[int, int, _Ready]]:
    """Keep one finding of what a text leaves unsaid in each category: it is made good at once."""
    gravest: dict[str, tuple[int, int, _Ready]] = {}
    for hit in found:
        rule = hit[2].rule
        other = gravest.get(rule.category)
        if rule.lacks and (other is None or rule.severity > other[2].rule.severity):
            gravest[rule.category] = hit
    return [hit for hit in found if not hit[2].rule.lacks or hit in gravest.values()]


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
        rule_version=ready.version,
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
