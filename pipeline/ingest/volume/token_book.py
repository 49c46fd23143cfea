"""The tokens of one large file's customer ids: each is made once, as far as memory allows.

A customer stands in many rows of an event file, and a token costs more than the rest of its row.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.privacy.tokens import TOKEN_BYTES, Tokens

MOST = 5_000_000
"""Ids remembered; of others the tokens are made anew. With their tokens 0.3 GB at most."""

LONGEST = 24
"""Bytes of an id that is remembered."""

_WORD = 8
_WORDS = LONGEST // _WORD
_TOKEN_WORDS = TOKEN_BYTES // _WORD
_KEPT = np.array([(1 << 8 * i) - 1 for i in range(_WORD)] + [2**64 - 1], np.uint64)
_MIXERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)

Words = npt.NDArray[np.uint64]
"""Ids as rows of 8-byte words, filled up with zeros: equal where the ids are."""


class TokenBook:
    """A hash table with open addressing, in arrays: looked up and filled a column at a time."""

    def __init__(self, tokens: Tokens, ids: int) -> None:
        """Make room for so many ids."""
        self._tokens = tokens
        self._most = min(ids, MOST)
        self._bits = max(4, (2 * self._most).bit_length())
        self._entry_at = np.zeros(1 << self._bits, np.int32)  # 0: none
        self._entries = np.zeros((self._most + 1, _WORDS + _TOKEN_WORDS), np.uint64)
        self._held = 0

    def look_up(self, texts: pa.Array) -> tuple[Words, npt.NDArray[np.bool_]]:
        """Give a token for each text, and which of the texts are in the book."""
        ids, short = _words(texts)
        at = self._home(ids)
        entry = self._entry_at.take(at)
        rows = self._entries.take(entry, axis=0)
        found = _same(rows, ids) & short
        passed = np.flatnonzero(~found & (entry != 0) & short)
        while len(passed):
            at[passed] = (at[passed] + 1) & (len(self._entry_at) - 1)
            entry = self._entry_at[at[passed]]
            candidates = self._entries[entry]
            same = _same(candidates, ids[passed])
            rows[passed[same]] = candidates[same]
            found[passed[same]] = True
            passed = passed[~same & (entry != 0)]
        return rows[:, _WORDS:], found

    def make(self, ids: pa.Array) -> Words:
        """Make tokens of distinct ids that are not in the book, and enter them."""
        data = self._tokens.tokens(ids.to_pylist())
        tokens = np.frombuffer(data, np.uint64).reshape(-1, _TOKEN_WORDS)
        words, short = _words(ids)
        new = np.flatnonzero(short)[: self._most - self._held]
        if len(new):
            self._enter(words[new], tokens[new])
        return tokens

    def _enter(self, ids: Words, tokens: Words) -> None:
        first = self._held + 1
        self._held += len(ids)
        self._entries[first : first + len(ids), :_WORDS] = ids
        self._entries[first : first + len(ids), _WORDS:] = tokens
        entry = np.arange(first, first + len(ids), dtype=np.int32)
        at = self._home(ids)
        while len(at):
            free = self._entry_at[at] == 0
            self._entry_at[at[free]] = entry[free]  # of several at one place the last stays
            left = self._entry_at[at] != entry
            at, entry = (at[left] + 1) & (len(self._entry_at) - 1), entry[left]

    def _home(self, ids: Words) -> npt.NDArray[np.int64]:
        """Give the place where the search for each id begins."""
        mixed = np.zeros(len(ids), np.uint64)
        for word, mixer in zip(ids.T, _MIXERS, strict=True):
            mixed = (mixed ^ word) * np.uint64(mixer)
            mixed ^= mixed >> np.uint64(32)
        return (mixed * np.uint64(_MIXERS[0]) >> np.uint64(64 - self._bits)).astype(np.int64)


def _same(rows: Words, ids: Words) -> npt.NDArray[np.bool_]:
    same: npt.NDArray[np.bool_] = rows[:, 0] == ids[:, 0]
    for word in range(1, _WORDS):
        same &= rows[:, word] == ids[:, word]
    return same


def _words(texts: pa.Array) -> tuple[Words, npt.NDArray[np.bool_]]:
    """Give texts as words, and which of them fit; blank ones do not."""
    _, offsets, cells = texts.buffers()
    places = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    words = np.zeros((len(texts), _WORDS), np.uint64)
    if not len(texts) or places[0] == places[-1]:
        return words, np.zeros(len(texts), np.bool_)
    data = np.zeros(int(places[-1] - places[0]) + LONGEST, np.uint8)
    data[:-LONGEST] = np.frombuffer(cells, np.uint8)[places[0] : places[-1]]
    # A word at every byte, so that a text's words are read from where it begins.
    everywhere = np.ndarray(len(data) - _WORD + 1, np.uint64, data, strides=(1,))
    starts, lengths = places[:-1] - places[0], np.diff(places)
    for word in range(_WORDS):
        left = np.clip(lengths - word * _WORD, 0, _WORD)
        if not left.any():
            break
        words[:, word] = everywhere[starts + word * _WORD] & _KEPT[left]
    return words, (lengths > 0) & (lengths <= LONGEST)
