"""An ordered funnel of four steps, against a scan of its columns and ClickHouse's windowFunnel."""

import sys
from collections.abc import Iterator
from importlib.util import find_spec

from bench.figures import Asked, Figure, child, middle
from bench.funnel.events import LARGE, write_events


def measure(asked: Asked) -> Iterator[Figure]:
    """Measure persons by step over a Parquet file of so many events of 128-bit keys."""
    events, spill = asked.folder / "events.parquet", asked.folder / "spill"
    write_events(events, asked.rows)
    peer = find_spec("chdb") is not None
    scans, ours, theirs = [], [], []
    for _ in range(asked.runs):
        scans.append(child("bench.funnel.scan", events))
        ours.append(child("bench.funnel.run", events))
        if peer:
            theirs.append(child("bench.funnel.window_funnel", events, spill))
    size, cpu = f"{asked.rows / 1e6:g}M events", middle(ours, "cpu")
    goal = 7 if asked.rows >= LARGE else 6
    yield Figure(f"{size}: funnel, against a scan", cpu, middle(scans, "cpu"), goal, "CPU s")
    if peer:
        _compare(ours[0], theirs[0])
        name = f"{size}: funnel, against windowFunnel"
        yield Figure(name, cpu, middle(theirs, "cpu"), 0.5, "CPU s")
    else:
        print(
            f"{size}: windowFunnel left out: chdb is not installed (extra bench)", file=sys.stderr
        )
    yield Figure(f"{size}: peak memory", max(run["gib"] for run in ours), None, 2.5, "GiB")


def _compare(ours: dict[str, float], theirs: dict[str, float]) -> None:
    """Refuse to compare what does not count the same."""
    if found := [step for step in theirs if step.startswith("step") and theirs[step] != ours[step]]:
        raise AssertionError(f"persons differ at {found}: {ours} against {theirs}")
