"""Bringing the tokens at rest to a chain of keys that has grown.

`rotation.json` says from which chain to which, before anything is touched, and stays until all
that is built of the lake is built anew. Each file is written again whole and says beside its rows
which chain it is of, so that a run that was killed is finished by the next, and no token goes
through a key twice.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import ConfigurationError
from pipeline.ingest.catalogue import sources
from pipeline.ingest.erasure import is_open as erasing
from pipeline.ingest.erasure.door import stored
from pipeline.ingest.files import write_lines, write_parquet
from pipeline.ingest.ledger import DELIVERIES, Ledger, delivery_rows
from pipeline.ingest.quarantine import PERSON
from pipeline.ingest.rewrite import marks_of, rewrite_lines, rewrite_parquet
from pipeline.ingest.vault import TOKEN
from pipeline.privacy.tokens import Tokens
from pipeline.settings import Settings

KEY_ID = "token_key_id"


@dataclass(frozen=True)
class Rotation:
    """Chains of keys by their ids: that of the tokens as they were, and as they shall be."""

    before: str
    after: str


def place(settings: Settings) -> Rotation:
    """Write down that the tokens go over to all keys of the settings.

    One that is under way is given as it is. ConfigurationError where there is no key that the lake
    does not know yet, where the lake was made with another first key, and while an erasure is open.
    """
    if (begun := under_way(settings)) is not None:
        return begun
    ids = Tokens(*settings.token_secrets).key_ids
    held = Ledger(settings.lake).key_ids
    if erasing(settings):
        raise ConfigurationError(
            "有删除未完成：先运行 funnel erase · an erasure is open: finish it"
        )
    if len(held) != 1 or not held < set(ids) or held == {ids[-1]}:
        raise ConfigurationError(
            f"没有可轮换的新密钥：湖 {', '.join(sorted(held)) or '空'}，设置 {ids[-1]}"
            " · no key that the lake does not know\n"
            "  write a new key of 32 random bytes to a file outside the data, name it last in\n"
            "  rotated_key_files of funnel.toml, leave the others as they are, and run this again"
        )
    rotation = Rotation(held.pop(), ids[-1])
    write_lines(_file(settings), [json.dumps(asdict(rotation))])
    return rotation


def standing(settings: Settings) -> dict[str, list[str]]:
    """Give the ids of the chain of keys in the settings, by its length, and those of the lake."""
    ids = Tokens(*settings.token_secrets).key_ids
    return {"settings": ids, "lake": sorted(Ledger(settings.lake).key_ids)}


def under_way(settings: Settings) -> Rotation | None:
    """Give the rotation that is not done; None where there is none."""
    file = _file(settings)
    return Rotation(**json.loads(file.read_text("utf-8"))) if file.is_file() else None


def apply(settings: Settings) -> Rotation | None:
    """Bring lake, ledger and quarantine to the chain of a rotation under way, and give it.

    ConfigurationError where the settings do not hold the keys of both chains.
    """
    rotation = under_way(settings)
    if rotation is None:
        return None
    tokens = Tokens(*settings.token_secrets)
    if tokens.key_id != rotation.after or rotation.before not in tokens.key_ids:
        raise ConfigurationError(
            f"轮换 {rotation.before} → {rotation.after} 未完成，而设置的密钥是 {tokens.key_id}"
            " · a rotation is under way to other keys\n  give the keys it began with"
        )
    have = tokens.key_ids.index(rotation.before) + 1
    for names, file in _files(settings):
        if marks_of(file).get(KEY_ID) != rotation.after:
            change = partial(_rotated, names, tokens, have)
            rewrite_parquet(file, change, {KEY_ID: rotation.after})
    for file in sorted(settings.quarantine.glob("*.jsonl")):
        rewrite_lines(file, partial(_rotated_line, tokens, have))
    for file in sorted((settings.lake / DELIVERIES).glob("*.parquet")):
        _enter(file, rotation)
    return rotation


def close(settings: Settings) -> None:
    """End the rotation under way, once everything is built anew."""
    _file(settings).unlink()


def _files(settings: Settings) -> Iterator[tuple[list[str], Path]]:
    """Give the files that hold tokens, and the columns they hold them in."""
    for source in sources():
        if names := [identity.name for identity in source.identities]:
            for file in sorted((settings.lake / source.name).glob("*/*.parquet")):
                yield names, file
    for file in sorted(settings.vault.glob("*.parquet")):
        yield [TOKEN], file


def _rotated(names: Sequence[str], tokens: Tokens, have: int, table: pa.Table) -> pa.Table:
    for name in names:
        encoded = stored(table[name]).dictionary_encode()
        known = [tokens.rotated(token, have) for token in encoded.dictionary.to_pylist()]
        column = pa.array(known, pa.binary(16)).take(encoded.indices)
        place = table.schema.get_field_index(name)
        made = pa.ExtensionArray.from_storage(pa.uuid(), column)
        table = table.set_column(place, table.schema.field(place), made)
    return table


def _rotated_line(tokens: Tokens, have: int, line: str) -> str:
    entry = json.loads(line)
    if PERSON not in entry or entry.get(KEY_ID) == tokens.key_id:
        return line
    person = tokens.rotated(UUID(entry[PERSON]).bytes, have)
    entry |= {PERSON: str(UUID(bytes=person)), KEY_ID: tokens.key_id}
    return json.dumps(entry, ensure_ascii=False)


def _enter(file: Path, rotation: Rotation) -> None:
    """Say in a delivery's line of the ledger which chain its tokens are of."""
    rows = pq.ParquetFile(file).read().to_pylist()
    if any(row[KEY_ID] == rotation.before for row in rows):
        rows = [row | {KEY_ID: row[KEY_ID] and rotation.after} for row in rows]
        write_parquet(file, delivery_rows(rows))


def _file(settings: Settings) -> Path:
    return settings.home / "rotation.json"
