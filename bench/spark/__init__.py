"""Ingest and the build on a standalone cluster: two workers against one, and no cluster beside.

How much faster two are is printed and not judged: on a machine of two cores the driver, the
master and the workers share them.
"""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Asked, Figure, child, middle
from bench.ingest.events import write_events
from bench.spark.rows import differing_tables
from pipeline.sample import write

FILES = 4
EVENTS_A_CUSTOMER = 3
ACCOUNTS, WEEKS = 65, 52


def measure_ingest(asked: Asked) -> Iterator[Figure]:
    """Measure so many events in four files, into the lake."""
    home = asked.folder / "events"
    for number in range(FILES):
        file = home / "inbox" / "bank" / f"2026-11-{number + 1:02}" / "events.csv"
        file.parent.mkdir(parents=True)
        # Not quite as long as the one before: the same bytes would be the same delivery.
        write_events(file, asked.rows // FILES - number)
    lakes: list[dict[str, bytes]] = []
    figures: list[list[dict[str, float]]] = []
    for workers in (0, 1, 2):
        runs = []
        for _ in range(asked.runs):
            for made in ("lake", "quarantine"):
                shutil.rmtree(home / made, ignore_errors=True)
            (home / "seen_files.jsonl").unlink(missing_ok=True)
            runs.append(child("bench.spark.run", "ingest", home, workers))
        figures.append(runs)
        lakes.append(_digests(home))
    differing = sum(lakes[0].get(k) != lake.get(k) for lake in lakes for k in lakes[0] | lake)
    yield from _against(f"{asked.rows / 1e6:g}M events in {FILES} files to lake", figures)
    yield Figure("files that differ from those made here", differing, None, 0, "files")


def measure_build(asked: Asked) -> Iterator[Figure]:
    """Measure a whole build over a year of a bank with about so many events."""
    bank = asked.folder / "bank"
    customers = max(1000, asked.rows // EVENTS_A_CUSTOMER)
    write(bank, accounts=ACCOUNTS, weeks=WEEKS, customers=customers)
    child("bench.spark.run", "ingest", bank, 0)
    homes = [bank]
    for workers in (1, 2):
        homes.append(asked.folder / f"bank-{workers}")
        homes[-1].mkdir()
        (homes[-1] / "lake").symlink_to(bank / "lake")
    figures = [
        [child("bench.spark.run", "build", home, workers) for _ in range(asked.runs)]
        for workers, home in enumerate(homes)
    ]
    what = f"{customers:,} customers, {ACCOUNTS} accounts, {WEEKS} weeks: build"
    yield from _against(what, figures)
    differing = sum(differing_tables(homes[0], home) for home in homes[1:])
    yield Figure("tables that differ from DuckDB's", differing, None, 0, "tables")


def _against(what: str, figures: list[list[dict[str, float]]]) -> Iterator[Figure]:
    here, one, two = figures
    yield Figure(f"{what}: 2 workers against 1", *_both(two, one, "wall"), None, "s")
    yield Figure(f"{what}: 2 workers against 1", *_both(two, one, "cpu"), None, "CPU s")
    yield Figure(f"{what}: 2 workers against none", *_both(two, here, "wall"), None, "s")
    yield Figure(f"{what}: 2 workers against none", *_both(two, here, "cpu"), None, "CPU s")
    yield Figure(f"{what}: 2 workers against none", *_both(two, here, "gib"), None, "GiB")


def _both(
    ours: list[dict[str, float]], reference: list[dict[str, float]], name: str
) -> tuple[float, float]:
    return middle(ours, name), middle(reference, name)


def _digests(home: Path) -> dict[str, bytes]:
    folders = (home / "lake", home / "quarantine")
    return {
        file.relative_to(home).as_posix(): hashlib.sha256(file.read_bytes()).digest()
        for folder in folders
        for file in folder.rglob("*")
        if file.is_file()
    }
