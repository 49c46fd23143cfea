"""A text as rules read it: one form of each character, and where each stood in the original.

Width, letter case, traditional characters and look-alikes are folded one for one; what cannot be
seen is left out; words of the trade that are written otherwise, to slip through, are written out.
"""

import re
import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.review.disguise import disguises, pulled_apart
from pipeline.review.words import characters, language

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\u20e3]"
)

_BEYOND = re.compile("[\U00010000-\U0001ffff]")
_PLANE = 0x10000
_LETTERS = frozenset(string.ascii_letters)
_HAN = range(0x3400, 0xD800)  # no compatibility forms among these, only much to look through


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy. spans: for each character what it stands for in the original; None: itself."""

    text: str
    spans: Sequence[tuple[int, int]] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the original that a span of the copy stands for."""
        if self.spans is None:
            return start, end
        return self.spans[start][0], self.spans[end - 1][1]


@cache
def _folding() -> tuple[re.Pattern[str], dict[str, str]]:
    """Give what is read as another character, as a pattern to find it by, and what as."""
    lines = characters("traditional")
    folded = dict(zip("".join(lines[::2]), "".join(lines[1::2]), strict=True))
    for character in map(chr, (*range(_HAN.start), *range(_HAN.stop, _PLANE))):
        form = _form(character)
        if form != character:
            folded[character] = folded.get(form, form)
    folded |= language("disguises")["look_alikes"]
    # A pattern of one plane is found by a table; one that reaches beyond it is slow.
    return re.compile(f"[{re.escape(''.join(sorted(folded)))}]"), folded


def _form(character: str) -> str:
    bare = unicodedata.normalize("NFKD", character)
    if bare[0] in _LETTERS and len(bare) > 1 and all(map(unicodedata.combining, bare[1:])):
        return bare[0].lower()  # a letter with a tone
    form = unicodedata.normalize("NFKC", character).lower()
    return form if len(form) == 1 else character


def copy_of(original: str) -> Copy:
    """Copy a text for the rules to read."""
    unlike, folded = _folding()
    text = _BEYOND.sub(lambda match: _form(match[0]), original)
    text = unlike.sub(lambda match: folded[match[0]], text)
    spans: Sequence[tuple[int, int]] | None = None
    if _INVISIBLE.search(text):
        kept = [at for at, character in enumerate(text) if not _INVISIBLE.match(character)]
        spans = [(at, at + 1) for at in kept]
        text = "".join(text[at] for at in kept)
    copy = Copy(text, spans)
    for find in (pulled_apart, disguises):
        if found := find(copy.text):
            copy = _written_out(copy, found)
    return copy


def _written_out(copy: Copy, found: list[tuple[int, int, str]]) -> Copy:
    """Write each word that was found in disguise; all of it stands for all of the disguise."""
    text = copy.text
    spans = copy.spans or [(at, at + 1) for at in range(len(text))]
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    done = 0
    for start, end, word in found:
        parts += [text[done:start], word]
        places += spans[done:start]
        places += [(spans[start][0], spans[end - 1][1])] * len(word)
        done = end
    parts.append(text[done:])
    places += spans[done:]
    return Copy("".join(parts), places)
