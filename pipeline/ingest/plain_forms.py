"""The commonest writing of a type, converted a column at a time.

A shortcut beside `Type.parse`, never another opinion: what it takes, `parse` takes with the same
value; what it leaves, `parse` decides.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.privacy.row_ids import DOUBTFUL

Mask = npt.NDArray[np.bool_]

PlainForm = Callable[[pa.Array], tuple[pa.Array, pa.Array]]
"""Stripped texts -> (values, which of them were taken); a value not taken is NULL."""

_DAY = (
    r"[12]\d{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3}|\.\d{6})?"
_DRAWN = "2026-11-02T09:15:00+08:00"
_MARKS = {0: "12", 4: "-", 7: "-", 10: "T ", 13: ":", 16: ":", 19: "+-", 22: ":"}
"""Place in a drawn time -> what stands there; digits stand at the others."""

_ZONE = r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)"


def instants(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Take ISO 8601 times to the second or finer, with a zone; the 29th of February may be left."""
    taken = _drawn(texts)
    if not taken.all():
        taken[~taken] = _matched(texts.filter(pa.array(~taken)))
    try:
        zoned = _only(texts, pa.array(taken)).cast(pa.timestamp("us", "UTC"))
    except pa.ArrowInvalid:  # one of those drawn is no moment, as the 30th of February
        taken = _matched(texts)
        zoned = _only(texts, pa.array(taken)).cast(pa.timestamp("us", "UTC"))
    return zoned.cast(pa.timestamp("us")), pa.array(taken)


def _matched(texts: pa.Array) -> Mask:
    """Say which texts are moments in one of the forms taken."""
    matched = pc.match_substring_regex(texts, f"^{_DAY}[T ]{_CLOCK}{_ZONE}$")
    return np.array(matched.to_numpy(zero_copy_only=False), np.bool_)


def _drawn(texts: pa.Array) -> Mask:
    """Say which texts are written as `_DRAWN`; whether they are moments is open.

    Arrow refuses a digit, a month or an hour that is none, so that this is all it has to be asked.
    """
    _, offsets, cells = texts.buffers()
    places = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    long: Mask = np.diff(places) == len(_DRAWN)
    if not long.any():
        return long
    starts = places[:-1] if long.all() else places[:-1][long]
    data = np.frombuffer(cells, np.uint8)
    drawn = np.ones(len(starts), np.bool_)
    for place, marks in _MARKS.items():
        cell = data[starts + place]
        drawn &= (cell == ord(marks[0])) | (cell == ord(marks[-1]))
    long[long] = drawn
    return long


def amounts(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Take digits with at most two decimals, without sign, grouping or exponent."""
    taken = pc.match_substring_regex(texts, r"^\d{1,15}(?:\.\d{1,2})?$")
    return _only(texts, taken).cast(pa.decimal128(18, 2)), taken


def as_written(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Take any text but one with a NUL character."""
    _, _, cells = texts.buffers()
    if cells is None or np.frombuffer(cells, np.uint8).all():
        return texts, pa.repeat(pa.scalar(True), len(texts))
    taken = pc.invert(pc.match_substring(texts, "\x00"))
    return _only(texts, taken), taken


def without_long_numbers(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Take text in which nothing may be a person's number or address, in ASCII and Chinese."""
    _, taken = as_written(texts)
    long = pc.match_substring_regex(texts, r"\d(?:[ -]?\d){10}|@|[^\x00-\x7f\p{Han}]")
    taken = pc.and_not(taken, long)
    return _only(texts, taken), taken


def row_ids(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Take ids of rows in which nothing looks like a person's number or address."""
    _, taken = as_written(texts)
    taken = pc.and_not(taken, pc.match_substring_regex(texts, DOUBTFUL))
    return _only(texts, taken), taken


def _only(texts: pa.Array, taken: pa.Array) -> pa.Array:
    if pc.all(taken).as_py() is not False:
        return texts
    return pc.if_else(taken, texts, pa.scalar(None, texts.type))
