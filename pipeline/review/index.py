"""All matches of some thousand patterns, in one pass over a text.

What a match can begin with is known: one of `保本(?:保息)?` with 保本. So the next characters at
each place of a text tell the few patterns that may match there, and only these are tried there.
Patterns that may begin with anything are looked for everywhere.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from operator import add, itemgetter
from typing import Generic, TypeVar

from pipeline.review.openings import LENGTH, alternatives, openings

Group = TypeVar("Group", bound=Hashable)
Span = tuple[int, int]

_DIGIT = re.compile(r"\d")
_PLAIN = re.compile(rf"[^\\\[(){{?*+.|^$\d\n]{{1,{LENGTH}}}")


class _Tried(Generic[Group]):
    """A pattern, and the groups that have it; compiled when first tried, as few ever are."""

    __slots__ = ("certain", "groups", "match", "pattern")

    match: Callable[[str, int], re.Match[str] | None]

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.groups: list[Group] = []
        self.match = self._first
        self.certain = len(pattern) if _PLAIN.fullmatch(pattern) else 0
        """The length of its matches, where they are there as soon as their beginning is."""

    def _first(self, text: str, at: int) -> re.Match[str] | None:
        self.match = compiled(self.pattern).match
        return self.match(text, at)


_Tries = tuple[_Tried[Group], ...]


class Index(Generic[Group]):
    """Patterns by group; `matches` gives where those of each group are in a text."""

    def __init__(self, groups: Mapping[Group, Iterable[str]]) -> None:
        tried: dict[str, _Tried[Group]] = {}
        for group, patterns in groups.items():
            for part in (part for pattern in patterns for part in alternatives(pattern)):
                tried.setdefault(part, _Tried(part)).groups.append(group)
        by: defaultdict[str, list[_Tried[Group]]] = defaultdict(list)
        for part, one in tried.items():
            for opening in openings(part):
                by[opening].append(one)
        self._anywhere = by.pop("", [])
        self._by_one: dict[str, _Tries[Group]] = {}
        self._by_two: dict[str, dict[str, _Tries[Group]]] = {}
        shared: dict[_Tries[Group], _Tries[Group]] = {}  # memory that is read again is near
        for opening, some in by.items():
            longer = tuple(some if len(opening) < LENGTH else some + by.get(opening[:2], []))
            tries = shared.setdefault(longer, longer)
            if len(opening) == 1:
                self._by_one[opening] = tries
            else:
                self._by_two.setdefault(opening[:2], {"": ()})[opening[2:]] = tries
        self._ones = re.compile("|".join(map(re.escape, sorted(self._by_one))) or "(?!)")

    def matches(self, text: str) -> dict[Group, list[Span]]:
        """Give the spans of the matches by group, in no order; groups without any are left out.

        They are those that `finditer` gives for each alternative; besides, one of plain characters
        may overlap the one before it.
        """
        found: defaultdict[Group, list[Span]] = defaultdict(list)
        done: dict[str, int] = {}
        for at, tries in self._tries(text):
            for one in tries:
                if one.certain:
                    span = (at, at + one.certain)
                else:
                    match = one.match(text, at)
                    if match is None or at < done.get(one.pattern, 0):
                        continue
                    span = match.span()
                    done[one.pattern] = span[1]
                for group in one.groups:
                    found[group].append(span)
        for one in self._anywhere:
            for match in compiled(one.pattern).finditer(text):
                for group in one.groups:
                    found[group].append(match.span())
        return found

    def _tries(self, text: str) -> list[tuple[int, _Tries[Group]]]:
        """Give the places at which something may match, from left to right, and what."""
        read = _DIGIT.sub("0", text) + "\n\n"
        pairs = enumerate(map(self._by_two.get, map(add, read, read[1:-1])))
        tries = [
            (at, thirds.get(read[at + 2]) or thirds[""])
            for at, thirds in pairs
            if thirds is not None
        ]
        tries += [(one.start(), self._by_one[one[0]]) for one in self._ones.finditer(read)]
        return sorted(tries, key=itemgetter(0))


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern so that what it leaves open stays within a line."""
    return re.compile(pattern.replace("[^", r"[^\n"))
