"""What was delivered: one small Parquet file a delivery, one row for each dataset in it.

delivered = landed + repeated + refused says for ever what came of a delivery; `erased` says how
many of the rows that landed are not in the lake (any more) because their person or their time was
erased: the lake holds landed - erased.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import ConfigurationError
from pipeline.ingest.units import TIME

DELIVERIES = "deliveries"

_SCHEMA = pa.schema(
    [
        ("delivery_id", pa.string()),
        ("source_file", pa.string()),
        ("account_id", pa.string()),
        ("dataset", pa.string()),
        ("exported_at", TIME),
        ("exported_at_from", pa.string()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
        ("delivered", pa.int64()),
        ("landed", pa.int64()),
        ("repeated", pa.int64()),
        ("refused", pa.int64()),
        ("erased", pa.int64()),
        ("token_key_id", pa.string()),
        ("mapping_id", pa.string()),
    ]
)


def delivery_rows(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Give rows of the ledger as a table."""
    return pa.Table.from_pylist(list(rows), schema=_SCHEMA)


@dataclass(frozen=True)
class Known:
    """A delivery that was landed: where its file lay then, for which account, and as read how.

    mapping_id: of the mapping files that counted for it, see `mapping.mapping_id`.
    """

    source_file: str
    account_id: str | None
    mapping_id: str | None = None


class Ledger:
    """The deliveries that the lake holds, and the key their tokens were made with."""

    def __init__(self, lake: Path) -> None:
        """Read the commits of the lake."""
        self.known: dict[str, Known] = {}
        self.rows: list[dict[str, Any]] = []
        self.key_ids: set[str] = set()
        for file in sorted((lake / DELIVERIES).glob("*.parquet")):
            if file.stem != "schema":
                self._read(file)

    def _read(self, file: Path) -> None:
        for row in pq.ParquetFile(file).read().to_pylist():
            self.rows.append(row)
            self.known[file.stem] = Known(
                row["source_file"], row["account_id"], row.get("mapping_id")
            )
            if row["token_key_id"]:
                self.key_ids.add(row["token_key_id"])

    def refuse_other_key(self, key_ids: Sequence[str]) -> None:
        """Raise ConfigurationError where the lake's tokens were made with another chain of keys.

        key_ids: of the chain in use, by its length; the last names all of it.
        """
        others = self.key_ids - {key_ids[-1]}
        if others and others <= set(key_ids):
            raise ConfigurationError(
                f"湖中令牌还是旧密钥 {', '.join(sorted(others))} 的 · the lake was made before key"
                f" {key_ids[-1]} was added\n  bring it to the new key with: funnel keys rotate"
            )
        if others:
            raise ConfigurationError(
                f"令牌密钥的编号是 {key_ids[-1]}，湖是用 {', '.join(sorted(others))} 建的："
                "换了密钥，同一客户会变成两个人 · the lake was made with another key\n"
                "  请给出建湖时的密钥，或用 --home 另起一个工作区 · give that one, or a new home"
            )
