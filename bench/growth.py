"""Full builds of a year at a tenth, three tenths and all of the rows: what does an event cost?"""

import shutil
from collections.abc import Iterator

from bench.build.disk import disk, spill
from bench.figures import Asked, Figure, child, middle, python, size_of


def measure(asked: Asked) -> Iterator[Figure]:
    """Measure the CPU of each event, against that of the smallest size, memory and disk."""
    smallest: float | None = None
    for rows in (asked.rows // 10, asked.rows * 3 // 10, asked.rows):
        home, size = asked.folder / "home", size_of(rows)
        python("-m", "bench.lake", home, "--rows", rows)
        with spill(home) as spilled:
            built = [child("bench.build.ours", home, "--full") for _ in range(asked.runs)]
        micros = middle(built, "cpu") / rows * 1e6
        goal = None if smallest is None else 1.3
        yield Figure(f"{size}: full build", micros, smallest, goal, "CPU µs an event")
        yield Figure(f"{size}: peak memory", max(run["gib"] for run in built), None, 4, "GiB")
        yield from disk(size, home, spilled())
        smallest = smallest or micros
        shutil.rmtree(home)
