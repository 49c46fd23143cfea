"""Refused cells and rows, kept for whoever has to correct them."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.ingest.chinese import chinese
from pipeline.ingest.convert import Refusal
from pipeline.ingest.files import write_lines
from pipeline.ingest.ledger import Ledger
from pipeline.ingest.report import DATABASE, DatasetCounts
from pipeline.settings import Settings

PERSON = "person"
"""The token of a refused row's customer, by which an erasure finds it; shown to nobody."""

_GROUP = ("source_file", "state", "dataset", "column", "reason", "expected")


def write_quarantine(
    folder: Path, delivery_id: str, source_file: str, refusals: Sequence[Refusal]
) -> None:
    """Write a delivery's refusals, one JSON object a line, instead of what was there before.

    Without any, what an earlier reading of the delivery had refused is removed.
    """
    path = folder / f"{delivery_id}.jsonl"
    if refusals:
        write_lines(path, (line_of(delivery_id, source_file, refusal) for refusal in refusals))
    else:
        path.unlink(missing_ok=True)


def listed(settings: Settings, file: str = "") -> list[dict[str, Any]]:
    """Give every refused cell and row of the files whose path holds a text, as they were written.

    Whose row it was is left out.

    Each has a `state`: `landed` where the other rows of its file are in the lake, `refused` where
    none is.
    """
    landed = Ledger(settings.lake).known.keys()
    return [
        {name: value for name, value in entry.items() if name not in (PERSON, "token_key_id")}
        | {"state": "landed" if entry["delivery_id"] in landed else "refused"}
        for path in sorted(settings.quarantine.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if file in (entry := json.loads(line))["source_file"]
    ]


def summary(settings: Settings) -> list[dict[str, Any]]:
    """Count what was refused by file, dataset, column and reason; most rows first.

    rows: distinct rows, since one may have several refusals; first_line: where to look first.
    """
    groups: dict[tuple[str | None, ...], list[dict[str, Any]]] = {}
    for entry in listed(settings):
        # Each contradiction names another line; they are one reason all the same.
        entry["reason"] = re.sub(r"^contradicts line \d+", "contradicts a line", entry["reason"])
        groups.setdefault(tuple(entry[name] for name in _GROUP), []).append(entry)
    counted = [
        dict(zip(_GROUP, group, strict=True))
        | {
            "rows": len({(entry["source_sheet"], entry["source_line"]) for entry in entries}),
            "first_line": min(entry["source_line"] for entry in entries),
        }
        for group, entries in groups.items()
    ]
    return sorted(counted, key=lambda row: (-row["rows"], row["source_file"], row["first_line"]))


def line_of(delivery_id: str, source_file: str, refusal: Refusal) -> str:
    """Write a refusal as one JSON object."""
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
    if refusal.person is not None:
        entry[PERSON] = refusal.person
    return json.dumps(entry, ensure_ascii=False)


def word(refusal: Refusal, source_file: str, counts: DatasetCounts, module: str) -> str:
    """Say a refusal as an error does: where, what was found, what was expected, what to do."""
    sheet = f"，工作表 {refusal.sheet}" if refusal.sheet else ""
    reason, expected = chinese(refusal.reason), chinese(refusal.expected)
    if refusal.column is None:
        what = f"{reason}，应为{expected}"
    else:
        what = f"「{refusal.column}」列的值「{refusal.value}」应为{expected}（{reason}）"
    if source_file.startswith(DATABASE):
        correct = "改正库中这一行（水位列须随之增大）"
        again = f"或在 {module} 声明这种写法后删去该来源的 lake/database_reads，从头再读"
    else:
        correct = "改正导出后重新交付"
        again = f"或在 {module} 声明这种写法后运行 funnel replay"
    return (
        f"{refusal.dataset}：{source_file}{sheet}，第 {refusal.line} 行\n"
        f"  {what}\n"
        f"  {counts.delivered:,} 行中入库 {counts.landed:,} 行，本行在隔离区：{correct}，\n"
        f"  {again}"
    )
