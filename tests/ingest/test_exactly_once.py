"""A delivery is known by its bytes and lands once, however often, late or interrupted."""

import os
import stat
import sys
from dataclasses import replace

import duckdb
import pytest

from pipeline import ingest
from pipeline.errors import ConfigurationError
from pipeline.ingest import land as landing
from pipeline.ingest.bank.follower_counts import FOLLOWER_COUNTS
from pipeline.ingest.units import local_date
from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, csv_text, poi_xlsx
from tests.ingest.test_bank import EVENTS
from tests.ingest.test_xiaohongshu import HEADER, NOTE

running = sys.modules["pipeline.ingest.run"]  # the name in the package is the function
NOTES = poi_xlsx({"Sheet1": [HEADER, NOTE]})


def events(count: int = 20) -> bytes:
    rows = [
        [f"e{i}", f"2026-11-{i % 9 + 1:02}T08:00:00+08:00", f"C{i:07}", "login", "", "", "", "", ""]
        for i in range(count)
    ]
    return csv_text([EVENTS, *rows])


def test_the_same_file_again_changes_no_byte(workspace: Workspace) -> None:
    workspace.deliver("hq/notes.xlsx", NOTES)
    workspace.deliver("bank/2026-11-09/events.csv", events())
    assert dict(workspace.run().outcomes) == {"landed": 2}
    before = workspace.bytes_of("lake", "quarantine")
    assert dict(workspace.run().outcomes) == {"repeated": 2}
    assert workspace.bytes_of("lake", "quarantine") == before


def test_a_second_copy_under_another_account_is_said_so(workspace: Workspace) -> None:
    workspace.deliver("hq/notes.xlsx", NOTES)
    workspace.deliver("nj/notes (1).xlsx", NOTES)
    _, second = workspace.run().files
    assert second.outcome == "repeated"
    assert "lies under account nj, but these bytes were landed for hq" in second.warnings[0]
    assert len(workspace.rows("xiaohongshu_notes")) == 1


