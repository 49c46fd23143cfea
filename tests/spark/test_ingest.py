"""Large event files read by the workers of a cluster land as they do when read here."""

import base64
import datetime as dt
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from bench.ingest.events import write_events
from bench.spark.cluster import CONF
from pipeline import ingest
from pipeline.errors import ConfigurationError
from pipeline.ingest.land import Delivery, write_schemas
from pipeline.ingest.volume import Draft, Target, worker
from pipeline.settings import Settings, SparkSettings
from tests.ingest.conftest import KEY, Workspace
from tests.ingest.containers import csv_text, parquet
from tests.ingest.test_any_order import DELIVERIES
from tests.ingest.test_bank import EVENTS
from tests.ingest.volume.test_both_ways import FILES, event

DAYS = "bank/2026-11-16"
RAW_IDS = (b"C0000003", b"C0000042", b"C0000096", "客户７".encode())
INBOX = DELIVERIES | {
    "bank/2026-11-09/large.csv": FILES["quotes where needed"],
    f"{DAYS}/the same bytes.csv": FILES["quotes where needed"],
    f"{DAYS}/the same keys.csv": csv_text(
        [EVENTS, *(event(i, source_code="XHS-9") for i in range(900))]
    ),
    f"{DAYS}/events.parquet": parquet(
        {n: [event(i)[k] for i in range(5000, 5900)] for k, n in enumerate(EVENTS)}
    ),
    f"{DAYS}/bare returns.csv": FILES["bare carriage returns"],
    f"{DAYS}/read whole.csv": FILES["GB18030"],
    f"{DAYS}/refused.csv": FILES["more refused than allowed"],
    f"{DAYS}/refused too.csv": FILES["more refused than allowed"],
    f"{DAYS}/nearly.csv": csv_text([[*EVENTS[1:], "id"], *map(event, range(9))]),
}


def delivered(home: Path, files: dict[str, bytes]) -> Workspace:
    workspace = Workspace(home)
    for name, data in files.items():
        workspace.deliver(name, data)
    return workspace


def on_spark(workspace: Workspace, master: str, **conf: str) -> Settings:
    spark = SparkSettings(master=master, conf=CONF | conf)
    given = {"engine": "spark", "spark": spark, "stream_from_bytes": 0}
    return workspace.settings.model_copy(update=given)


def came_of(report: ingest.IngestReport) -> list[dict[str, object]]:
    return [vars(file) for file in report.files]


def test_lake_quarantine_ledger_and_report_are_the_same_byte_for_byte(
    tmp_path: Path, master: str
) -> None:
    alone, shared = delivered(tmp_path / "here", INBOX), delivered(tmp_path / "there", INBOX)
    here = alone.settings.model_copy(update={"stream_from_bytes": 0})
    there = on_spark(shared, master)
    for replay in (False, True):
        report = ingest.run(there, replay=replay)
        assert came_of(report) == came_of(ingest.run(here, replay=replay))
        if not replay:
            assert {"landed", "repeated", "refused", "unknown"} <= report.outcomes.keys()
        made = shared.bytes_of("lake", "quarantine")
        assert made == alone.bytes_of("lake", "quarantine")
        assert sum("bank_events/" in name for name in made) > 60
        again = ingest.run(there)
        assert "landed" not in again.outcomes
        assert shared.bytes_of("lake", "quarantine") == made
    assert not (shared.home / ".spark").exists()


def test_without_large_files_no_session_is_started(tmp_path: Path) -> None:
    workspace = delivered(tmp_path, DELIVERIES)
    settings = on_spark(workspace, "nowhere://127.0.0.1:1")
    report = ingest.run(settings.model_copy(update={"stream_from_bytes": 10**9}))
    assert report.outcomes["landed"] > 0


def test_a_task_whose_worker_is_killed_is_done_again_and_nothing_lands_twice(
    tmp_path: Path, master: str
) -> None:
    for name in ("here", "there"):
        for number in range(2):
            file = tmp_path / name / "inbox" / "bank" / "2026-11-09" / f"events-{number}.csv"
            file.parent.mkdir(parents=True, exist_ok=True)
            write_events(file, 150_000 + number)
    alone, shared = Workspace(tmp_path / "here"), Workspace(tmp_path / "there")
    want = ingest.run(alone.settings.model_copy(update={"stream_from_bytes": 0}))
    killed: list[int] = []
    with _meanwhile(lambda: _kill_a_writer(shared.home, killed)):
        report = ingest.run(on_spark(shared, master))
    assert killed
    assert came_of(report) == came_of(want)
    assert shared.bytes_of("lake", "quarantine") == alone.bytes_of("lake", "quarantine")


def _kill_a_writer(home: Path, killed: list[int]) -> None:
    """Kill one Python process of a worker that has a file of the lake open."""
    for process in Path("/proc").glob("[0-9]*"):
        if killed:
            return
        if int(process.name) == os.getpid():
            continue
        with suppress(OSError):
            targets = [str(file.readlink()) for file in (process / "fd").iterdir()]
            if any(t.startswith(f"{home}/lake/") and t.endswith(".tmp") for t in targets):
                os.kill(int(process.name), signal.SIGKILL)
                killed.append(int(process.name))


