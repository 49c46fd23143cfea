"""Large files that lie in the inbox as they were: known again without being read.

Deliveries stay in the inbox, and hashing gigabytes every night only to find them landed takes
longer than all the rest of such a night. No name is kept: a file may be named after a customer.
"""

import json
import os
import time
from pathlib import Path

from pipeline.ingest.files import write_lines
from pipeline.ingest.inbox import delivery_id

RESTED_SECONDS = 2.0
"""A file that changed a moment ago may change again within the same tick of the clock."""

Stamp = tuple[int, int, int, int]
"""Size, times of the last change of bytes and of anything, and inode: as Git knows a file."""


class SeenFiles:
    """Ids of deliveries by the stamps of their files; a cache: lost or damaged, nothing is lost."""

    def __init__(self, file: Path, least_bytes: int) -> None:
        """Read what was seen before. least_bytes: smaller files are hashed every time."""
        self._file = file
        self._least_bytes = least_bytes
        self._before = _read(file)
        self._now: dict[Stamp, str] = {}

    def delivery_id(self, path: Path, seen: os.stat_result) -> str:
        """Give the id of a file's bytes; OSError where it cannot be read.

        seen: the file's state from before it is read.
        """
        if seen.st_size < self._least_bytes:
            return delivery_id(path)
        stamp = (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)
        if known_as := (self._before or {}).get(stamp, ""):
            self._now[stamp] = known_as
            return known_as
        rested = time.time() - max(seen.st_mtime, seen.st_ctime) > RESTED_SECONDS
        known_as = delivery_id(path)
        if rested:
            self._now[stamp] = known_as
        return known_as

    def keep(self) -> None:
        """Keep what was asked for since, and forget the rest."""
        if self._now != self._before:
            write_lines(self._file, map(json.dumps, sorted(self._now.items())))


def _read(file: Path) -> dict[Stamp, str] | None:
    """Give what was kept, None where it can't be read and has to be written anew."""
    if not file.is_file():
        return {}
    try:
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        return {tuple(stamp): known_as for stamp, known_as in lines}
    except ValueError:
        return None
