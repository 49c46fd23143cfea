"""What accounts have landed before, as far as the judgement of their next export needs it."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.ingest.ledger import Ledger
from pipeline.ingest.source import PROVENANCE, Source

Post = tuple[object, ...]


class History:
    """The landed exports of every account; read from the lake when first asked, then kept up."""

    def __init__(self, lake: Path, ledger: Ledger) -> None:
        """Look at a lake through its ledger."""
        self._lake = lake
        self._ledger = ledger
        self._posts: dict[str, dict[str, set[Post]]] = {}

    def add(self, source: Source, row: dict[str, Any], table: pa.Table) -> None:
        """Take in an export that has just landed; row: its line in the ledger."""
        self._ledger.rows.append(row)
        if source.name in self._posts:
            known = self._posts[source.name].setdefault(row["account_id"], set())
            known |= posts(source, table)

    def forget(self, delivery_id: str) -> None:
        """Leave out a delivery whose rows are taken out of the lake."""
        rows = self._ledger.rows
        rows[:] = [row for row in rows if row["delivery_id"] != delivery_id]
        self._posts.clear()

    def posts_of(self, source: Source) -> dict[str, set[Post]]:
        """Give each account's landed posts; of a lifetime list its latest export says them all."""
        if source.name not in self._posts:
            self._posts[source.name] = {}
            for row in self._wanted(source):
                known = self._posts[source.name].setdefault(row["account_id"], set())
                for part in self._parts(source, row):
                    known |= posts(source, part)
        return self._posts[source.name]

    def last_before(
        self, source: Source, account_id: str, exported_at: datetime
    ) -> dict[str, Any] | None:
        """Give the ledger's line of the account's last export before a moment."""
        earlier = [row for row in self._of(source, account_id) if row["exported_at"] < exported_at]
        return max(earlier, key=lambda row: row["exported_at"], default=None)

    def has_counted(self, source: Source, account_id: str) -> bool:
        """Whether any landed number of the account is other than zero; newest exports first."""
        rows = sorted(self._of(source, account_id), key=lambda row: row["exported_at"])
        parts = (part for row in reversed(rows) for part in self._parts(source, row))
        return any(not is_all_zero(source, part) for part in parts)

    def _of(self, source: Source, account_id: str) -> list[dict[str, Any]]:
        return [
            row
            for row in self._ledger.rows
            if (row["dataset"], row["account_id"]) == (source.name, account_id) and row["landed"]
        ]

    def _wanted(self, source: Source) -> list[dict[str, Any]]:
        rows = [row for row in self._ledger.rows if row["dataset"] == source.name]
        if not source.lifetime:
            return rows
        rows.sort(key=lambda row: row["exported_at"])
        return list({row["account_id"]: row for row in rows}.values())

    def _parts(self, source: Source, row: dict[str, Any]) -> list[pa.Table]:
        files = (self._lake / source.name).glob(f"*/{row['delivery_id']}.parquet")
        return [pq.ParquetFile(file).read() for file in sorted(files)]


def posts(source: Source, table: pa.Table) -> set[Post]:
    """Give the posts of an export, each as what knows it again."""
    columns = [table[name].to_pylist() for name in source.post_key]
    if source.post_parts is None:
        return set(zip(*columns, strict=True))
    pattern = re.compile(source.post_parts)
    return {
        tuple(part for text in row for part in pattern.findall(str(text)) or [text])
        for row in zip(*columns, strict=True)
    }


def is_all_zero(source: Source, table: pa.Table) -> bool:
    """Whether every number that is there is zero, and at least one is."""
    apart = {*source.key, *(field.name for field in PROVENANCE)}
    numbers = [
        pc.drop_null(table[field.name])
        for field in source.schema()
        if field.name not in apart and _is_number(field.type)
    ]
    measured = [column for column in numbers if len(column)]
    return bool(measured) and not any(pc.any(pc.not_equal(c, 0)).as_py() for c in measured)


def _is_number(kind: pa.DataType) -> bool:
    return kind in (pa.int32(), pa.int64(), pa.float64()) or bool(pa.types.is_decimal(kind))