@pytest.mark.parametrize("writes", range(1, 12, 2))
def test_a_run_killed_halfway_and_run_again_gives_the_same_lake(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    workspace.deliver("bank/2026-11-09/events.csv", events())
    workspace.deliver("hq/notes.xlsx", NOTES)
    workspace.run()
    want = workspace.bytes_of("lake")
    for file in (workspace.home / "lake").rglob("*/*.parquet"):
        file.unlink()
    real, left = landing.write_parquet, [writes]

    def write_until_killed(path, table):  # type: ignore[no-untyped-def]
        if path.stem != "schema":
            left[0] -= 1
            if not left[0]:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.with_name(f".{path.name}.tmp").write_bytes(b"half a file")
                raise KeyboardInterrupt
        real(path, table)

    monkeypatch.setattr(landing, "write_parquet", write_until_killed)
    with pytest.raises(KeyboardInterrupt):
        workspace.run()
    monkeypatch.undo()
    assert workspace.bytes_of("lake") != want
    workspace.run()
    assert workspace.bytes_of("lake") == want


def test_rows_without_their_commit_are_gone_after_the_next_run(workspace: Workspace) -> None:
    workspace.land("hq/notes.xlsx", NOTES)
    orphan = workspace.home / "lake/xiaohongshu_notes/month=2026-11/0123456789abcdef.parquet"
    landed = next(orphan.parent.glob("*.parquet"))
    orphan.write_bytes(landed.read_bytes())
    workspace.run()
    assert not orphan.exists()
    assert landed.exists()


def test_a_replay_reads_again_what_is_in_quarantine(workspace: Workspace) -> None:
    rows = [["hq", f"2026-11-{i:02}", i] for i in range(1, 10)]
    header = cells("account_id | counted_on | followers")
    report = workspace.land("bank/f.csv", csv_text([header, *rows, ["hq", "2026-11-30", "x"]]))
    assert report.datasets[0].refused == 1
    before = workspace.bytes_of("lake", "quarantine")
    assert workspace.run().files[0].outcome == "repeated"
    assert workspace.run(replay=True).files[0].outcome == "landed"
    assert workspace.bytes_of("lake", "quarantine") == before


def test_a_replay_under_a_wider_declaration_lands_all_and_empties_quarantine(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [["hq", f"2026-11-{i:02}", i] for i in range(1, 10)]
    header = cells("account_id | counted_on | followers")
    workspace.land("bank/f.csv", csv_text([header, *rows, ["hq", "30.10.2026", 10]]))
    day = FOLLOWER_COUNTS.columns[1]
    wider = replace(day, type=local_date("%Y-%m-%d", "%d.%m.%Y"))
    columns = tuple(wider if column is day else column for column in FOLLOWER_COUNTS.columns)
    declared = tuple(
        replace(source, columns=columns) if source.name == FOLLOWER_COUNTS.name else source
        for source in ingest.sources()
    )
    monkeypatch.setattr(running, "sources", lambda: declared)
    assert workspace.run(replay=True).files[0].datasets[0].landed == 10
    assert workspace.rows("deliveries", "landed, refused", order="all") == [(10, 0)]
    assert workspace.bytes_of("quarantine") == {}


def test_every_dataset_can_be_read_before_anything_was_delivered(workspace: Workspace) -> None:
    workspace.run()
    for source in ingest.sources():
        assert workspace.rows(source.name) == []
        files = workspace.home / "lake" / source.name / "**/*.parquet"
        columns = duckdb.sql(f"describe from '{files}'").fetchall()
        assert [name for name, *_ in columns] == source.schema().names
    assert workspace.rows("deliveries", order="delivery_id") == []


def test_tokens_are_uuids_to_duckdb(workspace: Workspace) -> None:
    workspace.land("bank/events.csv", events())
    assert workspace.rows("bank_events", "distinct typeof(customer_token)", order="all") == [
        ("UUID",)
    ]


def test_the_ledger_says_what_every_delivery_brought(workspace: Workspace) -> None:
    report = workspace.land(
        "bank/2026-11-09/events.csv", events() + events().split(b"\n")[1] + b"\n"
    )
    columns = "delivery_id, source_file, account_id, dataset, exported_at_from, first_day::text, "
    columns += "last_day::text, delivered, landed, repeated, refused, length(token_key_id)"
    assert workspace.rows("deliveries", columns, order="all") == [
        (
            report.delivery_id,
            "bank/2026-11-09/events.csv",
            None,
            "bank_events",
            "folder",
            "2026-11-01",
            "2026-11-09",
            21,
            20,
            1,
            0,
            8,
        )
    ]


def test_everything_below_the_home_is_for_the_user_alone(workspace: Workspace) -> None:
    old = os.umask(0)
    try:
        workspace.land("bank/events.csv", events() + b"e99,x,,login,,,,,\n")
    finally:
        os.umask(old)
    made = [
        p
        for f in ("lake", "quarantine")
        for p in [workspace.home / f, *(workspace.home / f).rglob("*")]
    ]
    for path in made:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_no_key_no_run(workspace: Workspace) -> None:
    settings = workspace.settings.model_copy(update={"token_key": None})
    with pytest.raises(ConfigurationError, match="no token key"):
        ingest.run(settings)


def test_a_key_of_fewer_than_16_bytes_is_refused(workspace: Workspace) -> None:
    workspace.key = "short"
    with pytest.raises(ConfigurationError, match="expected at least 16"):
        workspace.run()


def test_another_key_than_that_of_the_lake_is_refused(workspace: Workspace) -> None:
    workspace.land("bank/events.csv", events())
    workspace.key = "another key that is long enough"
    with pytest.raises(ConfigurationError, match="the lake was made with"):
        workspace.run()


def test_the_progress_hears_each_file_and_the_total(workspace: Workspace) -> None:
    heard: list[object] = []

    class Listener:
        def describe(self, text: str) -> None:
            heard.append(text)

        def advance(self, done: int, total: int) -> None:
            heard.append((done, total))

    workspace.deliver("hq/notes.xlsx", NOTES)
    workspace.deliver("bank/events.csv", events())
    workspace.run(progress=Listener())
    assert heard == ["bank/events.csv", (1, 2), "hq/notes.xlsx", (2, 2)]
