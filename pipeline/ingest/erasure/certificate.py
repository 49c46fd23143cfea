"""The certificate of an erasure: what was changed from what to what, without a word of whom."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.ingest.erasure.orders import Order, Touched
from pipeline.ingest.files import write_lines
from pipeline.ingest.inbox import source_name, waiting
from pipeline.ingest.ledger import DELIVERIES
from pipeline.ingest.rewrite import rows_in, sha256_of
from pipeline.settings import Settings


@dataclass(frozen=True)
class Certificate:
    """Where an order's certificate lies; how many persons it names, which datasets lost rows."""

    file: Path
    persons: int
    rows: int
    datasets: Sequence[str]


def certify(
    settings: Settings,
    order: Order,
    tables: Mapping[str, int],
    databases: Iterable[Path],
    moment: datetime,
) -> Certificate:
    """Write an order's certificate, or write it again.

    tables, databases: what was built since. moment: UTC, when all of it was done.
    """
    files = [_changed(settings, touched) for touched in order.files or ()]
    certificate: dict[str, Any] = {
        "order": order.number,
        "asked": order.asked,
        "erased_on": str(order.erased_on),
        "completed_at": moment.isoformat(timespec="seconds"),
        "asked_for": order.asked_for,
        "persons": list(order.persons),
        "persons_are": f"HMAC-SHA256(key {order.key_id}, v1|erased| + token), 32 hex digits",
        "first_day_kept": {name: str(day) for name, day in order.before.items()},
        "files": files,
        "tables": _tables(order.tables, tables),
        "databases": [
            {
                "file": file.name,
                "sha256_before": order.databases.get(file.name),
                "sha256_after": sha256_of(file),
            }
            for file in databases
        ],
        "still_in_inbox": _still_delivered(settings, order),
    }
    path = settings.erasures / f"{order.number}.json"
    write_lines(path, [json.dumps(certificate, ensure_ascii=False, indent=2)])
    of_lake = [file for file in files if file["file"].startswith("lake/")]
    rows = sum(file["rows_before"] - file["rows_after"] for file in of_lake)
    datasets = sorted({f"lake.{Path(file['file']).parts[1]}" for file in of_lake})
    return Certificate(path, order.asked_for, rows, datasets)


def _changed(settings: Settings, touched: Touched) -> dict[str, Any]:
    file = settings.home / touched.file
    return {
        "file": touched.file,
        "rows_before": touched.rows,
        "rows_after": rows_in(file),
        "sha256_before": touched.sha256,
        "sha256_after": sha256_of(file),
    }


def _tables(before: Mapping[str, int], after: Mapping[str, int]) -> list[dict[str, Any]]:
    """Give the analyst's tables whose number of rows is another now."""
    return [
        {"table": name, "rows_before": rows, "rows_after": after.get(name, 0)}
        for name, rows in sorted(before.items())
        if after.get(name, 0) != rows
    ]


def _still_delivered(settings: Settings, order: Order) -> list[str]:
    """Name the files of the inbox that the rows came from: the bank's to clear, not ours."""
    names = set()
    for stem in {Path(touched.file).stem for touched in order.files or ()}:
        commit = settings.lake / DELIVERIES / f"{stem}.parquet"
        if commit.is_file():
            names.update(pq.ParquetFile(commit).read()["source_file"].to_pylist())
    there = {source_name(path, settings.inbox) for path in waiting(settings.inbox)}
    return sorted(names & there)
