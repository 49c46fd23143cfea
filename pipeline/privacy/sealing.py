"""Texts sealed with AES-256-GCM, for the identity vault and nothing else."""

import secrets
from typing import Any

from pipeline.errors import ConfigurationError

KEY_BYTES = 32
NONCE_BYTES = 12
_ABOUT = b"v1|identity"


class Seal:
    """Seals texts under a key of 32 bytes; each sealed text holds a random nonce of its own."""

    def __init__(self, key: bytes) -> None:
        """Keep the key; ConfigurationError for another length, and without the extra `vault`."""
        if len(key) != KEY_BYTES:
            raise ConfigurationError(
                f"身份库密钥是 {len(key)} 字节 · the vault key has {len(key)} bytes\n"
                "  expected 32 random bytes, as they are or as 64 hex digits: openssl rand -hex 32"
            )
        self._cipher = _aes_gcm()(key)

    def seal(self, text: str) -> bytes:
        """Give nonce, cipher text and tag, one behind the other."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + bytes(self._cipher.encrypt(nonce, text.encode(), _ABOUT))

    def open(self, sealed: bytes) -> str:
        """Give the text again; ConfigurationError under another key, or where a bit was changed."""
        from cryptography.exceptions import InvalidTag

        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return bytes(self._cipher.decrypt(nonce, rest, _ABOUT)).decode()
        except InvalidTag:
            raise ConfigurationError(
                "身份库打不开：密钥不对，或文件被改动 · another vault key, or an altered file"
            ) from None


def _aes_gcm() -> Any:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError:
        raise ConfigurationError(
            "身份库需要扩展 vault，尚未安装 · the extra vault is not installed\n"
            "  pip install 'follower-funnel[vault]', or leave out vault_key_file"
        ) from None
    return AESGCM
