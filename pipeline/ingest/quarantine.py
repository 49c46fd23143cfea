"""Refused cells and rows, kept for whoever has to correct them."""

import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.ingest.convert import Refusal
from pipeline.ingest.files import write_lines
from pipeline.ingest.report import DatasetCounts


def write_quarantine(
    folder: Path, delivery_id: str, source_file: str, refusals: Sequence[Refusal]
) -> None:
    """Write a delivery's refusals, one JSON object a line; without any, write nothing."""
    if refusals:
        path = folder / f"{delivery_id}.jsonl"
        write_lines(path, (_line(delivery_id, source_file, refusal) for refusal in refusals))


def clear_quarantine(folder: Path, delivery_id: str) -> None:
    """Remove what an earlier reading of the delivery had refused."""
    (folder / f"{delivery_id}.jsonl").unlink(missing_ok=True)


def _line(delivery_id: str, source_file: str, refusal: Refusal) -> str:
    entry = {
        "delivery_id": delivery_id,
        "dataset": refusal.dataset,
        "source_file": source_file,
        "source_sheet": refusal.sheet,
        "source_line": refusal.line,
        "column": refusal.column,
        "value": refusal.value,
        "reason": refusal.reason,
        "expected": refusal.expected,
    }
    return json.dumps(entry, ensure_ascii=False)


def word(refusal: Refusal, source_file: str, counts: DatasetCounts, module: str) -> str:
    """Say a refusal as an error does: where, what was found, what was expected, what to do."""
    sheet = f", sheet {refusal.sheet}" if refusal.sheet else ""
    if refusal.column is None:
        what = f"the row {refusal.reason.removeprefix('the row ')}, expected {refusal.expected}"
    else:
        what = (
            f'column {refusal.column} holds "{refusal.value}", expected {refusal.expected} '
            f"({refusal.reason})"
        )
    rest = f"{counts.landed} of {counts.delivered} rows landed; this one waits in quarantine"
    return (
        f"{refusal.dataset}: {source_file}{sheet}, row {refusal.line}\n"
        f"  {what}\n"
        f"  {rest}: correct the export and deliver it again,\n"
        f"  or declare the form in {module} and run: funnel replay"
    )
