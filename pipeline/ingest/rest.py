"""Files that are still being written are left alone until they rest."""

import os
import time
from pathlib import Path

from pipeline.ingest.container import FileRefused


def refuse_fresh(seen: os.stat_result, rest_seconds: float) -> None:
    """Refuse a file that was written to less than `rest_seconds` ago.

    Half a CSV is a good CSV, so only the time tells. A time in the future, as a badly set clock
    leaves it, counts as rested.
    """
    if 0 <= time.time() - seen.st_mtime < rest_seconds:
        raise _unrested("a file that was being written a moment ago")


def refuse_changed(path: Path, seen: os.stat_result) -> None:
    """Refuse a file that is not what it was before it was read."""
    now = _stat(path)
    if now is None:
        raise _unrested("a file that went away while it was read")
    if _stamp(now) != _stamp(seen):
        raise _unrested("a file that changed while it was read")


def is_changed(path: Path, seen: os.stat_result) -> bool:
    """Whether a file is not what it was, or not there any more."""
    now = _stat(path)
    return now is None or _stamp(now) != _stamp(seen)


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _stamp(state: os.stat_result) -> tuple[int, int]:
    return state.st_size, state.st_mtime_ns


def _unrested(found: str) -> FileRefused:
    return FileRefused(found, "a file that rests", "nothing to do, the next run reads it")
