"""A comment as the bank would hear it: sentiment, how grave it is, and what it is about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.review.copy import copy_of
from pipeline.review.index import compiled
from pipeline.review.words import language

_GRAVE = 2
_SHORTEST = 8  # characters of a comment that tells what happened
_ALWAYS_GRAVE = {"fraud", "privacy"}


@dataclass(frozen=True)
class Opinion:
    """sentiment: negative, positive, neutral. severity: 0 to 3; docs/REVIEW.md. aspects: codes."""

    sentiment: str
    severity: int
    aspects: tuple[str, ...]


@dataclass(frozen=True)
class _Words:
    severity: dict[int, re.Pattern[str]]
    mild: re.Pattern[str]
    praise: re.Pattern[str]
    turned: re.Pattern[str]
    excused: re.Pattern[str]
    asking: re.Pattern[str]
    question: re.Pattern[str]
    suspected: list[list[re.Pattern[str]]]
    aspects: dict[str, re.Pattern[str]]


def judge(comments: Iterable[str]) -> Iterator[Opinion]:
    """Judge comments, one after the other."""
    for comment in comments:
        text = copy_of(comment).text.strip()
        severity, aspects = _severity(text), _aspects(text)
        if (severity and _ALWAYS_GRAVE.intersection(aspects)) or _is_suspected(text):
            severity = max(severity, _GRAVE)
        if severity == _GRAVE and _is_mild(text, aspects):
            severity = _GRAVE - 1
        mild = "positive" if _praised(text) else "neutral"
        yield Opinion("negative" if severity else mild, severity, aspects)


def asks(comment: str) -> bool:
    """Say whether a comment asks for an answer."""
    return _words().question.search(copy_of(comment).text) is not None


def _severity(text: str) -> int:
    words = _words()
    excused = words.excused.search(text) is not None
    for severity, pattern in words.severity.items():
        if (found := pattern.search(text)) is None:
            continue
        if severity >= _GRAVE and excused:
            continue
        if severity == 1 and not _complains(text, found.start(), excused):
            continue
        return severity
    return 0


def _is_suspected(text: str) -> bool:
    """Find what is grave only as a whole: it is worth a look, for what is missed is not seen."""
    words = _words()
    if len(text) < _SHORTEST or words.asking.search(text) or words.excused.search(text):
        return False
    told = any(all(part.search(text) for part in parts) for parts in words.suspected)
    return told and not _praised(text)


def _is_mild(text: str, aspects: tuple[str, ...]) -> bool:
    return not _ALWAYS_GRAVE.intersection(aspects) and _words().mild.search(text) is not None


def _complains(text: str, at: int, excused: bool) -> bool:
    """Tell a complaint from praise ("not slow at all") and from a question."""
    praised = _praised(text)
    if excused:
        return False
    if re.search("(?:不|没有?|一点也?不|并不|从不|从没)$", text[max(0, at - 4) : at]):
        return not praised
    return not (praised and praised.start() < at and not _but(text, praised.end(), at))


def _but(text: str, start: int, end: int) -> bool:
    return re.search("但|可是|不过|就是|结果|然而|却|可惜|只是|[?!。]", text[start:end]) is not None


def _praised(text: str) -> re.Match[str] | None:
    words = _words()
    for match in words.praise.finditer(text):
        if not words.turned.search(text[max(0, match.start() - 5) : match.start()]):
            return match
    return None


def _aspects(text: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in _words().aspects.items() if pattern.search(text))


@cache
def _words() -> _Words:
    data = language("opinion")

    def pattern(words: list[str]) -> re.Pattern[str]:
        return compiled("|".join(words))

    return _Words(
        severity={int(level): pattern(words) for level, words in data["severity"].items()},
        mild=pattern(data["mild"]["patterns"]),
        praise=pattern(data["praise"]["patterns"]),
        turned=pattern(data["praise"]["unless_before"]),
        excused=pattern(data["excused"]["patterns"]),
        asking=pattern(data["asking"]["patterns"]),
        question=pattern(data["question"]["patterns"]),
        suspected=[[compiled(part) for part in parts["all"]] for parts in data["suspected"]],
        aspects={name: pattern(words) for name, words in data["aspects"].items()},
    )
