"""Exactly once, as a property: whatever way deliveries come, the lake ends the same.

Deliveries of several sources are shuffled, split over several runs, repeated under other names,
replayed, and interrupted between any two things a run does to the disk. After one more run that
is left alone, every row, the ledger, quarantine and what waits equal those of one undisturbed run.
"""

import io
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ingest import files
from pipeline.warehouse import duckdb_engine
from pipeline.warehouse.lake import datasets
from pipeline.warehouse.model import read_model, sql_folder
from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, csv_text, html_xls, poi_xlsx
from tests.ingest.test_bank import EVENTS
from tests.ingest.test_inbox import register
from tests.ingest.test_wechat_channels import FIRST
from tests.ingest.test_wechat_channels import HEADER as VIDEO_HEADER
from tests.ingest.test_xiaohongshu import HEADER, NOTE

ROOT = Path(__file__).parents[2]
FOLLOWERS = cells("时间 | 新关注人数 | 取消关注人数 | 净增关注人数 | 累积关注人数")


class Killed(BaseException):
    """Nothing of the pipeline catches it, as nothing catches SIGKILL."""


def events(status: str, numbers: range, broken: int = 0) -> bytes:
    rows = [
        cells(
            f"e{i} | 2026-11-{i % 5 + 1:02}T23:30:00Z | C{i:07} | wealth_subscription | X1 | "
            f"wealth | 100.00 | CNY | {status}"
        )
        for i in numbers
    ]
    rows += [[f"x{i}", "yesterday", "C1", "login", "", "", "", "", ""] for i in range(broken)]
    return csv_text([EVENTS, *rows, *rows[:1]])


def notes(count: int, reads: float, stamp: str) -> bytes:
    rows = [
        [*NOTE[:1], f"2026年07月11日03时{i:02}分05秒", NOTE[2], 900.0, reads + i, *NOTE[5:]]
        for i in range(count)
    ]
    return poi_xlsx({"Sheet1": [HEADER, *rows]}, stamp)


def videos(plays: object) -> bytes:
    rows = [[FIRST[0], f"v{i}", *FIRST[2:5], plays, *FIRST[6:]] for i in range(4)]
    return csv_text([VIDEO_HEADER, *rows])


def followers(first: int, gained: int) -> bytes:
    days = [[f"2026-11-{d:02}", gained, 1, gained - 1, 900 + d] for d in range(first, first + 7)]
    return html_xls([FOLLOWERS, *days])


def document() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


DELIVERIES = {
    "bank/2026-11-02/accounts.csv": register(("nj", "南京*/**"), ("hq", "")),
    "bank/2026-11-09/events.csv": events("pending", range(9), broken=2),
    "bank/2026-11-16/events.csv": events("confirmed", range(4, 12)),
    "hq/2026-11-09/notes.xlsx": notes(5, 100.0, "2026-11-09T01:02:03Z"),
    "hq/2026-11-16/notes.xlsx": notes(7, 160.0, "2026-11-16T01:02:03Z"),
    "南京分行/2026-11-09/videos.csv": videos(7),
    "南京分行/2026-11-16/videos.csv": videos("统计中"),
    "hq-mp/2026-11-09/user_analysis.xls": followers(1, 20),
    "hq-mp/2026-11-16/user_analysis.xls": followers(5, 30),
    "hq/2026-11-16/weekly.docx": document(),
}


def copied(name: str) -> str:
    path = Path(name)
    return path.with_name(f"{path.stem} (1){path.suffix}").as_posix()


def original(name: str) -> str:
    return name.replace(" (1)", "")


def state(home: Path) -> dict[str, list[Any]]:
    """Every row below the home by dataset, sorted; a copy's name stands for the first one's."""
    found: dict[str, list[Any]] = {}
    for file in sorted((home / "lake").rglob("*.parquet")):
        dataset = file.relative_to(home / "lake").parts[0]
        found.setdefault(dataset, []).extend(pq.ParquetFile(file).read().to_pylist())
    for file in sorted((home / "quarantine").glob("*")):
        lines = file.read_text(encoding="utf-8").splitlines()
        found.setdefault("quarantine", []).extend(json.loads(line) for line in lines)
    for rows in found.values():
        for row in rows:
            if row.get("source_file"):
                row["source_file"] = original(row["source_file"])
    found["waiting_files"] = list({str(row): row for row in found["waiting_files"]}.values())
    return {name: sorted(map(str, rows)) for name, rows in found.items()}


@cache
def undisturbed() -> dict[str, list[Any]]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        for name, data in DELIVERIES.items():
            workspace.deliver(name, data)
        workspace.run()
        return state(workspace.home)


