"""Workbooks: xlsx and BIFF8 .xls, each sheet a grid of text."""

import atexit
import io
import json
import re
import subprocess
import sys
import threading
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.ingest.container import Container, FileRefused, Grid
from pipeline.periods import SHANGHAI
from pipeline.privacy.free_text import mask_identities

LARGEST_UNZIPPED = 512 * 1024**2
LARGEST_RATIO = 200
SMALL_UNZIPPED = 16 * 1024**2
SLOWEST_SECONDS = 120.0
LARGEST_STAMP = 64 * 1024
_WORKER = Path(__file__).with_name("workbook_worker.py")
_CREATED = re.compile(rb"<dcterms:created[^>]*>([^<]+)</dcterms:created>")
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


def read_xlsx(data: bytes) -> Container:
    """Read an xlsx workbook, with the moment it was created from docProps/core.xml."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if not any(name.startswith("xl/") for name in archive.namelist()):
                return Container("a zip archive, no workbook,", ())
            _refuse_bombs(archive)
            created = _created(archive)
    except (*_BAD_ZIP, ValueError) as error:
        raise _damaged(str(error)) from None
    return Container("xlsx", _grids(data), created)


def read_xls(data: bytes) -> Container:
    """Read a BIFF8 workbook."""
    return Container("xls", _grids(data))


def _damaged(why: str) -> FileRefused:
    return FileRefused(
        f"a workbook that cannot be read ({why})",
        "a whole workbook without a password",
        "export it again",
    )


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that unpacks beyond what an export ever does."""
    parts = archive.infolist()
    unzipped = sum(part.file_size for part in parts)
    zipped = sum(part.compress_size for part in parts) or 1
    if unzipped > LARGEST_UNZIPPED:
        raise FileRefused(
            f"a workbook that unpacks to {unzipped:,} bytes",
            f"at most {LARGEST_UNZIPPED:,}",
            "export it again, or a shorter period",
        )
    if unzipped > SMALL_UNZIPPED and unzipped / zipped > LARGEST_RATIO:
        raise FileRefused(
            f"a workbook that unpacks to {unzipped // zipped:,} times its size",
            f"at most {LARGEST_RATIO} times",
            "export it again",
        )


def _created(archive: zipfile.ZipFile) -> datetime | None:
    if "docProps/core.xml" not in archive.namelist():
        return None
    with archive.open("docProps/core.xml") as part:
        match = _CREATED.search(part.read(LARGEST_STAMP))
    if match is None:
        return None
    try:
        stamp = datetime.fromisoformat(match[1].decode().strip())
        if stamp.tzinfo is None:
            stamp = stamp.replace(tzinfo=UTC)
        return stamp.astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0)
    except (UnicodeDecodeError, ValueError, OverflowError):
        return None


def _grids(data: bytes) -> tuple[Grid, ...]:
    answer = _worker.ask(data)
    if "error" in answer:
        raise _damaged(answer["error"])
    return tuple(
        Grid(mask_identities(name), rows, range(1, len(rows) + 1))
        for name, rows in answer["sheets"]
    )


class _Worker:
    """The process that opens workbooks; started at the first one, and again after it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, data: bytes) -> dict[str, Any]:
        """Give the worker a workbook, and its answer; FileRefused where the file ends it."""
        process = self._running()
        assert process.stdin and process.stdout
        alarm = threading.Timer(SLOWEST_SECONDS, process.kill)
        alarm.start()
        try:
            process.stdin.write(len(data).to_bytes(8, "big"))
            process.stdin.write(data)
            process.stdin.flush()
            size = process.stdout.read(8)
            answer = process.stdout.read(int.from_bytes(size, "big"))
            return dict(json.loads(answer))
        except (OSError, ValueError):
            self.stop()
            raise _damaged("it is damaged so that its reader gave up") from None
        finally:
            alarm.cancel()

    def stop(self) -> None:
        """End the worker."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(_WORKER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            atexit.register(self.stop)
        return self._process


_worker = _Worker()
