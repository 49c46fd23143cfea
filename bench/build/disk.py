"""What a home takes on disk, and what a build spills there meanwhile."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from bench.figures import Figure

_EVERY_SECONDS = 0.5


def disk(size: str, home: Path, spilled: float) -> Iterator[Figure]:
    """Give figures without a goal: the lake, what is built of it, and the most spilled at once."""
    databases = sum(file.stat().st_size for file in home.glob("*.duckdb")) / 1024**3
    for what, gib in (
        ("the lake", _gib(home / "lake")),
        ("parts", _gib(home / "parts")),
        ("databases", databases),
        ("spilled at most", spilled),
    ):
        yield Figure(f"{size}: disk, {what}", gib, None, None, "GiB")


@contextmanager
def spill(home: Path) -> Iterator[Callable[[], float]]:
    """Watch what DuckDB spills below a home; gives what tells the most of it so far, in GiB."""
    most, ended = [0.0], Event()

    def watch() -> None:
        while not ended.wait(_EVERY_SECONDS):
            most.append(max(most.pop(), _gib(home, "duckdb_temp")))

    watching = Thread(target=watch)
    watching.start()
    try:
        yield lambda: most[0]
    finally:
        ended.set()
        watching.join()


def _gib(folder: Path, beginning: str = "") -> float:
    """Sum up the files below a folder whose names begin so; they may go meanwhile."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            if name.startswith(beginning):
                with suppress(FileNotFoundError):
                    total += (Path(place) / name).stat().st_size
    return total / 1024**3
