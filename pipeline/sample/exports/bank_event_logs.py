"""Two months of events as analytics products log them: 神策 JSON lines, and GrowingIO parts.

Each lies in a folder of its own with a mapping file: the names of events and properties are the
bank's. Both are gzipped; the bytes depend on nothing but the events.
"""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.sample.writers.workbook import Cell

NAMES = {
    "click": "BannerClick",
    "arrival": "FirstSession",
    "registered": "RegisterSuccess",
    "account_opened": "AccountOpenSuccess",
    "card_bound": "CardBindSuccess",
    "login": "LoginSuccess",
    "transaction": "TransferSuccess",
    "card_application": "CardApplySubmit",
    "card_approved": "CardApproved",
    "card_first_use": "CardFirstUse",
    "risk_assessment": "RiskAssessed",
    "wealth_subscription": "WealthBuySuccess",
    "branch_booking": "BranchBooked",
    "branch_signing": "BranchSigned",
}
PROPERTIES = ("event_id", "product_line", "amount", "currency", "cooling_off")
PART_ROWS = 1_500
GROWINGIO = (
    "gio_id", "loginUserId", "eventName", "eventTime", "platform", "utm_content", *PROPERTIES,
)  # fmt: skip
Records = list[dict[str, Any]]


class LogMonth:
    """A month's events, gathered and written when it is over."""

    def __init__(self, folder: Path, write: Callable[[Path, Records], None]) -> None:
        """Name the folder, and how its files are written."""
        self._folder, self._write = folder, write
        self._records: Records = []

    def append(self, events: pd.DataFrame) -> None:
        """Take a portion."""
        rows = events.astype(object).where(events.notna(), None)
        names = [str(name) for name in rows]
        self._records += [dict(zip(names, row, strict=True)) for row in rows.to_numpy()]

    def close(self) -> None:
        """Write the files."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._write(self._folder, self._records)


def write_sensors(folder: Path, events: Records) -> None:
    """Write one file of JSON, an object a line, and its mapping file."""
    lines = [json.dumps(_sensors(event), ensure_ascii=False) + "\n" for event in events]
    _zip(folder / "event.jsonl.gz", "".join(lines))
    columns = {
        "customer_id": "login_id",
        "source_code": "properties.$utm_content",
        **{name: f"properties.{name}" for name in PROPERTIES},
    }
    _mapping(folder, "sensors", columns)


def _sensors(event: dict[str, Any]) -> dict[str, Any]:
    device, login = _device(event), event["customer_id"]
    code = event["source_code"] or "未取到值"
    known = {name: event[name] for name in PROPERTIES if event[name] is not None}
    line = {
        "distinct_id": login or device, "anonymous_id": device, "time": int(event["at"]) * 1000,
        "type": "track", "event": NAMES[event["event_type"]], "project": "production",
    }  # fmt: skip
    person = {"login_id": login} if login else {}
    return line | person | {"properties": {"$os": "iOS", "$utm_content": code, **known}}


def write_growingio(folder: Path, events: Records) -> None:
    """Write CSV in parts, each with the header and `\\` before a quote, and the mapping file."""
    for number, first in enumerate(range(0, len(events), PART_ROWS)):
        text = io.StringIO()
        writer = csv.writer(text, doublequote=False, escapechar="\\", lineterminator="\n")
        writer.writerow(GROWINGIO)
        writer.writerows(_growingio(event) for event in events[first : first + PART_ROWS])
        _zip(folder / f"custom_event-part-{number:05}.csv.gz", text.getvalue())
    columns = {
        "event": "eventName",
        "occurred_at": "eventTime",
        "customer_id": "loginUserId",
        "source_code": "utm_content",
        **{name: name for name in PROPERTIES},
    }
    _mapping(folder, "growingio", columns)


def _growingio(event: dict[str, Any]) -> Sequence[Cell]:
    return [
        _device(event), event["customer_id"], NAMES[event["event_type"]],
        int(event["at"]) * 1000, "Android", event["source_code"],
        *(event[name] for name in PROPERTIES),
    ]  # fmt: skip


def _device(event: dict[str, Any]) -> str:
    return hashlib.sha256(str(event["customer_id"]).encode()).hexdigest()[:8]


def _mapping(folder: Path, platform: str, columns: dict[str, str]) -> None:
    lines = [
        f'platform = "{platform}"',
        'kind = "events"',
        "",
        "[columns]",
        *(f'{name} = "{header}"' for name, header in columns.items()),
        "",
        "[events]",
        *(f'{logged} = "{name}"' for name, logged in NAMES.items()),
    ]
    (folder / "mapping.toml").write_bytes(("\n".join(lines) + "\n").encode())


def _zip(path: Path, text: str) -> None:
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as archive:
        archive.write(text.encode())
