"""Customer ids -> keyed tokens: one person is one token, and no token gives the id back.

Keys are a chain, the oldest first. The first makes a token of an id, each later one a token of the
token before: so the rows that are at rest without any id can be brought to a new key, and an id
that is delivered afterwards still becomes the same token as theirs. docs/PRIVACY.md says what that
is worth.
"""

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence

from pipeline.errors import ConfigurationError

SHORTEST_KEY = 16
TOKEN_BYTES = 16
PURPOSE = b"v1|customer|"
ROTATED = b"v1|rotated|"
ERASED = b"v1|erased|"
_SPACE = re.compile(r"[^\S\n]")
BLOCK = hashlib.sha256().block_size


def normalise(customer_id: str) -> str:
    """Write an id in the one form that is hashed: NFKC, stripped, upper case."""
    return unicodedata.normalize("NFKC", customer_id).strip().upper()


class Tokens:
    """Makes tokens under a chain of secret keys, most often one.

    keys: at least 16 bytes each, from outside the data; ConfigurationError when shorter.
    returned: tokens of erased persons that were made again, see `watch`.
    """

    def __init__(self, *keys: bytes) -> None:
        """Keep the keys, in memory only."""
        for key in keys:
            _refuse_short(key)
        self._keys = keys
        self._first = _Hmac(keys[0], PURPOSE)
        self._later = [_Hmac(key, ROTATED) for key in keys[1:]]
        self._marks = [_Hmac(key, ERASED) for key in keys]
        self._watched: Mapping[str, dt.date] = {}
        self.returned: dict[bytes, dt.date] = {}

    @property
    def key_id(self) -> str:
        """Name the chain without giving it away: 8 hex digits, kept beside what it made."""
        return self.key_ids[-1]

    @property
    def key_ids(self) -> list[str]:
        """Name the chain as it was with its first key, with two, and so on up to all of it."""
        ids: list[str] = []
        for key in self._keys:
            before = f"{ids[-1]}|".encode() if ids else b""
            ids.append(hashlib.sha256(b"key-id|" + before + key).hexdigest()[:8])
        return ids

    def erasure_mark(self, token: bytes) -> str:
        """Give what is kept of an erased person: 32 hex digits of HMAC-SHA256(last key, token).

        The token itself would go on naming the person in every copy of the lake; who has no key
        can neither tell whose mark it is nor look for it anywhere.
        """
        return self._mark(len(self._keys) - 1, token)

    def watch(self, erased: Mapping[str, dt.date]) -> None:
        """Look out for persons who were erased before the last key was added.

        erased: marks and days. Whoever has one of them by an earlier key is entered in `returned`
        when their token is made.
        """
        self._watched = erased if self._later else {}

    def rotated(self, token: bytes, have: int) -> bytes:
        """Bring a token that was made with the first `have` keys to the whole chain."""
        for link in self._later[have - 1 :]:
            token = link.of(token)
        return token

    def every(self, token: bytes) -> list[bytes]:
        """Give what a token is by now, whichever of the chain's lengths it was made with."""
        return [self.rotated(token, have) for have in range(1, len(self._keys) + 1)]

    def token(self, customer_id: str) -> bytes:
        """Make the token of an id: the first 16 bytes of HMAC-SHA256(key, "v1|customer|<id>")."""
        return self.tokens([customer_id])

    def tokens(self, customer_ids: Sequence[str]) -> bytes:
        """Make the tokens of many ids, one behind the other."""
        of = self._first.of
        made = [of(message) for message in _messages(customer_ids)]
        if self._later:
            made = [self._through(token) for token in made]
        return b"".join(made)

    def _through(self, token: bytes) -> bytes:
        """Bring a token of the first key to the whole chain."""
        known: dt.date | None = None
        for place, link in enumerate(self._later):
            if self._watched:
                known = self._watched.get(self._mark(place, token), known)
            token = link.of(token)
        if known is not None:
            self.returned[token] = known
        return token

    def _mark(self, place: int, token: bytes) -> str:
        return self._marks[place].of(token).hex()


class _Hmac:
    """HMAC-SHA256 as RFC 2104 writes it, its two halves begun once.

    A token of a file of millions then costs less than half of what hmac.digest does.
    """

    def __init__(self, key: bytes, prefix: bytes) -> None:
        padded = (hashlib.sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + prefix)
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))

    def of(self, message: bytes) -> bytes:
        """Give the first 16 bytes for a message behind the prefix."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()[:TOKEN_BYTES]


def _refuse_short(key: bytes) -> None:
    if len(key) < SHORTEST_KEY:
        raise ConfigurationError(
            f"令牌密钥只有 {len(key)} 字节；至少要 {SHORTEST_KEY} 字节，建议 32 个随机字符以上"
            f" · the token key has {len(key)} bytes; expected at least {SHORTEST_KEY}\n"
            "  可运行 · make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )


def _messages(customer_ids: Sequence[str]) -> list[bytes]:
    """Normalise ids, all at once where none of them needs more than capitals."""
    joined = "\n".join(customer_ids)
    if joined.isascii() and not _SPACE.search(joined) and joined.count("\n") < len(customer_ids):
        return joined.upper().encode().split(b"\n")
    return [normalise(customer_id).encode() for customer_id in customer_ids]
