"""The reviewer: a text and the rules of a day in, findings out."""

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.review.index import Index
from pipeline.review.reading import Around, Reading, any_of, around, context_group, standing
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
    """A rule with its patterns compiled, and its contexts apart: those that hold for all a text."""

    rule: Rule
    version: str
    basis: str
    category: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    excused_anywhere: frozenset[str]
    needed_anywhere: frozenset[str]
    excused_here: tuple[Around, ...]
    needed_here: tuple[Around, ...]

    def is_for(self, reading: Reading) -> bool:
        """Say whether the text as a whole lets the rule hit anywhere."""
        said = reading.found.keys()
        return said.isdisjoint(self.excused_anywhere) and said >= self.needed_anywhere


_Hit = tuple[int, int, _Ready]


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
            rule.id: _ready(rule, day) for rule in sorted(chosen, key=lambda rule: rule.id)
        }
        ready = self._rules.values()
        self._saying = {
            key: one
            for key, one in self._rules.items()
            if not one.rule.lacks and not one.rule.follows
        }
        self._following = [one for one in ready if not one.rule.lacks and one.rule.follows]
        self._omitting: dict[str, list[_Ready]] = {}
        for one in sorted(ready, key=lambda one: -one.rule.severity):
            if one.rule.lacks:
                self._omitting.setdefault(one.category, []).append(one)
        patterns = {key: one.rule.patterns for key, one in self._rules.items()}
        self._index = Index({**patterns, **standing()})

    @cached_property
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
        found: list[_Hit] = []
        for key in sorted(self._saying.keys() & reading.found.keys()):
            found += self._hits(self._saying[key], reading, ())
        for ready in self._following:
            found += list(self._hits(ready, reading, found))
        omitted = (self._gravest(rules, reading, found) for rules in self._omitting.values())
        found += list(filter(None, omitted))
        return [_finding(reading, *hit) for hit in _widest(found)]

    def _gravest(
        self, rules: list[_Ready], reading: Reading, found: Collection[_Hit]
    ) -> _Hit | None:
        """Give one finding of what a text leaves unsaid: it is made good at once."""
        for ready in rules:
            if ready.rule.follows or ready.rule.id in reading.found:
                for hit in self._hits(ready, reading, found):
                    return hit
        return None

    def _hits(self, ready: _Ready, reading: Reading, found: Collection[_Hit]) -> Iterator[_Hit]:
        """Give where a rule hits, from left to right: its matches, and findings it follows."""
        spans = reading.found.get(ready.rule.id)
        if not (spans or (found and ready.rule.follows)) or not ready.is_for(reading):
            return
        for start, end in sorted(set(spans or ())):
            if ready.rule.links and self._is_own(reading.text[start:end]):
                continue
            if _counts(ready, reading, start, end):
                yield start, end, ready
        for start, end, cause in found:
            if cause.category in ready.rule.follows and _applies(ready, reading, start, end):
                yield start, end, ready

    def _is_own(self, link: str) -> bool:
        host = link.rpartition("//")[2]
        return any(host == own or host.endswith(f".{own}") for own in self._own_hosts)


def _ready(rule: Rule, day: dt.date) -> _Ready:
    excused, needed = (*rule.unless, *rule.lacks), rule.needs
    anywhere = frozenset(name for name in (*excused, *needed) if contexts()[name].place == "text")
    return _Ready(
        rule,
        rule.version,
        rule.basis(day),
        rule.category,
        any_of(rule.unless_before),
        any_of(rule.unless_after),
        frozenset(map(context_group, anywhere.intersection(excused))),
        frozenset(map(context_group, anywhere.intersection(needed))),
        tuple(around(name) for name in excused if name not in anywhere),
        tuple(around(name) for name in needed if name not in anywhere),
    )


def _counts(ready: _Ready, reading: Reading, start: int, end: int) -> bool:
    """Say whether a match means what the rule is about."""
    window = ready.rule.window
    if ready.before and ready.before.search(reading.before(start, window)):
        return False
    if ready.after and ready.after.search(reading.after(end, window)):
        return False
    return _applies(ready, reading, start, end)


def _applies(ready: _Ready, reading: Reading, start: int, end: int) -> bool:
    products = ready.rule.products
    if products and reading.products(start, end).isdisjoint(products):
        return False
    for context in ready.excused_here:
        if reading.holds(context, start, end):
            return False
    return all(reading.holds(context, start, end) for context in ready.needed_here)


def _widest(found: list[_Hit]) -> list[_Hit]:
    """Leave out what lies inside another finding of the same category."""
    kept: list[_Hit] = []
    reached: dict[str, int] = {}
    for start, end, ready in sorted(found, key=lambda hit: (hit[0], -hit[1], hit[2].rule.id)):
        if end > reached.get(ready.category, -1):
            kept.append((start, end, ready))
            reached[ready.category] = end
    return kept


def _finding(reading: Reading, start: int, end: int, ready: _Ready) -> Finding:
    rule, (first, last) = ready.rule, reading.copy.original(start, end)
    return Finding(
        rule_id=rule.id,
        rule_version=ready.version,
        category=ready.category,
        verdict=rule.verdict,
        severity=rule.severity,
        start=first,
        end=last,
        text=reading.source[first:last],
        legal_basis=ready.basis,
        reason=rule.reason,
        suggestion=rule.suggestion,
    )
