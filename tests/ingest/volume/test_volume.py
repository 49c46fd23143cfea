"""A large file lands once, in bounded memory, however the run ends."""

import hashlib
import hmac
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bench.ingest.events import write_events
from pipeline import ingest
from pipeline.ingest.volume import partition_files
from pipeline.privacy.tokens import Tokens
from tests.ingest.conftest import KEY, Workspace
from tests.ingest.containers import csv_text
from tests.ingest.test_bank import EVENTS
from tests.ingest.volume.test_both_ways import NAME, event

# The peak of its own memory: what getrusage tells counts the process that started it, too.
MEMORY = """
import sys
from pathlib import Path
from pipeline import ingest
from pipeline.settings import Settings
report = ingest.run(Settings(home=Path(sys.argv[1]), token_key="a key only for this test"))
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(report.rows.landed, status["VmHWM"].split()[0])
"""

# Killed where rows are set aside, where the first partition has its name, before the commit.
KILLED = """
import os, sys
from pathlib import Path
from pipeline import ingest
from pipeline.ingest import land
from pipeline.ingest.volume import draft, held, partition_files
from pipeline.settings import Settings

def die(*_):
    os._exit(9)

home, key, at = sys.argv[1:]
partition_files.BUFFERED = 100
if at == "Held.add":
    held.Held.add = die
elif at == "Draft.keep_rows":
    def keep_one(self):
        self.partitions[0].keep()
        die()
    draft.Draft.keep_rows = keep_one
else:
    real = land.delivery_rows
    land.delivery_rows = lambda rows: die() if rows else real(rows)
ingest.run(Settings(home=home, token_key=key, stream_from_bytes=0))
"""


def stream(workspace: Workspace, **options: object) -> ingest.IngestReport:
    settings = workspace.settings.model_copy(update={"stream_from_bytes": 0})
    return ingest.run(settings, **options)  # type: ignore[arg-type]


def events(count: int = 300) -> bytes:
    return csv_text([EVENTS, *map(event, range(count)), event(3), event(4, amount="77")])


@pytest.mark.parametrize(
    "key", [b"k" * 16, b"k" * 64, bytes(range(65)), bytes(range(200))], ids=len
)
def test_tokens_are_the_hmac_of_the_standard_library(key: bytes) -> None:
    ids = ["C20260000123", "c1", " c1 ", "Ｃ１", "客户７", "a\tb", "", "\n", "x\ny", "ß"]
    forms = ["C20260000123", "C1", "C1", "C1", "客户7", "A\tB", "", "", "X\nY", "SS"]
    want = [hmac.digest(key, b"v1|customer|" + f.encode(), hashlib.sha256)[:16] for f in forms]
    assert [Tokens(key).token(i) for i in ids] == want
    assert Tokens(key).tokens(ids) == b"".join(want)
    assert Tokens(key).tokens(ids[:2]) == b"".join(want[:2])
    assert Tokens(key).tokens([]) == b""


@pytest.mark.parametrize("at", ["Held.add", "Draft.keep_rows", "commit"])
def test_a_run_killed_and_run_again_gives_the_same_lake(workspace: Workspace, at: str) -> None:
    workspace.deliver(NAME, events())
    stream(workspace)
    want = workspace.rows("bank_events"), workspace.rows("deliveries", order="all")
    files = set(workspace.bytes_of("lake", "quarantine"))
    for file in (workspace.home / "lake").rglob("*/*.parquet"):
        file.unlink()
    killed = subprocess.run([sys.executable, "-c", KILLED, workspace.home, KEY, at], check=False)
    assert killed.returncode == 9
    assert set(workspace.bytes_of("lake")) != files
    assert dict(stream(workspace).outcomes) == {"landed": 1}
    assert (workspace.rows("bank_events"), workspace.rows("deliveries", order="all")) == want
    assert set(workspace.bytes_of("lake", "quarantine")) == files


def test_the_same_file_again_changes_no_byte(workspace: Workspace) -> None:
    workspace.deliver(NAME, events())
    assert dict(stream(workspace).outcomes) == {"landed": 1}
    before = workspace.bytes_of("lake", "quarantine")
    assert dict(stream(workspace).outcomes) == {"repeated": 1}
    assert workspace.bytes_of("lake", "quarantine") == before


def test_a_replay_gives_the_same(workspace: Workspace) -> None:
    workspace.deliver(NAME, events())
    stream(workspace)
    before = workspace.bytes_of("lake", "quarantine")
    assert dict(stream(workspace, replay=True).outcomes) == {"landed": 1}
    assert workspace.bytes_of("lake", "quarantine") == before


