"""What a match of a regular expression can begin with.

It reads the expressions that rules are written in (docs/REVIEW.md): characters, sets, groups,
bars, repeats, and what looks around. What it cannot spell out it leaves open: that costs time, but
no match.
"""

import re
from functools import cache
from itertools import islice

LENGTH = 3
"""So many characters of a beginning are told; fewer where anything may follow them."""

_MOST = 3000  # beginnings of one pattern that are spelled out
_ANY = frozenset({("", False)})
_NOTHING = frozenset({("", True)})
_TOKEN = re.compile(
    r"\(\?(?:[:=!]|<[=!])|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d+(?:,\d*)?\}|.", re.DOTALL
)
_REPEATS = {"?": (0, 1), "*": (0, LENGTH), "+": (1, LENGTH)}
_LOOKING = ("(?=", "(?!", "(?<=", "(?<!")
_PLACES = {"^", "$", r"\b"}

Beginnings = frozenset[tuple[str, bool]]
"""Strings, and whether what follows in the pattern follows them at once."""


@cache
def openings(pattern: str) -> frozenset[str]:
    """Give strings of at most `LENGTH` characters: any match begins with one, digits read as 0.

    The empty string: it may begin with anything.
    """
    found = {string for string, _ in _Tokens(pattern).branches()}
    return frozenset(
        string for string in found if found.isdisjoint(string[:end] for end in range(len(string)))
    )


@cache
def alternatives(pattern: str) -> tuple[str, ...]:
    """Split a pattern at the bars that stand in no brackets."""
    parts, depth = [""], 0
    for token in _TOKEN.findall(pattern):
        depth += token.startswith("(") - (token == ")")
        if token == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += token
    return tuple(parts)


class _Tokens:
    """The tokens of a pattern, read from left to right."""

    def __init__(self, pattern: str) -> None:
        self._left = _TOKEN.findall(pattern)[::-1]

    def _next_is(self, *tokens: str) -> bool:
        return bool(self._left) and self._left[-1] in tokens

    def branches(self) -> Beginnings:
        """Read up to the end of the group."""
        found, now = frozenset[tuple[str, bool]](), _NOTHING
        while self._left and not self._next_is(")"):
            if self._next_is("|"):
                self._left.pop()
                found, now = found | now, _NOTHING
            else:
                now = _joined(now, self._part())
        return found | now

    def _part(self) -> Beginnings:
        """Read one thing and how often it is there."""
        token = self._left.pop()
        if token.startswith("("):
            once = self.branches()
            self._left.pop()
            if token in _LOOKING:
                return _NOTHING
        else:
            once = _beginning(token)
        if not self._left or not (bounds := _bounds(self._left[-1])):
            return once
        self._left.pop()
        if self._next_is("?", "+"):  # lazy, possessive: the same strings
            self._left.pop()
        return _repeated(once, *bounds)


def _bounds(token: str) -> tuple[int, int] | None:
    if not re.fullmatch(r"\{\d+(?:,\d*)?\}", token):
        return _REPEATS.get(token)
    low, comma, high = token[1:-1].partition(",")
    return int(low), int(high) if high else LENGTH if comma else int(low)


def _repeated(once: Beginnings, low: int, high: int) -> Beginnings:
    found, now = (frozenset[tuple[str, bool]]() if low else _NOTHING), _NOTHING
    for turn in range(1, max(low, min(high, LENGTH)) + 1):
        now = _joined(now, once)
        if turn >= min(low, LENGTH):
            found |= now
        if turn >= LENGTH:
            break
    return found


def _joined(first: Beginnings, then: Beginnings) -> Beginnings:
    done = {(string, goes_on) for string, goes_on in first if not goes_on or len(string) == LENGTH}
    rest = [string for string, _ in first - done]
    if len(rest) * len(then) > _MOST:
        return frozenset(done.union((string, False) for string in rest))
    return frozenset(
        done.union(((string + more)[:LENGTH], on) for string in rest for more, on in then)
    )


def _beginning(token: str) -> Beginnings:
    """Give what a token stands for that is no group."""
    if token in _PLACES:
        return _NOTHING
    if token == r"\d":
        return frozenset({("0", True)})
    if token.startswith("[") and len(token) > 1:
        return _of_set(token[1:-1])
    if token == "." or (token[0] == "\\" and token[-1].isalnum() and token != r"\n"):
        return _ANY
    return frozenset({(_read("\n" if token == r"\n" else token[-1]), True)})


def _of_set(inside: str) -> Beginnings:
    """Give the characters of a set; any where it leaves some out or holds too many."""
    if inside.startswith("^") or re.search(r"\\[^\Wdn]", inside):
        return _ANY
    plain = inside.replace(r"\d", "0").replace(r"\n", "\n")
    found: set[str] = set()
    for first, last in re.findall(r"\\?(.)(?:-\\?(.))?", plain, re.DOTALL):
        span = map(chr, range(ord(first), ord(last or first) + 1))
        found.update(map(_read, islice(span, _MOST)))
    return frozenset((c, True) for c in found) if len(found) < _MOST else _ANY


def _read(character: str) -> str:
    return "0" if character.isdigit() and character.isascii() else character
