"""A raw customer id is in no byte that a run writes or reports."""

import json

import pytest

from pipeline import ingest
from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, csv_text
from tests.ingest.test_bank import EVENTS


def raw(i: int) -> str:
    return f"CUST{i:08}"


def event(i: int, **other: str) -> list[str]:
    row = {"event_id": f"e{i}", "occurred_at": "2026-11-02T08:00:00+08:00", "customer_id": raw(i)}
    row |= {"event_type": "login"} | other
    return [row.get(name, "") for name in EVENTS]


DELIVERIES = {
    "events": [
        EVENTS,
        *(event(i) for i in range(40)),
        event(41, amount=raw(41)),
        event(42, amount=f"x{raw(7)}y"),
        event(43, product_line=raw(99)),
        event(44, source_code=raw(3)),
        event(45, customer_id="1.0123E+11"),
        event(1, event_type="click"),
        [*event(46), "surplus", raw(46)],
    ],
    "balances": [
        cells("balance_on | customer_id | basis | aum | manager"),
        *(["2026-10-31", raw(i), "1", "5.00", raw(i)] for i in range(20)),
        ["2026-10-31", raw(0), "1", "6.00", ""],
        ["2026-10-31", raw(21), "9", raw(21), ""],
    ],
    "consents": [
        cells("customer_id | purpose | action | separate | notice_version | occurred_at"),
        *([raw(i), "p", "grant", "true", "1", "2026-01-01T00:00:00Z"] for i in range(20)),
        [raw(21), raw(21).lower(), "grant", raw(21), "1", raw(21)],
    ],
}


@pytest.mark.parametrize("name", DELIVERIES)
def test_no_raw_customer_id_survives(workspace: Workspace, name: str) -> None:
    report = workspace.land(f"bank/{name}.csv", csv_text(DELIVERIES[name]))
    assert report.outcome == "landed"
    assert report.datasets[0].refused >= 1
    shown = json.dumps([report.refusals, report.warnings, report.reasons]).encode()
    inspected = ingest.inspect(workspace.home / "inbox" / report.file)
    shown += json.dumps(inspected.as_dict()).encode()
    for path, data in workspace.bytes_of("lake", "quarantine").items():
        assert b"cust0" not in data.lower(), path
    assert b"cust0" not in shown.lower()


def test_quarantine_still_says_what_was_wrong(workspace: Workspace) -> None:
    report = workspace.land("bank/events.csv", csv_text(DELIVERIES["events"]))
    lines = (workspace.home / "quarantine" / f"{report.delivery_id}.jsonl").read_text().splitlines()
    entries = [json.loads(line) for line in lines]
    assert [(e["column"], e["value"], e["reason"]) for e in entries] == [
        ("amount", "‹masked›", "not a number"),
        ("amount", "‹masked›", "not a number"),
        ("product_line", "‹masked›", "not one of the declared words"),
        ("source_code", "‹masked›", "holds a customer id"),
        ("customer_id", "‹masked›", "a number, not an id: digits may be lost"),
        (None, None, "the row has 11 cells, the header 9"),
        (None, "e1", "contradicts line 3: the same event_id with other values"),
    ]
