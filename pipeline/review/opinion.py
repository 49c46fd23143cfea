"""A comment as the bank would hear it: sentiment, how grave it is, and what it is about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.review.copy import copy_of
from pipeline.review.reading import any_of
from pipeline.review.words import language

_GRAVE = 2


@dataclass(frozen=True)
class Opinion:
    """sentiment: negative, positive or neutral. severity: 0 to 3; docs/REVIEW.md. aspects: codes."""

    sentiment: str
    severity: int
    aspects: tuple[str, ...]


@dataclass(frozen=True)
class _Words:
    severity: dict[int, re.Pattern[str] | None]
    praise: re.Pattern[str]
    turned: re.Pattern[str]
    neutral: re.Pattern[str]
    excused: re.Pattern[str]
    aspects: dict[str, re.Pattern[str]]


def judge(comments: Iterable[str]) -> Iterator[Opinion]:
    """Judge comments, one after the other."""
    for comment in comments:
        text = copy_of(comment).text.strip()
        severity = _severity(text)
        sentiment = "negative" if severity else _mild(text)
        yield Opinion(sentiment, severity, _aspects(text))


def _severity(text: str) -> int:
    words = _words()
    excused = words.excused.search(text) is not None
    for severity, pattern in words.severity.items():
        if pattern is None or (found := pattern.search(text)) is None:
            continue
        if severity >= _GRAVE and excused:
            continue
        if severity == 1 and not _complains(text, found.start(), excused):
            continue
        return severity
    return 0


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


def _mild(text: str) -> str:
    words = _words()
    if words.neutral.search(text) and not _praised(text):
        return "neutral"
    return "positive" if _praised(text) else "neutral"


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
        compiled = any_of(words)
        assert compiled is not None
        return compiled

    return _Words(
        severity={int(level): any_of(words) for level, words in data["severity"].items()},
        praise=pattern(data["praise"]["patterns"]),
        turned=pattern(data["praise"]["unless_before"]),
        neutral=pattern(data["neutral"]["patterns"]),
        excused=pattern(data["excused"]["patterns"]),
        aspects={name: pattern(words) for name, words in data["aspects"].items()},
    )
