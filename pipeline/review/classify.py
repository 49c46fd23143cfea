"""What a text is about and how it sells: theme and form, by words and their weights.

A theme's sum of weights decides; how far it is ahead of the next is the confidence. What is below
LOW is for people to label.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.review.reading import Reading
from pipeline.review.words import language

LOW = 0.2
_IN_TITLE = 2
_FORMS = ("live_commerce", "activity_benefit", "product_placement")
_NEVER_SELLS = {"knowledge", "other"}


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
    sums = _sums(reading.text, title)
    ranked = sorted(sums, key=lambda theme: -sums[theme])
    first, second = ranked[:2]
    theme = first if sums[first] else "other"
    confidence = (sums[first] - sums[second]) / sums[first] if sums[first] else 0.0
    return Labels(theme, _form(reading.text, theme), round(confidence, 3))


def _sums(text: str, title: int) -> dict[str, int]:
    return {
        theme: sum(
            weight * (_IN_TITLE if match.start() < title else 1)
            for weight, pattern in weighted
            if (match := pattern.search(text))
        )
        for theme, weighted in _themes().items()
    }


def _form(text: str, theme: str) -> str:
    for form in _FORMS:
        pattern, unless = _forms()[form]
        if form == "product_placement" and theme in _NEVER_SELLS:
            continue
        if pattern.search(text) and not (unless and unless.search(text)):
            return form
    return "none"


@cache
def _themes() -> dict[str, list[tuple[int, re.Pattern[str]]]]:
    return {
        theme: [
            (int(weight), re.compile(pattern))
            for weight, patterns in weights.items()
            for pattern in patterns
        ]
        for theme, weights in language("themes").items()
    }


@cache
def _forms() -> dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]]:
    return {
        form: (
            re.compile("|".join(data["patterns"])),
            re.compile("|".join(data["unless"])) if data["unless"] else None,
        )
        for form, data in language("forms").items()
    }
