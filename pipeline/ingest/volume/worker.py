"""What a worker of a cluster does with a large file: it reads it as this machine would.

The token key travels within the task, which Spark holds in memory; what it distributes as data or
as a broadcast passes through files. What is said of a failure names a place in the code, never
what a file holds.
"""

import hashlib
import socket
import traceback
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pipeline.ingest.catalogue import sources
from pipeline.ingest.container import FileRefused
from pipeline.ingest.erasure.door import Door
from pipeline.ingest.ledger import DELIVERIES
from pipeline.ingest.volume.draft import Draft, Target
from pipeline.ingest.volume.layout import Unsuited, layout
from pipeline.ingest.volume.reading import read_at_volume
from pipeline.privacy.tokens import Tokens

_DECIDING = ("pyarrow", "numpy", "duckdb")
_PACKAGE = Path(__file__).parents[2]

Read = Draft | FileRefused | Unsuited
"""What came of reading a file."""


@dataclass(frozen=True)
class Task:
    """A file to read, by absolute paths; Spark writes this to disk, so it holds no secret.

    size, modified_ns: of the file as the run took it up.
    """

    path: Path
    size: int
    modified_ns: int
    target: Target


@dataclass(frozen=True)
class Unfit:
    """Why a worker could not read a file. changed: it found another than the run took up."""

    why: str
    changed: bool = False


@dataclass(frozen=True)
class Reader:
    """Reads one file on a worker. code: the id of the code that sends it.

    erased, granted: what the run's door knows.
    """

    keys: tuple[bytes, ...] = field(repr=False)
    inbox: Path
    code: str
    erased: Mapping[str, date] = field(default_factory=dict)
    granted: frozenset[bytes] = frozenset()

    def __call__(self, task: Task) -> tuple[str, Read | Unfit]:
        """Give the name of the file and what came of it; RuntimeError for what else goes wrong."""
        # Two workers may be at the same file, when one of them is thought to be lost.
        target = replace(task.target, mark=uuid.uuid4().hex[:12])
        name = target.delivery.source_file
        try:
            if unfit := self._unfit(task):
                return name, unfit
            laid = layout(task.path, self.inbox, sources())
            tokens = Tokens(*self.keys)
            door = Door(tokens, self.erased, granted=self.granted)
            return name, read_at_volume(laid, target, tokens, door)
        except (FileRefused, Unsuited) as problem:
            return name, problem
        except Exception as error:
            raise RuntimeError(f"{name}: {_without_words(error)}") from None

    def _unfit(self, task: Task) -> Unfit | None:
        here = f"工作节点 worker {socket.gethostname()}"
        if code_id() != self.code:
            packages = "、".join(("follower-funnel", *_DECIDING))
            return Unfit(f"{here} 的 {packages} 与本机版本不同 · other versions than here")
        try:
            now = task.path.stat()
        except OSError as error:
            return Unfit(f"{here} 打不开 {task.path} · cannot open it ({error.strerror})")
        if (now.st_size, now.st_mtime_ns) != (task.size, task.modified_ns):
            return Unfit(f"{here} 看到的 {task.path} 与本机不同 · sees another file", changed=True)
        if not (task.target.lake / DELIVERIES / "schema.parquet").is_file():
            return Unfit(f"{here} 看不到 {task.target.lake} · does not see the lake")
        return None


@cache
def code_id() -> str:
    """Know the code that reads, and the packages that decide what it writes, by their bytes."""
    found = hashlib.sha256()
    for part in ("ingest", "privacy"):
        for file in sorted((_PACKAGE / part).rglob("*.py")):
            found.update(file.relative_to(_PACKAGE).as_posix().encode() + file.read_bytes())
    for name in _DECIDING:
        found.update(f"{name} {version(name)}".encode())
    return found.hexdigest()[:12]


def _without_words(error: Exception) -> str:
    """Name an error and the place that raised it: its own words may quote a row."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    said = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
    return f"{type(error).__name__}{said} at {Path(last.filename).name}:{last.lineno}"
