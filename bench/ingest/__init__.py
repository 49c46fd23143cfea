"""Bank events into the lake, against DuckDB's plain copy of the same file."""

import shutil
from collections.abc import Iterator

from bench.figures import Asked, Figure, child, middle, python, size_of


def measure(asked: Asked) -> Iterator[Figure]:
    """Measure the first and the second delivery of a file of so many events."""
    home, copy = asked.folder / "home", asked.folder / "copy"
    events = home / "inbox" / "events.csv"
    events.parent.mkdir(parents=True)
    python("-m", "bench.ingest.events", events, asked.rows)
    copies, first, again = [], [], []
    for _ in range(asked.runs):
        copies.append(child("bench.ingest.plain_copy", events, copy))
        shutil.rmtree(copy)
        first.append(child("bench.ingest.run", home))
        again.append(child("bench.ingest.run", home))
        shutil.rmtree(home / "lake")
        shutil.rmtree(home / "quarantine")
    size = size_of(asked.rows)
    ours, reference = middle(first, "cpu"), middle(copies, "cpu")
    yield Figure(f"{size}: CSV to lake, against a plain copy", ours, reference, 2.2, "CPU s")
    yield Figure(f"{size}: the same file again", middle(again, "cpu"), ours, 0.02, "CPU s")
    yield Figure(f"{size}: peak memory", max(run["gib"] for run in first), None, 1.5, "GiB")
