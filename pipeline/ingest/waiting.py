"""The files that wait in the inbox, kept in the lake for the page: which, and what became of them.

What a file that was not understood holds is not repeated here: the page is for everybody.
"""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest.chinese import chinese
from pipeline.ingest.files import write_parquet
from pipeline.ingest.report import WAITING, FileReport

WAITING_FILES = "waiting_files"
LONGEST_REASON = 120

WAITING_SCHEMA = pa.schema(
    [
        ("source_file", pa.string()),
        ("delivery_id", pa.string()),
        ("kind", pa.string()),
        ("reason", pa.string()),
        ("reason_en", pa.string()),
        ("delivered", pa.int64()),
    ]
)


def write_waiting(
    lake: Path, reports: Iterable[FileReport], but: Collection[str] | None = None
) -> None:
    """Write what waits after a run, instead of what waited after the run before.

    Where the same files wait, the file stays untouched: a build sees that nothing changed.
    but: where the run looked at these names only, the others that waited still do.
    """
    rows = [_row(report) for report in reports if report.outcome in WAITING]
    if but is not None:
        rows += [row for row in read_waiting(lake) if row["source_file"] not in but]
    if not _file(lake).is_file() or rows != read_waiting(lake):
        write_parquet(_file(lake), pa.Table.from_pylist(rows, schema=WAITING_SCHEMA))


def read_waiting(lake: Path) -> list[dict[str, Any]]:
    """Give what waited after the last run."""
    file = _file(lake)
    return list(pq.ParquetFile(file).read().to_pylist()) if file.is_file() else []


def _file(lake: Path) -> Path:
    return lake / WAITING_FILES / "files.parquet"


def _row(report: FileReport) -> dict[str, Any]:
    found = _first_words(report.reasons[0])
    counts = [dataset.delivered for dataset in report.datasets]
    return {
        "source_file": report.file,
        "delivery_id": report.delivery_id,
        "kind": report.outcome,
        "reason": _short(chinese(found)),
        "reason_en": _short(found),
        "delivered": sum(counts) if counts else None,
    }


def _first_words(reason: str) -> str:
    """Say what was found, without the file's own words and without what to do about it."""
    return reason.partition("; expected")[0].partition(", beginning with")[0]


def _short(reason: str) -> str:
    return reason if len(reason) <= LONGEST_REASON else reason[:LONGEST_REASON] + "…"
