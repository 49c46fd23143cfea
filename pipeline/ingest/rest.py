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
    if not path.exists():
        raise _unrested("a file that went away while it was read")
    if is_changed(path, seen):
        raise _unrested("a file that changed while it was read")


def is_changed(path: Path, seen: os.stat_result) -> bool:
    """Whether a file is not what it was, or not there any more."""
    try:
        now = path.stat()
    except OSError:
        return True
    return (now.st_size, now.st_mtime_ns) != (seen.st_size, seen.st_mtime_ns)


def _unrested(found: str) -> FileRefused:
    return FileRefused(found, "a file that rests", "nothing to do, the next run reads it")