@contextmanager
def _meanwhile(act: Callable[[], None]) -> Iterator[None]:
    """Do something again and again while a run is going on."""
    done = threading.Event()

    def keep_on() -> None:
        while not done.is_set():
            act()
            time.sleep(0.005)

    thread = threading.Thread(target=keep_on)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def test_neither_key_nor_id_stands_in_any_file(
    tmp_path: Path, master: str, cluster_folder: Path
) -> None:
    workspace = delivered(tmp_path / "home", INBOX)
    log, spill = tmp_path / "log", tmp_path / "spill"
    log.mkdir()
    settings = on_spark(
        workspace,
        master,
        **{
            "spark.eventLog.enabled": "true",
            "spark.eventLog.dir": log.as_uri(),
            "spark.eventLog.compress": "false",
            "spark.local.dir": str(spill),
            "spark.log.level": "DEBUG",
        },
    )
    secrets = [KEY.encode(), KEY.encode().hex().encode(), base64.b64encode(KEY.encode())[:-4]]
    seen: dict[Path, bytes] = {}
    with _meanwhile(lambda: seen.update(_files(spill, cluster_folder))):
        ingest.run(settings)
    everything = seen | _files(workspace.home, log, cluster_folder)
    assert any(b"SparkListenerTaskEnd" in data for data in everything.values())
    assert spill.is_dir(), "what Spark distributes as data passes through it"
    found = {
        path.name
        for path, data in everything.items()
        if workspace.home / "inbox" not in path.parents
        for secret in (*secrets, *RAW_IDS)
        if secret in data
    }
    assert found == set()


def _files(*folders: Path) -> dict[Path, bytes]:
    found = {}
    for folder in folders:
        for path in (Path(at, name) for at, _, names in os.walk(folder) for name in names):
            with suppress(OSError):
                found[path] = path.read_bytes()
    return found


def test_a_worker_without_the_package_is_named_and_nothing_lands(
    tmp_path: Path, master: str
) -> None:
    workspace = delivered(tmp_path, INBOX)
    bare = str(Path(sys.base_prefix) / "bin" / "python3")
    with pytest.raises(ConfigurationError, match=r"工作节点缺少 Python 包 \w+") as error:
        ingest.run(on_spark(workspace, master, **{"spark.pyspark.python": bare}))
    assert "--engine duckdb" in str(error.value)
    files = workspace.bytes_of("lake", "quarantine")
    assert [name for name in files if not name.endswith("schema.parquet")] == []


@pytest.fixture
def task(tmp_path: Path) -> worker.Task:
    """Give the task of a file in a workspace that a run has just begun with."""
    workspace = delivered(tmp_path, {"events.csv": FILES["quotes where needed"]})
    write_schemas(workspace.home / "lake", ingest.sources())
    path = workspace.home / "inbox" / "events.csv"
    delivery = Delivery("0123", "events.csv", None, dt.datetime(2026, 11, 16), "folder", None)
    target = Target(workspace.home / "lake", workspace.home / "quarantine", delivery)
    seen = path.stat()
    return worker.Task(path, seen.st_size, seen.st_mtime_ns, target)


def reader(task: worker.Task, code: str | None = None) -> worker.Reader:
    return worker.Reader((KEY.encode(),), task.path.parent, code or worker.code_id())


def test_a_reader_says_why_it_is_unfit(task: worker.Task, tmp_path: Path) -> None:
    def why(reading: worker.Reader, task: worker.Task) -> str:
        _, unfit = reading(task)
        assert isinstance(unfit, worker.Unfit)
        return unfit.why

    assert "与本机版本不同" in why(reader(task, "another"), task)
    assert "No such file" in why(reader(task), replace(task, path=tmp_path / "elsewhere.csv"))
    assert "看到的" in why(reader(task), replace(task, size=task.size + 1))
    other = replace(task.target, lake=tmp_path / "another lake")
    assert "看不到" in why(reader(task), replace(task, target=other))
    assert not (tmp_path / "another lake").exists()


def test_what_a_worker_says_of_a_failure_quotes_no_row(
    task: worker.Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("expected 9 columns: e1,C0000003,login")

    monkeypatch.setattr(worker, "read_at_volume", fail)
    with pytest.raises(
        RuntimeError, match=r"events\.csv: ValueError at test_ingest\.py:\d+"
    ) as error:
        reader(task)(task)
    said = "".join(traceback.format_exception(error.value))
    assert "C0000003" not in said


def test_two_readings_at_once_leave_two_drafts_of_the_same_bytes(task: worker.Task) -> None:
    (_, one), (_, other) = reader(task)(task), reader(task)(task)
    assert isinstance(one, Draft) and isinstance(other, Draft)
    pairs = list(zip(one.files, other.files, strict=True))
    assert all(a.temporary != b.temporary and a.path == b.path for a, b in pairs)
    assert all(a.temporary.read_bytes() == b.temporary.read_bytes() for a, b in pairs)


def test_a_task_that_fails_each_time_ends_the_run_with_file_and_place_and_leaves_nothing(
    tmp_path: Path, master: str
) -> None:
    workspace = delivered(tmp_path, INBOX)
    in_the_way = workspace.home / "lake" / "bank_events" / "day=2026-11-05"
    in_the_way.parent.mkdir(parents=True)
    in_the_way.touch()
    with pytest.raises(ConfigurationError, match=r"\n  bank/.*: \w+ \(.+\) at \w+\.py:\d+\n"):
        ingest.run(on_spark(workspace, master))
    files = workspace.bytes_of("lake", "quarantine").keys()
    assert {Path(name).name for name in files} == {"schema.parquet", in_the_way.name}
    in_the_way.unlink()
    assert ingest.run(on_spark(workspace, master)).outcomes["landed"] > 5
