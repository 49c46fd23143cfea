"""An ordered funnel of four steps, against a scan of its columns and ClickHouse's windowFunnel."""

import sys
from collections.abc import Iterator
from importlib.util import find_spec

from bench.figures import Asked, Figure, child, middle
from bench.funnel.events import LARGE, write_events

# The peer over all events, as its manual writes it; and at its best, told which to look at.
_PEERS = {"all": "windowFunnel", "steps": "windowFunnel over the steps' events only"}


def measure(asked: Asked) -> Iterator[Figure]:
    """Measure persons by step over a Parquet file of so many events of 128-bit keys."""
    events, spill = asked.folder / "events.parquet", asked.folder / "spill"
    write_events(events, asked.rows)
    peers = _PEERS if find_spec("chdb") else {}
    scans, ours = [], []
    theirs: dict[str, list[dict[str, float]]] = {which: [] for which in peers}
    for _ in range(asked.runs):
        scans.append(child("bench.funnel.scan", events))
        ours.append(child("bench.funnel.run", events))
        for which in peers:
            theirs[which].append(child("bench.funnel.window_funnel", events, spill / which, which))
    size, cpu = f"{asked.rows / 1e6:g}M events", middle(ours, "cpu")
    goal = 7 if asked.rows >= LARGE else 6
    yield Figure(f"{size}: funnel, against a scan", cpu, middle(scans, "cpu"), goal, "CPU s")
    for which, name in peers.items():
        _compare(ours[0], theirs[which][0])
        reference = middle(theirs[which], "cpu")
        yield Figure(f"{size}: funnel, against {name}", cpu, reference, 0.5, "CPU s")
    if not peers:
        print(
            f"{size}: windowFunnel left out: chdb is not installed (extra bench)", file=sys.stderr
        )
    yield Figure(f"{size}: peak memory", max(run["gib"] for run in ours), None, 2.5, "GiB")


def _compare(ours: dict[str, float], theirs: dict[str, float]) -> None:
    """Refuse to compare what does not count the same."""
    if found := [step for step in theirs if step.startswith("step") and theirs[step] != ours[step]]:
        raise AssertionError(f"persons differ at {found}: {ours} against {theirs}")
