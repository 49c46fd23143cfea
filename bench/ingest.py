"""Bank events into the lake, against DuckDB's plain copy of the same file."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.events import write_events
from bench.figures import Figure, child, middle


def figures(rows: int, runs: int, folder: Path) -> Iterator[Figure]:
    """Measure first and second delivery of a file of so many rows, runs times, in turn."""
    with tempfile.TemporaryDirectory(dir=folder) as made:
        work = Path(made)
        inbox = work / "home" / "inbox"
        inbox.mkdir(parents=True)
        write_events(inbox / "events.csv", rows)
        copies, first, again = [], [], []
        for _ in range(runs):
            copies.append(child("bench.plain_copy", inbox / "events.csv", work / "copy"))
            shutil.rmtree(work / "copy")
            first.append(child("bench.ingest_run", work / "home"))
            again.append(child("bench.ingest_run", work / "home"))
            shutil.rmtree(work / "home" / "lake")
            shutil.rmtree(work / "home" / "quarantine")
    size = f"{rows / 1e6:g}M events"
    ours, reference = middle(first, "cpu"), middle(copies, "cpu")
    yield Figure(f"{size}: CSV to lake, against a plain copy", ours, reference, 2.2, "CPU s")
    yield Figure(f"{size}: the same file again", middle(again, "cpu"), ours, 0.02, "CPU s")
    yield Figure(f"{size}: peak memory", max(run["gib"] for run in first), None, 1.5, "GiB")
