"""Customer ids -> keyed tokens: one person is one token, and no token gives the id back."""

import hashlib
import hmac
import unicodedata

from pipeline.errors import ConfigurationError

SHORTEST_KEY = 16
TOKEN_BYTES = 16


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

    @property
    def key_id(self) -> str:
        """Name the key without giving it away: 8 hex digits, kept beside what it made."""
        return hashlib.sha256(b"key-id|" + self._key).hexdigest()[:8]

    def token(self, customer_id: str) -> bytes:
        """Make the token of an id: the first 16 bytes of HMAC-SHA256(key, "v1|customer|<id>")."""
        message = b"v1|customer|" + normalise(customer_id).encode()
        return hmac.digest(self._key, message, "sha256")[:TOKEN_BYTES]