@pytest.mark.parametrize("stream_from_bytes", [0, 2**30])
def test_a_replay_that_refuses_the_file_whole_takes_its_rows_out_and_keeps_what_it_refused(
    workspace: Workspace, stream_from_bytes: int
) -> None:
    workspace.deliver(NAME, events())
    settings = workspace.settings.model_copy(update={"stream_from_bytes": stream_from_bytes})
    (landed,) = ingest.run(settings).files
    quarantine = workspace.bytes_of("quarantine")
    assert workspace.rows("bank_events") and len(quarantine) == 1
    stricter = settings.parameters.model_copy(update={"refused_share_limit": 0.001})
    stricter = settings.model_copy(update={"parameters": stricter})
    (refused,) = ingest.run(stricter, replay=True).files
    assert (refused.outcome, refused.delivery_id) == ("refused", landed.delivery_id)
    assert workspace.rows("bank_events") == workspace.rows("deliveries", order="all") == []
    assert not list((workspace.home / "lake").glob(f"*/*/{landed.delivery_id}.parquet"))
    assert workspace.bytes_of("quarantine") == quarantine
    assert dict(ingest.run(settings).outcomes) == {"landed": 1}, "it still waits in the inbox"


def test_a_day_is_one_private_file(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partition_files, "BUFFERED", 50)
    workspace.deliver(NAME, events())
    stream(workspace)
    files = list((workspace.home / "lake/bank_events").glob("day=*/*"))
    assert len(files) == len({file.parent for file in files}) == 27
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_too_many_days_in_one_file_are_refused(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition_files, "MOST_PARTITIONS", 20)
    workspace.deliver(NAME, events())
    report = stream(workspace).files[0]
    assert report.outcome == "refused"
    assert "more than 20 partitions" in report.reasons[0]
    assert not list((workspace.home / "lake/bank_events").glob("day=*/*"))
    assert workspace.bytes_of("quarantine") == {}


def test_the_progress_hears_of_rows_and_how_far_it_is(workspace: Workspace) -> None:
    heard: list[str] = []

    class Listener:
        def describe(self, text: str) -> None:
            heard.append(text)

        def advance(self, done: int, total: int) -> None:
            heard.append(f"{done} of {total}")

        def within(self, phase: str, rows: int, read: int, size: int) -> None:
            heard.append(f"{phase} {rows} rows, {read / size:.0%}")

    workspace.deliver(NAME, events())
    stream(workspace, progress=Listener())
    assert heard == [
        NAME,
        "survey 302 rows, 100%",
        "land 302 rows, 100%",
        "1 of 1",
    ]


def test_a_file_that_changes_while_it_is_read_does_not_land(workspace: Workspace) -> None:
    path = workspace.home / "inbox" / NAME

    class Writer:
        def describe(self, text: str) -> None: ...
        def advance(self, done: int, total: int) -> None: ...

        def within(self, phase: str, rows: int, read: int, size: int) -> None:
            if phase == "land" and path.stat().st_size == size:
                with path.open("ab") as file:
                    file.write(csv_text([event(999)]))

    workspace.deliver(NAME, events())
    report = stream(workspace, progress=Writer()).files[0]
    assert report.outcome == "refused"
    assert "changed while it was read" in report.reasons[0]
    assert not list((workspace.home / "lake/bank_events").glob("day=*/*"))
    assert workspace.bytes_of("quarantine") == {}
    assert dict(stream(workspace).outcomes) == {"landed": 1}


LOG = """
platform = "growingio"
kind = "events"
[columns]
event = "event_type"
occurred_at = "occurred_at"
[events]
login = "click"
"""


def test_what_a_mapping_file_names_goes_before_the_declaration(workspace: Workspace) -> None:
    workspace.deliver("bank/mapping.toml", LOG.encode())
    workspace.deliver(NAME, csv_text([EVENTS, event(1), event(2)]))
    assert dict(stream(workspace).outcomes) == {"landed": 1}
    assert workspace.rows("bank_events", "event_type") == [("click",), ("click",)]


@pytest.mark.parametrize("rows", [2_000_000])
def test_memory_is_bounded(tmp_path: Path, rows: int) -> None:
    (tmp_path / "inbox").mkdir()
    write_events(tmp_path / "inbox" / "events.csv", rows)
    out = subprocess.run(
        [sys.executable, "-c", MEMORY, tmp_path], capture_output=True, text=True, check=True
    ).stdout.split()
    assert int(out[0]) > 0.99 * rows
    assert int(out[1]) < 1024 * 1024, "kilobytes of resident memory at most"
