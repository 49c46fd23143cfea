"""Customer ids -> keyed tokens: one person is one token, and no token gives the id back."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Sequence

from pipeline.errors import ConfigurationError

SHORTEST_KEY = 16
TOKEN_BYTES = 16
PURPOSE = b"v1|customer|"
ERASED = b"v1|erased|"
_SPACE = re.compile(r"[^\S\n]")
BLOCK = hashlib.sha256().block_size


def normalise(customer_id: str) -> str:
    """Write an id in the one form that is hashed: NFKC, stripped, upper case."""
    return unicodedata.normalize("NFKC", customer_id).strip().upper()


class Tokens:
    """Makes tokens under one secret key.

    key: at least 16 bytes, from outside the data; ConfigurationError when shorter.
    """

    def __init__(self, key: bytes) -> None:
        """Keep the key, in memory only."""
        if len(key) < SHORTEST_KEY:
            raise ConfigurationError(
                f"the token key has {len(key)} bytes; expected at least {SHORTEST_KEY}\n"
                "  make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )
        self._key = key
        # HMAC as RFC 2104 writes it, its two halves begun once: a token of a file of millions
        # then costs less than half of what hmac.digest does.
        padded = (hashlib.sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + PURPOSE)
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))

    @property
    def key_id(self) -> str:
        """Name the key without giving it away: 8 hex digits, kept beside what it made."""
        return hashlib.sha256(b"key-id|" + self._key).hexdigest()[:8]

    def erasure_mark(self, token: bytes) -> str:
        """Give what is kept of an erased person: 32 hex digits of HMAC-SHA256(key, token).

        The token itself would go on naming the person in every copy of the lake; who has no key
        can neither tell whose mark it is nor look for it anywhere.
        """
        return hmac.digest(self._key, ERASED + token, "sha256").hex()[:32]

    def token(self, customer_id: str) -> bytes:
        """Make the token of an id: the first 16 bytes of HMAC-SHA256(key, "v1|customer|<id>")."""
        return self.tokens([customer_id])

    def tokens(self, customer_ids: Sequence[str]) -> bytes:
        """Make the tokens of many ids, one behind the other."""
        begin, finish = self._inner.copy, self._outer.copy
        made: list[bytes] = []
        for message in _messages(customer_ids):
            inner, outer = begin(), finish()
            inner.update(message)
            outer.update(inner.digest())
            made.append(outer.digest()[:TOKEN_BYTES])
        return b"".join(made)


def _messages(customer_ids: Sequence[str]) -> list[bytes]:
    """Normalise ids, all at once where none of them needs more than capitals."""
    joined = "\n".join(customer_ids)
    if joined.isascii() and not _SPACE.search(joined) and joined.count("\n") < len(customer_ids):
        return joined.upper().encode().split(b"\n")
    return [normalise(customer_id).encode() for customer_id in customer_ids]
