"""Words beside marks: cut to the room there is, and the room they need."""

import html
from collections.abc import Iterable
from itertools import accumulate
from unicodedata import east_asian_width

from pipeline.report.language import say

LABEL = 24  # letters of a name that fit beside a mark; a Chinese character takes the room of two


def plain(words: str) -> str:
    """Text as plotly must be given it: its labels read a little HTML, and titles are not ours."""
    return html.escape(words, quote=False)


def named(name: str, text: str) -> str:
    """What stands beside a mark on hovering: its name and its number."""
    return say("{name}：{text}", name=plain(name), text=plain(text))


def hover(sentence: str, name: str) -> str:
    """What plotly writes on hovering: a sentence of ours with a name, and its own placeholders."""
    return say(sentence, name=plain(name)) + "<extra></extra>"


def room(labels: Iterable[str], least: int) -> int:
    """Pixels for the longest label."""
    return max([least, *(16 + round(6.3 * sum(map(_letters, label))) for label in labels)])


def short(words: str) -> str:
    """A label that fits beside a mark; the whole name stands in the data table."""
    ends = list(accumulate(map(_letters, words)))
    fits = not ends or ends[-1] <= LABEL
    return words if fits else words[: sum(end <= LABEL - 2 for end in ends)] + "…"


def _letters(sign: str) -> int:
    """How many Latin letters' room a sign takes."""
    return 2 if east_asian_width(sign) in "WF" else 1
