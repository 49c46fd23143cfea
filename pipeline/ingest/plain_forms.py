"""The commonest writing of a type, converted a column at a time.

A shortcut beside `Type.parse`, never another opinion: what it takes, `parse` takes with the same
value; what it leaves, `parse` decides.
"""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

PlainForm = Callable[[pa.Array], tuple[pa.Array, pa.Array]]
"""Stripped texts -> (values, which of them were taken); a value not taken is NULL."""

_DAY = (
    r"[12]\d{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3}|\.\d{6})?"
_ZONE = r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)"


def instants(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Take ISO 8601 times to the second or finer, with a zone; the 29th of February is left."""
    taken = pc.match_substring_regex(texts, f"^{_DAY}[T ]{_CLOCK}{_ZONE}$")
    zoned = _only(texts, taken).cast(pa.timestamp("us", "UTC"))
    return zoned.cast(pa.timestamp("us")), taken


def amounts(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Take digits with at most two decimals, without sign, grouping or exponent."""
    taken = pc.match_substring_regex(texts, r"^\d{1,15}(?:\.\d{1,2})?$")
    return _only(texts, taken).cast(pa.decimal128(18, 2)), taken


def as_written(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Take any text but one with a NUL character."""
    taken = pc.invert(pc.match_substring(texts, "\x00"))
    return _only(texts, taken), taken


def _only(texts: pa.Array, taken: pa.Array) -> pa.Array:
    if pc.all(taken).as_py() is not False:
        return texts
    return pc.if_else(taken, texts, pa.scalar(None, texts.type))
