"""Marks of rows: whether a row was read before can be told without keeping what it says."""

import hmac
from collections.abc import Iterable

MARK_BYTES = 16


def row_marks(key: bytes, rows: Iterable[Iterable[str]]) -> list[bytes]:
    """Mark each row: the first 16 bytes of HMAC-SHA256(key, "v1|row|" and its cells, NUL between).

    The key keeps a row of guessable cells, as an id alone, from being guessed from its mark. Cells
    hold no NUL: PostgreSQL allows none in a text.
    """
    return [
        hmac.digest(key, b"v1|row|" + "\0".join(row).encode(), "sha256")[:MARK_BYTES]
        for row in rows
    ]
