"""What a text is about and how it sells: theme and form, by words and their weights.

A theme's sum of weights decides; how far it is ahead of the next is the confidence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.review.reading import Reading, standing
from pipeline.review.reviewer import Finding, Reviewer
from pipeline.review.words import language

_IN_TITLE = 2
_FORMS = ("live_commerce", "activity_benefit", "product_placement")
_NEVER_SELLS = {"knowledge", "other"}
_OF_SELLING = {"promise_return", "exaggeration", "missing_risk", "absolute_terms"}
_SELLING = 6
_OCCASIONS = ("hot_event", "culture_travel")
_OCCASION = 8  # a sum of weights that tells an occasion: a gift at one is about the occasion
_HOOKS = ("ip", "lifestyle", "hot_event", "culture_travel", "welfare")
_HOOK = 5  # a weight in the title that tells what a text hangs on, whatever it sells below
_ABOUT_ITSELF = ("knowledge", "other")  # a title that teaches or announces hangs on nothing
_HOOKED = 8
_LIKELIEST = "lifestyle"  # of texts without a word that tells


@dataclass(frozen=True)
class Labels:
    """A text's labels, codes as docs/REVIEW.md lists them. confidence: of the theme, 0 to 1."""

    theme: str
    form: str
    confidence: float


def classify(texts: Iterable[tuple[str, str]], reviewer: Reviewer) -> Iterator[Labels]:
    """Label texts, each a title and a body; either may be empty.

    reviewer: what it finds in a text tells that the text sells.
    """
    for title, body in texts:
        reading = reviewer.read(f"{title}\n{body}" if title else body)
        yield label(reading, len(title), sells(reviewer.findings(reading)))


def sells(findings: Iterable[Finding]) -> bool:
    """Say whether a rule of the four codes has found something: what it is about is for sale."""
    return any(finding.category in _OF_SELLING for finding in findings)


def label(reading: Reading, title: int, selling: bool) -> Labels:
    """Label a text that is read already; its first `title` characters are its title."""
    sums, in_title = _sums(reading, title)
    hook = max(_HOOKS, key=in_title.__getitem__)
    if in_title[hook] >= max(_HOOK, *(in_title[theme] + 1 for theme in _ABOUT_ITSELF)):
        sums[hook] += _HOOKED
    if selling:
        sums["product_promo"] += _SELLING
        sums["knowledge"] //= 2
    if max(sums[theme] for theme in _OCCASIONS) >= _OCCASION:
        sums["welfare"] //= 2
    first, second = sorted(sums, key=sums.__getitem__, reverse=True)[:2]
    theme = first if sums[first] else _LIKELIEST
    confidence = (sums[first] - sums[second]) / sums[first] if sums[first] else 0.0
    return Labels(theme, _form(reading, theme, selling), round(confidence, 3))


def _sums(reading: Reading, title: int) -> tuple[dict[str, int], dict[str, int]]:
    """Give each theme's sum of weights, and that of its title; a character tells a theme once."""
    sums = dict.fromkeys(language("themes"), 0)
    in_title, told = sums.copy(), sums.copy()
    themes = _themes()
    for _, weight, theme, group in sorted(
        map(themes.__getitem__, reading.found.keys() & themes.keys())
    ):
        for start, end in sorted(reading.found[group]):
            characters = (1 << end) - (1 << start)
            if not characters & told[theme]:
                told[theme] |= characters
                sums[theme] += weight * (_IN_TITLE if start < title else 1)
                in_title[theme] += weight * (start < title)
                break
    return sums, in_title


def _form(reading: Reading, theme: str, selling: bool) -> str:
    for form in _FORMS:
        if form == "product_placement" and (selling or theme in _NEVER_SELLS):
            return form if selling and theme != "other" else "none"
        if f"form:{form}" in reading.found and f"not:{form}" not in reading.found:
            return form
    return "none"


@cache
def _themes() -> dict[str, tuple[int, int, str, str]]:
    """Give each group of a theme: its place among all, heaviest first, weight, theme and itself."""
    split = ((group, group.split(":")) for group in standing())
    found = [(int(words[2]), words[1], group) for group, words in split if words[0] == "theme"]
    found.sort(key=lambda one: -one[0])
    return {one[2]: (place, *one) for place, one in enumerate(found)}
