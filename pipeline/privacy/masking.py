"""Masking of customer ids in what is kept for people to read: quarantine and messages."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from pipeline.privacy.free_text import LONG_NUMBER, MAIL_ADDRESS
from pipeline.privacy.tokens import normalise

MASK = "‹masked›"
LONGEST_KEPT = 200
MOST_SHAPES = 50
_WORD = re.compile(r"[^\s,;|]+")


class Masker:
    """Masks values that are, hold, or look like one of a file's customer ids.

    ids: the raw ids of the file, in any writing; they are held in memory only.
    """

    def __init__(self, ids: Iterable[str]) -> None:
        """Learn what the ids are, how long they are, and what they look like."""
        self._ids = {normalise(customer_id) for customer_id in ids} - {""}
        self._lengths = sorted({len(customer_id) for customer_id in self._ids})
        self._shapes: AbstractSet[str] = {shape(customer_id) for customer_id in self._ids}
        self._all_shapes = len(self._shapes) <= MOST_SHAPES

    @classmethod
    def knowing(
        cls, ids: Iterable[str], lengths: Iterable[int], shapes: AbstractSet[str]
    ) -> "Masker":
        """Make one for a part of a file that is too large for all of its ids to be held.

        ids: those of the file's ids that stand in the part; lengths, shapes: of all its ids.
        """
        masker = cls(ids)
        masker._lengths = sorted(lengths)
        masker._shapes = shapes
        masker._all_shapes = len(shapes) <= MOST_SHAPES
        return masker

    def mask(self, value: str) -> str:
        """Give the value with every id, and every word shaped like one, replaced by a mark."""
        if self._holds_id(normalise(value)) or not self._all_shapes:
            return MASK
        masked = LONG_NUMBER.sub(MASK, MAIL_ADDRESS.sub(MASK, value))
        masked = _WORD.sub(self._mask_word, masked)
        return masked if len(masked) <= LONGEST_KEPT else masked[:LONGEST_KEPT] + "…"

    def is_id(self, value: str) -> bool:
        """Whether the whole value is one of the ids."""
        return normalise(value) in self._ids

    def _holds_id(self, text: str) -> bool:
        return any(
            text[start : start + length] in self._ids
            for length in self._lengths
            for start in range(len(text) - length + 1)
        )

    def _mask_word(self, word: re.Match[str]) -> str:
        looks_like_one = shape(normalise(word[0])) in self._shapes
        return MASK if looks_like_one and any(c.isdigit() for c in word[0]) else word[0]


def shape(text: str) -> str:
    """Draw what an id looks like: each digit a 9, each letter an A."""
    return "".join("9" if c.isdigit() else "A" if c.isalpha() else c for c in text)
