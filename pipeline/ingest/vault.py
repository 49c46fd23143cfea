"""The identity vault: which id a token was made of, sealed; there only if the bank turns it on.

`vault/<delivery>.parquet` holds the tokens that a delivery brought first, each with its id under
AES-256-GCM. No model reads it, and nothing of a build attaches it.
"""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import ConfigurationError, InputError
from pipeline.ingest.erasure.door import Door, stored
from pipeline.ingest.files import write_parquet
from pipeline.privacy.sealing import Seal
from pipeline.privacy.tokens import TOKEN_BYTES, Tokens, normalise
from pipeline.settings import Settings

TOKEN = "customer_token"
_SCHEMA = pa.schema([(TOKEN, pa.uuid()), ("sealed", pa.binary())])


class Remembering(Tokens):
    """Makes tokens and remembers, in memory, the ids they were made of: `made`, by token."""

    def __init__(self, *keys: bytes) -> None:
        """Begin with nothing remembered."""
        super().__init__(*keys)
        self.made: dict[bytes, str] = {}

    def tokens(self, customer_ids: Sequence[str]) -> bytes:
        """Make the tokens of many ids, one behind the other."""
        made = super().tokens(customer_ids)
        for place, customer_id in enumerate(customer_ids):
            token = made[place * TOKEN_BYTES : (place + 1) * TOKEN_BYTES]
            self.made[token] = normalise(customer_id)
        return made


class Vault:
    """The vault of a home, open."""

    def __init__(self, settings: Settings) -> None:
        """Look which tokens it knows; ConfigurationError where it is not turned on."""
        if settings.vault_secret is None:
            raise ConfigurationError(
                "身份库没有启用：令牌找不回客户号 · there is no identity vault\n"
                "  it begins with the first ingest after vault_key_file is set: docs/PRIVACY.md"
            )
        self._folder = settings.vault
        self._seal = Seal(settings.vault_secret)
        self._known = {
            token for file in self._files() for token in stored(_read(file)[TOKEN]).to_pylist()
        }

    def keep(self, delivery_id: str, remembering: Remembering, door: Door) -> None:
        """Keep whom a landed delivery brought first, but nobody who was erased."""
        erased = door.days_of(remembering.made).keys() - door.granted
        new = [t for t in remembering.made if t not in self._known and t not in erased]
        if new:
            sealed = [self._seal.seal(remembering.made[token]) for token in new]
            columns = [pa.ExtensionArray.from_storage(pa.uuid(), pa.array(new, pa.binary(16)))]
            table = pa.table([*columns, pa.array(sealed, pa.binary())], schema=_SCHEMA)
            file = self._folder / f"{delivery_id}.parquet"
            before = [_read(file).cast(_SCHEMA)] if file.is_file() else []
            write_parquet(file, pa.concat_tables([*before, table]))
            self._known.update(new)
        remembering.made.clear()

    def identity(self, token: bytes, tokens: Tokens) -> str:
        """Give the id of a token; InputError where it is not known.

        ConfigurationError where the id does not make that token: somebody exchanged two of them.
        """
        for file in self._files() if token in self._known else ():
            table = _read(file)
            held = stored(table[TOKEN]).to_pylist()
            if token in held:
                found = self._seal.open(table["sealed"][held.index(token)].as_py())
                if tokens.token(found) != token:
                    raise ConfigurationError(
                        f"{file}：条目与令牌不符，文件被改动 · an id that makes another token"
                    )
                return found
        raise InputError("身份库里没有这个令牌 · the vault does not know this token")

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.parquet"))


def _read(file: Path) -> pa.Table:
    return pq.ParquetFile(file).read()
