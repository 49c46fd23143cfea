"""A year at a tenth, three tenths and all of the rows: what do an event, and one more day, cost?"""

import shutil
from collections.abc import Iterator

from bench.build.disk import disk, spill
from bench.figures import Asked, Figure, child, middle, python, size_of


def measure(asked: Asked) -> Iterator[Figure]:
    """Measure the CPU of each event, against that of the smallest size, memory and disk."""
    smallest: float | None = None
    for rows in (asked.rows // 10, asked.rows * 3 // 10, asked.rows):
        home, size = asked.folder / "home", size_of(rows)
        lake = ("-m", "bench.lake", home, "--rows", rows)
        python(*lake)
        built, days = [], []
        with spill(home) as spilled:
            for _ in range(asked.runs):
                built.append(child("bench.build.ours", home, "--full"))
                python(*lake, "--one-more-day")
                days.append(child("bench.build.ours", home))
        micros = middle(built, "cpu") / rows * 1e6
        goal = None if smallest is None else 1.3
        yield Figure(f"{size}: full build", micros, smallest, goal, "CPU µs an event")
        new, full = middle(days, "cpu"), middle(built, "cpu")
        yield Figure(f"{size}: one more day, against a full build", new, full, 0.05, "CPU s")
        memory = max(run["gib"] for run in built + days)
        yield Figure(f"{size}: peak memory", memory, None, 4, "GiB")
        yield from disk(size, home, spilled())
        smallest = smallest or micros
        shutil.rmtree(home)
