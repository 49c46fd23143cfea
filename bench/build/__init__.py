"""A year of events built: all of it against the SQL by hand, one more day, a night of none."""

from collections.abc import Iterator

from bench.build.disk import disk, spill
from bench.figures import Asked, Figure, child, middle, python, size_of


def measure(asked: Asked) -> Iterator[Figure]:
    """Measure the builds of a year of so many events; each run adds two days to it."""
    home, size = asked.folder / "home", size_of(asked.rows)
    lake = ("-m", "bench.lake", home, "--rows", asked.rows)
    python(*lake)
    by_hand, full, day, minds, idle = [], [], [], [], []
    with spill(home) as spilled:
        for _ in range(asked.runs):
            by_hand.append(child("bench.build.by_hand", home, asked.folder / "by_hand"))
            full.append(child("bench.build.ours", home, "--full"))
            python(*lake, "--one-more-day")
            day.append(child("bench.build.ours", home))
            python(*lake, "--one-more-day", "--consents")
            minds.append(child("bench.build.ours", home))
            idle.append(python("-m", "pipeline", "build", "--home", home))
    ours, reference = middle(full, "cpu"), middle(by_hand, "cpu")
    new, changed = middle(day, "cpu"), middle(minds, "cpu")
    memory = max(run["gib"] for run in full + day + minds)
    yield Figure(f"{size}: full build, against the SQL by hand", ours, reference, 1.05, "CPU s")
    yield Figure(f"{size}: peak memory", memory, None, 4, "GiB")
    yield Figure(f"{size}: one more day, against a full build", new, ours, 0.05, "CPU s")
    name = f"{size}: one more day, one customer in 2,000 changes consent"
    yield Figure(name, changed, ours, None, "CPU s")
    yield Figure(f"{size}: a night without news", middle(idle, "cpu"), None, 1.5, "CPU s")
    yield from disk(size, home, spilled())
