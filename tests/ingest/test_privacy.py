"""A raw customer id is in no byte that a run writes or reports."""

import json

import pytest

from pipeline import ingest
from pipeline.ingest.chinese import chinese
from pipeline.privacy.free_text import mask_identities
from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, csv_text, poi_xlsx
from tests.ingest.test_bank import EVENTS
from tests.ingest.test_xiaohongshu import BANNER, HEADER, NOTE


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


IDENTITIES = ["13871650037", "110101199003071233", "6222021234560000014", "wei@mail.example"]


def planted(identity: str) -> dict[str, bytes]:
    """Files in which somebody put an identity where none is looked for."""
    header = [*EVENTS, identity, "联系"]
    rows = [[*event(i), "1", identity] for i in range(20)]
    note = [f"请联系{identity}", *NOTE[1:]]
    notes = [BANNER, [*HEADER, f"作者 {identity}"], [*note, "x"]]
    return {
        f"bank/{identity}.csv": csv_text([EVENTS, *(event(i) for i in range(3))]),
        f"bank/客户{identity}/x.csv": csv_text([["甲", "乙"]]),
        "bank/extra.csv": csv_text([header, *rows]),
        "bank/codes.csv": csv_text([EVENTS, *rows_of_codes(identity)]),
        "bank/headless.csv": csv_text([["王小明", identity, "临江市"]] * 3),
        "hq/notes.xlsx": poi_xlsx({"Sheet1": notes, f"表{identity}": [[identity]]}),
        "bank/spend.csv": csv_text([SPEND, *SPENT, ["S9", "2026-11-02", "hq", identity, "5"]]),
    }


SPEND = cells("spend_id | spent_on | account_id | purpose | amount_yuan")
SPENT = [[f"S{i}", "2026-11-02", "hq", "ads", "5"] for i in range(9)]


def rows_of_codes(identity: str) -> list[list[str]]:
    good = [event(100 + i, source_code="XHS-1") for i in range(20)]
    return [*good, event(130, source_code=identity), event(131, amount=f"x{identity}")]


@pytest.mark.parametrize("identity", IDENTITIES)
def test_an_identity_is_kept_nowhere_wherever_it_stood(workspace: Workspace, identity: str) -> None:
    for name, data in planted(identity).items():
        workspace.deliver(name, data)
    report = workspace.run()
    assert [file.outcome for file in report.files].count("landed") == 5
    said = repr(report)
    assert identity not in said and "王小明" not in said
    assert {title for (title,) in workspace.rows("xiaohongshu_notes", "title")} != {""}
    for path, data in workspace.bytes_of("lake", "quarantine").items():
        assert identity.encode() not in data, path
        assert identity not in path
    for dataset in ("bank_events", "bank_spend", "xiaohongshu_notes", "deliveries"):
        assert identity not in repr(workspace.rows(dataset, order="1")), dataset


def test_numbers_that_are_nobodys_stay_readable() -> None:
    for name in ("total_1792166400_1794758399.xls", "20261116093000-1700017.csv", "400-800-1234"):
        assert mask_identities(name) == name
    assert mask_identities("2026-11-16-13871650037.csv") == "2026-11-16-‹电话›.csv"


@pytest.mark.parametrize("stream_from", [0, 10**9])
def test_an_event_id_made_of_a_number_of_a_person_is_refused_and_nowhere_kept(
    workspace: Workspace, stream_from: int
) -> None:
    rows = [event(n, event_id=f"E2026110200{n}") for n in range(20)]
    rows += [event(30, event_id="E13800138000"), event(31, event_id="11010519491231002X")]
    workspace.deliver("bank/events.csv", csv_text([EVENTS, *rows]))
    settings = workspace.settings.model_copy(update={"stream_from_bytes": stream_from})
    report = ingest.run(settings)
    assert (report.rows.landed, report.rows.refused) == (20, 2)
    assert "像是电话、证件号、卡号" in chinese(report.files[0].refusals[0])
    for path, data in workspace.bytes_of("lake", "quarantine", "runs", "audit").items():
        assert b"13800138000" not in data and b"11010519491231002" not in data, path
