"""Read in blocks or whole, a file gives the same rows, refusals and counts."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline import ingest
from pipeline.ingest import FileReport
from pipeline.ingest.volume import blocks, held
from tests.ingest.conftest import Workspace
from tests.ingest.containers import csv_text, parquet
from tests.ingest.test_bank import EVENTS

NAME = "bank/2026-11-09/events.csv"


def event(i: int, **other: str) -> list[str]:
    row = {
        "event_id": f"e{i:05}",
        "occurred_at": f"2026-11-{i % 27 + 1:02}T08:{i % 60:02}:00+08:00",
        "customer_id": f"C{i % 97:07}",
        "event_type": "login",
        "amount": f"{i}.50" if i % 3 else "",
        "currency": "CNY" if i % 3 else "",
        "source_code": "" if i % 4 else f"XHS-{i % 5:04}",
    }
    row |= other
    return [row.get(name, "") for name in EVENTS]


ODD = [
    event(9001, event_id=""),
    event(9002, occurred_at="2026-11-02 09:12:44"),
    event(9003, occurred_at="2026-11-02T09:12+08"),
    event(9004, occurred_at="20261102T091244.5Z"),
    event(9005, occurred_at="2026-02-30T09:12:44Z"),
    event(9006, occurred_at="2024-02-29T23:59:59.123456-05:30"),
    event(9007, occurred_at=""),
    event(9008, event_type="dance"),
    event(9009, event_type="\\N"),
    event(9010, amount="1,234.50"),
    event(9011, amount="-3"),
    event(9012, amount="1e3", currency="cny"),
    event(9013, amount="\\N", currency="\\N", source_code="\\N", customer_id="\\N"),
    event(9014, customer_id=""),
    event(9015, customer_id="1.0123E+11"),
    event(9016, customer_id="  c0000003 "),
    event(9017, customer_id="Ｃ００００００３"),
    event(9018, customer_id="客户７"),
    event(9019, source_code="C0000005"),
    event(9020, event_id="c0000006"),
    event(9021, amount="C0000007"),
    event(9022, amount="paid by C0000008 today"),
    event(9023, product_line="C9999999"),
    event(9024, product_line="13800138000"),
    event(9025, source_code='say ""hi"", then\nleave\r\nnow'),
    event(9026, source_code="\u3000wide\u3000"),
    event(9027, amount="12345678901234567890"),
    event(5),
    event(5, event_type="click"),
    event(5, occurred_at="2026-11-06T00:05:00Z"),
    event(5, amount="5.5"),
    event(9001, event_id=" e00007 ", amount="1"),
    event(9028)[:4],
    [*event(9029), "", ""],
    [*event(9030), "surplus"],
    [""] * len(EVENTS),
    ["", " ", ""],
    [],
]


def quoted(row: list[str]) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in row)


def as_needed(row: list[str]) -> str:
    return ",".join(quoted([c]) if set(c) & set(',"\r\n') else c for c in row)


def nasty(write: Callable[[list[str]], str], newline: str = "\n", seed: int = 7) -> bytes:
    rows = [event(i) for i in range(2500)] + ODD
    random.Random(seed).shuffle(rows)
    return "".join(write(row) + newline for row in [EVENTS, *rows]).encode()


FILES = {
    "quotes where needed": nasty(as_needed),
    "quotes everywhere": nasty(quoted),
    "a byte order mark and CRLF": b"\xef\xbb\xbf" + nasty(as_needed, "\r\n"),
    "no newline at the end": nasty(as_needed).rstrip(b"\n"),
    "a banner": b"events of the bank,,\n\n" + nasty(as_needed),
    "a quote within a cell": nasty(as_needed)
    + b'e77777,2026-11-02T08:00:00Z,,login,a"b,,,,\n'
    + nasty(as_needed, seed=8),
    "a quote that is never closed": nasty(as_needed) + b'e7,"2026\n' + nasty(as_needed, seed=8),
    "something behind a quote": nasty(as_needed) + b'"e7" ,2026\n' + nasty(as_needed, seed=8),
    "bare carriage returns": nasty(as_needed) + nasty(as_needed, "\r", seed=9),
    "columns of others": b"".join(
        line + b",x\n" for line in csv_text([EVENTS, *map(event, range(500))]).splitlines()
    ),
    "few columns, in another order": b"customer_id,event_type,event_id,occurred_at\n"
    + b"C1,login,e1,2026-11-02T08:00:00Z\n,click,e2,2026-11-02T08:00:00Z\nC1,click,e2,\n",
    "a NUL": nasty(as_needed) + b"\x00\n",
    "GB18030": nasty(as_needed).decode().replace("客户７", "客户").encode("gb18030", "replace"),
    "damaged UTF-8": nasty(as_needed).replace("客户".encode(), b"\xe5\xae", 1),
    "more refused than allowed": nasty(lambda row: as_needed(row).replace("login", "loging")),
    "Parquet of text": parquet(
        {n: [event(i)[k] for i in range(900)] for k, n in enumerate(EVENTS)}
    ),
    "another source": csv_text([["account_id", "counted_on", "followers"], ["a", "2026-11-01", 1]]),
    "nothing but a header": csv_text([EVENTS]),
    "no table": b"a,b\n1,2\n",
}


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 20_000)
    monkeypatch.setattr(blocks, "ROWS", 170)
    monkeypatch.setattr(blocks, "ROWS_BY_PYTHON", 130)
    monkeypatch.setattr(held, "AT_A_TIME", 30)


def outcome(home: Path, data: bytes, stream_from_bytes: int) -> tuple[object, ...]:
    """Everything that came of a file: what was said, the lake, quarantine and the ledger."""
    workspace = Workspace(home)
    workspace.deliver(NAME, data)
    settings = workspace.settings.model_copy(update={"stream_from_bytes": stream_from_bytes})
    report: FileReport = ingest.run(settings).files[0]
    quarantined = [
        json.loads(line)
        for file in (home / "quarantine").iterdir()
        for line in file.read_text().splitlines()
    ]
    files = [path for path in workspace.bytes_of("lake", "quarantine") if "bank_" in path]
    rows = workspace.rows("bank_events", order="source_line")
    return vars(report), rows, quarantined, workspace.rows("deliveries", order="all"), files


@pytest.mark.parametrize("name", FILES)
def test_both_ways_give_the_same(tmp_path: Path, name: str) -> None:
    whole = outcome(tmp_path / "whole", FILES[name], 10**9)
    streamed = outcome(tmp_path / "blocks", FILES[name], 0)
    for one, other in zip(whole, streamed, strict=True):
        assert other == one


def test_the_nasty_file_is_nasty(tmp_path: Path) -> None:
    report, rows, quarantined, *_ = outcome(tmp_path, FILES["quotes where needed"], 0)
    assert isinstance(report, dict)
    counts = report["datasets"][0]
    assert counts.landed == len(rows) > 2500  # type: ignore[arg-type]
    assert counts.repeated == 3
    reasons = {entry["reason"].split(":")[0] for entry in quarantined}  # type: ignore[attr-defined]
    assert len(reasons) >= 12


def test_typed_parquet(tmp_path: Path) -> None:
    import datetime as dt

    times = [dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC) + dt.timedelta(hours=i) for i in range(400)]
    data = parquet(
        {
            "event_id": pa.array([f"e{i % 390}" for i in range(400)]).dictionary_encode(),
            "occurred_at": pa.array(times, pa.timestamp("ms", "Asia/Shanghai")),
            "customer_id": pa.array([None if i % 5 else f"C{i}" for i in range(400)]),
            "event_type": ["login"] * 400,
            "amount": pa.array([i / 4 for i in range(400)]),
        }
    )
    assert outcome(tmp_path / "whole", data, 10**9) == outcome(tmp_path / "blocks", data, 0)
