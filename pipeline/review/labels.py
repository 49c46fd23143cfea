"""What a text is about and how it sells: theme and form, by words and their weights.

A theme's sum of weights decides; how far it is ahead of the next is the confidence. What is below
LOW is for people to label.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.review.index import Index
from pipeline.review.reading import Reading
from pipeline.review.words import language

LOW = 0.2
_IN_TITLE = 2
_FORMS = ("live_commerce", "activity_benefit", "product_placement")
_NEVER_SELLS = {"knowledge", "other"}
_SELLS, _EXCUSE = 0, -1  # where a theme's pattern has its weight
_Key = tuple[str, int, int]
_Tried = dict[_Key, list[re.Pattern[str]]]


@dataclass(frozen=True)
class Labels:
    """A text's labels, codes as docs/REVIEW.md lists them. confidence: of the theme, 0 to 1."""

    theme: str
    form: str
    confidence: float

    @property
    def is_sure(self) -> bool:
        """Whether nobody has to look at it."""
        return self.confidence >= LOW


def classify(texts: Iterable[tuple[str, str]]) -> Iterator[Labels]:
    """Label texts, each a title and a body; either may be empty."""
    for title, body in texts:
        yield label(Reading(f"{title}\n{body}" if title else body), len(title))


def label(reading: Reading, title: int) -> Labels:
    """Label a text that is read already; its first `title` characters are its title."""
    tried = _index().within(reading.grams)
    sums = _sums(reading.text, title, tried)
    ranked = sorted(sums, key=lambda theme: -sums[theme])
    first, second = ranked[:2]
    theme = first if sums[first] else "other"
    confidence = (sums[first] - sums[second]) / sums[first] if sums[first] else 0.0
    return Labels(theme, _form(reading.text, theme, tried), round(confidence, 3))


def _sums(text: str, title: int, tried: _Tried) -> dict[str, int]:
    sums = dict.fromkeys(language("themes"), 0)
    for (theme, weight, _), patterns in tried.items():
        if weight > 0:
            found = [match.start() for pattern in patterns if (match := pattern.search(text))]
            if found:
                sums[theme] += weight * (_IN_TITLE if min(found) < title else 1)
    return sums


def _form(text: str, theme: str, tried: _Tried) -> str:
    for form in _FORMS:
        if form == "product_placement" and theme in _NEVER_SELLS:
            continue
        unless = any(pattern.search(text) for pattern in tried.get((form, _EXCUSE, 0), ()))
        if not unless and any(pattern.search(text) for pattern in tried.get((form, _SELLS, 0), ())):
            return form
    return "none"


@cache
def _index() -> Index[_Key]:
    """Each pattern of the themes with its weight; those that speak for a form, and against it."""
    groups: dict[_Key, list[str]] = {
        (theme, int(weight), number): [pattern]
        for theme, weights in language("themes").items()
        for weight, patterns in weights.items()
        for number, pattern in enumerate(patterns)
    }
    for form, data in language("forms").items():
        groups |= {(form, _SELLS, 0): data["patterns"], (form, _EXCUSE, 0): data["unless"]}
    return Index(groups)