@contextmanager
def killed_at(step: int) -> Iterator[None]:
    """Raise before the given one of all writes, renames and removals, but those of the schemas."""
    left = [step]

    def failing(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Path, *given: Any, **named: Any) -> Any:
            left[0] -= "schema.parquet" not in path.name
            if left[0] == 0:
                raise Killed
            return real(path, *given, **named)

        return call

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(files, "open_private", failing(files.open_private))
        patched.setattr(Path, "replace", failing(Path.replace))
        patched.setattr(Path, "unlink", failing(Path.unlink))
        with suppress(Killed):
            yield


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[list[str], int, bool]]:
    """Draw the runs: what is new in the inbox, at which step it is killed, whether it replays."""
    copies = draw(st.lists(st.sampled_from(sorted(DELIVERIES)), unique=True, max_size=4))
    order = draw(st.permutations([*DELIVERIES, *map(copied, copies)]))
    runs = []
    while order:
        size = draw(st.integers(1, len(order)))
        step = draw(st.integers(1, 60))
        runs.append((order[:size], step, draw(st.booleans())))
        order = order[size:]
    return runs


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(runs=histories())
def test_deliveries_land_once_in_any_order(runs: list[tuple[list[str], int, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        for names, step, replay in runs:
            for name in names:
                workspace.deliver(name, DELIVERIES[original(name)])
            with killed_at(step):
                workspace.run(replay=replay)
        workspace.run()
        found = state(workspace.home)
        assert found.keys() == undisturbed().keys()
        for name, rows in undisturbed().items():
            assert found[name] == rows, name


def test_what_is_refused_in_the_ledger_is_what_quarantine_holds(workspace: Workspace) -> None:
    for name, data in DELIVERIES.items():
        workspace.deliver(name, data)
    workspace.run()
    for delivery, refused in workspace.rows("deliveries", "delivery_id, refused", order="all"):
        file = workspace.home / "quarantine" / f"{delivery}.jsonl"
        lines = file.read_text().splitlines() if file.exists() else []
        assert len({json.loads(line)["source_line"] for line in lines}) == refused
    waiting = workspace.rows("waiting_files", "source_file, kind, delivered", order="all")
    assert waiting == [
        ("hq/2026-11-16/weekly.docx", "unknown", None),
        ("南京分行/2026-11-16/videos.csv", "refused", 4),
    ]


RUN = """
import sys
from pathlib import Path
from tests.ingest.conftest import Workspace
Workspace(Path(sys.argv[1])).run()
"""


@pytest.mark.parametrize("landed", [1, 25])
def test_a_process_that_is_really_killed_leaves_nothing_half_done(
    workspace: Workspace, landed: int
) -> None:
    for day in range(1, 21):
        for name in (name for name in DELIVERIES if name.endswith(".csv")):
            folder, _, file = name.split("/")
            # Blank lines at its end make it another delivery of the same rows.
            workspace.deliver(f"{folder}/2026-10-{day:02}/{file}", DELIVERIES[name] + b"\n" * day)
    ledger = workspace.home / "lake" / "deliveries"
    process = subprocess.Popen([sys.executable, "-c", RUN, str(workspace.home)], cwd=ROOT)
    while process.poll() is None and len(list(ledger.glob("?" * 16 + ".parquet"))) < landed + 1:
        time.sleep(0.0005)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    workspace.run()
    interrupted = state(workspace.home)
    for folder in ("lake", "quarantine"):
        shutil.rmtree(workspace.home / folder)
    workspace.run()
    assert state(workspace.home) == interrupted


def staged(workspace: Workspace, table: str, columns: str) -> list[Any]:
    """Rows of a staging model over the lake."""
    model = read_model(sql_folder() / "staging" / f"{table}.sql")
    with duckdb_engine.connect(None, workspace.settings) as connection:
        duckdb_engine.prepare(connection, workspace.settings, "")
        dataset = datasets(workspace.settings)[model.dataset]
        duckdb_engine.show_lake(connection, dataset.name, dataset.files)
        duckdb_engine.create(connection, model)
        query = f"select {columns} from {model.name} order by all"
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("days", [("09", "16"), ("16", "09")])
def test_of_two_exports_the_latest_counts_whichever_came_first(
    workspace: Workspace, days: tuple[str, str]
) -> None:
    counted = cells("account_id | counted_on | followers")
    for day in days:
        name = f"hq-mp/2026-11-{day}/user_analysis.xls"
        workspace.deliver(name, DELIVERIES[name])
        rows = [counted, ["hq", "2026-11-01", f"{day}00"], ["hq", f"2026-11-{day}", "7"]]
        workspace.deliver(f"bank/2026-11-{day}/follower_counts.csv", csv_text(rows))
        workspace.run()
    for dataset, landed in (("wechat_official_followers_daily", 14), ("bank_follower_counts", 4)):
        assert len(workspace.rows(dataset)) == landed, "the lake keeps both"
    gained = [20] * 4 + [30] * 7
    assert staged(workspace, "wechat_official_followers_daily", "day, followers_gained") == [
        (date(2026, 11, day), number) for day, number in enumerate(gained, 1)
    ]
    assert staged(workspace, "bank_follower_counts", "counted_on, followers") == [
        (date(2026, 11, 1), 1600),
        (date(2026, 11, 9), 7),
        (date(2026, 11, 16), 7),
    ]
