"""Which of a thousand patterns a text can match at all, found by one look at its pairs of characters.

Every pattern needs some characters to be there: `保本(?:保息)?` the pair 保本. Only patterns whose
pairs (or single characters) the text holds are tried. The method is the prefilter of RE2's
`FilteredRE2`, with pairs instead of strings.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import product
from operator import add
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

_MOST = 96  # alternatives of one pattern that are spelled out
_COST_OF_ONE = 12  # a single character is found that much more often than a pair

Group = TypeVar("Group", bound=Hashable)
Needs = list[frozenset[str]]


class Index(Generic[Group]):
    """Patterns by group; `within` gives those of each group that a text may match."""

    def __init__(self, groups: Mapping[Group, Iterable[str]]) -> None:
        self._entries: list[tuple[Group, re.Pattern[str], frozenset[str] | None]] = []
        needing: dict[str, list[int]] = {}
        self._always: list[int] = []
        for group, patterns in groups.items():
            for pattern in (one for each in patterns for one in alternatives(each)):
                first, second = [*needs_of(pattern), None, None][:2]
                for places in _listed(needing, first) if first else [self._always]:
                    places.append(len(self._entries))
                self._entries.append((group, compiled(pattern), second))
        self._needing = {gram: frozenset(places) for gram, places in needing.items()}
        self._grams = self._needing.keys() | {
            gram for _, _, second in self._entries for gram in second or ()
        }

    def within(self, text: str) -> dict[Group, list[re.Pattern[str]]]:
        """Give the patterns to try on a text, by group, in the order they were given."""
        found = set(filter(self._grams.__contains__, map(add, text, text[1:])))
        found |= self._grams.intersection(text)
        needing = map(self._needing.get, found)
        tried = set(self._always).union(*filter(None, needing))
        groups: dict[Group, list[re.Pattern[str]]] = {}
        for at in sorted(tried):
            group, pattern, second = self._entries[at]
            if second is None or not second.isdisjoint(found):
                groups.setdefault(group, []).append(pattern)
        return groups


def _listed(needing: dict[str, list[int]], needed: Iterable[str]) -> list[list[int]]:
    return [needing.setdefault(gram, []) for gram in needed]


def alternatives(pattern: str) -> list[str]:
    """Split a pattern at the bars that stand in no brackets."""
    parts, depth = [""], 0
    for token in re.findall(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|.", pattern, re.DOTALL):
        depth += (token == "(") - (token == ")")
        if token == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern so that what it leaves open stays within a line."""
    return re.compile(pattern.replace("[^", r"[^\n"))


def needs_of(pattern: str) -> Needs:
    """Give sets of grams, the rarest first: any match of a pattern holds one of each set."""
    return _of_sequence(_parser.parse(compiled(pattern).pattern))


def _of_sequence(items: Iterable[Any]) -> Needs:
    known = [*_runs(items), *filter(None, map(_inside, items))]
    return sorted(set(known), key=_cost)


def _cost(found: frozenset[str]) -> tuple[int, list[str]]:
    return sum(1 if len(gram) > 1 else _COST_OF_ONE for gram in found), sorted(found)


def _runs(items: Iterable[Any]) -> Iterator[frozenset[str]]:
    """Spell out neighbouring parts together, as far as their strings are few."""
    run = {""}
    for item in items:
        strings = _strings(item)
        if strings is not None and len(run) * len(strings) <= _MOST:
            run = {"".join(pair) for pair in product(run, strings)}
            continue
        yield from _needed_of(run)
        run = strings or {""}
    yield from _needed_of(run)


def _needed_of(strings: set[str]) -> Iterator[frozenset[str]]:
    if all(strings):
        yield frozenset(string[:2] for string in strings)


def _strings(item: Any) -> set[str] | None:
    """Give all strings a part can match; None where they are too many to spell out."""
    kind, value = item
    if kind is _constants.LITERAL:
        return {chr(value)}
    if kind in (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT):
        return {""}
    if kind is _constants.IN and all(which is _constants.LITERAL for which, _ in value):
        return {chr(code) for _, code in value}
    if kind is _constants.SUBPATTERN:
        return _joined(value[-1])
    if kind is _constants.BRANCH:
        branches = [_joined(branch) for branch in value[1]]
        return None if None in branches else _few(set().union(*filter(None, branches)))
    if kind is _constants.MAX_REPEAT and value[:2] == (0, 1):
        once = _joined(value[2])
        return None if once is None else _few({"", *once})
    return None


def _joined(items: Iterable[Any]) -> set[str] | None:
    run = {""}
    for item in items:
        strings = _strings(item)
        if strings is None or len(run) * len(strings) > _MOST:
            return None
        run = {"".join(pair) for pair in product(run, strings)}
    return run


def _few(strings: set[str]) -> set[str] | None:
    return strings if len(strings) <= _MOST else None


def _inside(item: Any) -> frozenset[str] | None:
    """Give what a part needs that cannot be spelled out as a whole."""
    kind, value = item
    if kind is _constants.SUBPATTERN:
        return next(iter(_of_sequence(value[-1])), None)
    if kind is _constants.BRANCH:
        branches = [next(iter(_of_sequence(branch)), None) for branch in value[1]]
        return None if None in branches else frozenset().union(*filter(None, branches))
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and value[0] > 0:
        return next(iter(_of_sequence(value[2])), None)
    return None
