"""A look at one file: anywhere on disk, without workspace, account or key, and nothing written."""

import json
from pathlib import Path

from pipeline import ingest
from tests.ingest.conftest import Workspace
from tests.ingest.containers import csv_text
from tests.ingest.test_bank import EVENTS, token
from tests.ingest.test_refusals import notes

EVENT = ["e1", "2026-11-02T00:30:00+08:00", "C0001", "transaction", "", "", "9.50", "CNY", ""]


def test_inspect_needs_nothing_but_the_file(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_bytes(csv_text([[*EVENTS, "teller"], [*EVENT, "x"]]))
    seen = json.loads(json.dumps(ingest.inspect(file).as_dict()))
    assert [(d["name"], d["rows"], d["refused"]) for d in seen["datasets"]] == [
        ("bank_events", 1, 0)
    ]
    row = seen["datasets"][0]["sample"][0]
    assert row["customer_token"] == "‹token›"
    assert (row["occurred_at"], row["amount"]) == ("2026-11-01 16:30:00", "9.50")
    assert seen["unknown_columns"] == ["teller"]
    assert [path.name for path in tmp_path.iterdir()] == ["events.csv"]


def test_with_settings_the_tokens_are_those_that_would_land(workspace: Workspace) -> None:
    path = workspace.deliver("bank/2026-11-09/events.csv", csv_text([EVENTS, EVENT]))
    row = ingest.inspect(path, workspace.settings).datasets[0]["sample"][0]
    assert row["customer_token"] == str(token("C0001"))
    assert row["source_file"] == "bank/2026-11-09/events.csv"
    assert not (workspace.home / "lake").exists()


def test_refusals_are_listed_in_full(tmp_path: Path) -> None:
    file = tmp_path / "notes.xlsx"
    file.write_bytes(notes("1.2k", "x"))
    seen = ingest.inspect(file)
    assert [(r["line"], r["column"], r["value"]) for r in seen.refusals] == [
        (3, "曝光", "1.2k"),
        (4, "曝光", "x"),
    ]


def test_a_file_that_cannot_be_read_or_is_unknown_gives_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"{}")
    assert "JSON" in ingest.inspect(file).reasons[0]
    file.write_bytes(b"a,b\n1,2\n")
    assert "fits no declared source" in ingest.inspect(file).reasons[0]
    assert "cannot be opened" in ingest.inspect(tmp_path / "missing").reasons[0]
