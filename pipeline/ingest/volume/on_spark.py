"""Large files read on a Spark cluster, a task each, before the run comes to them.

Workers write drafts below the home, which they have to see; the run keeps them in its own order,
as those it makes itself.
"""

import itertools
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigurationError
from pipeline.files import private_folder
from pipeline.ingest.erasure.door import Door
from pipeline.ingest.land import Delivery
from pipeline.ingest.rest import is_changed
from pipeline.ingest.volume.draft import Draft, Target
from pipeline.ingest.volume.worker import Read, Reader, Task, Unfit, code_id
from pipeline.settings import Settings
from pipeline.spark import of_spark, said, session

_SCRATCH = ".spark"
_MISSING = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
_FAILED = re.compile(r"RuntimeError: (.+)")


@dataclass(frozen=True)
class Large:
    """A large file to be read. seen: as it was when it was taken up."""

    path: Path
    seen: os.stat_result
    delivery: Delivery


def read_on_spark(files: Sequence[Large], settings: Settings, door: Door) -> dict[str, Read]:
    """Read files on the cluster; give what came of each by its name.

    One that changed in the meantime is left out. Raises ConfigurationError, and leaves nothing,
    where a worker cannot do it.
    """
    # The largest first, so that no worker is left alone with one at the end.
    tasks = [_task(f, settings) for f in sorted(files, key=lambda f: (-f.seen.st_size, f.path))]
    inbox, granted = settings.inbox.absolute(), frozenset(door.granted)
    reader = Reader(settings.token_secrets, inbox, code_id(), door.erased, granted)
    kept: set[Path] = set()
    try:
        read = _usable(_run(tasks, reader, settings), files, settings.spark.master)
        drafts = [draft for draft in read.values() if isinstance(draft, Draft)]
        kept = {file.temporary for draft in drafts for file in draft.files}
        return read
    finally:
        _clear(settings, kept)


def _task(file: Large, settings: Settings) -> Task:
    target = Target(settings.lake.absolute(), settings.quarantine.absolute(), file.delivery)
    return Task(file.path.absolute(), file.seen.st_size, file.seen.st_mtime_ns, target)


def _run(
    tasks: Sequence[Task], reader: Reader, settings: Settings
) -> list[tuple[str, Read | Unfit]]:
    scratch = settings.home / _SCRATCH
    private_folder(scratch)
    try:
        with session(settings, "funnel ingest", scratch) as spark:
            return spark.sparkContext.parallelize(tasks, len(tasks)).map(reader).collect()
    except Exception as error:
        if not of_spark(error):
            raise
        raise _not_read(_why(error), settings.spark.master) from None
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _usable(
    found: Iterable[tuple[str, Read | Unfit]], files: Iterable[Large], master: str
) -> dict[str, Read]:
    large = {file.delivery.source_file: file for file in files}
    read: dict[str, Read] = {}
    for name, result in found:
        if isinstance(result, Unfit):
            if result.changed and is_changed(large[name].path, large[name].seen):
                continue
            raise _not_read(result.why, master)
        if isinstance(result, Draft):
            _insist_on(result, master)
        read[name] = result
    return read


def _insist_on(draft: Draft, master: str) -> None:
    for file in draft.files:
        size = file.temporary.stat().st_size if file.temporary.is_file() else None
        if size != file.size:
            raise _not_read(
                f"工作节点写的 {file.temporary} 本机看不到 · is not seen here",
                master,
            )


def _clear(settings: Settings, kept: set[Path]) -> None:
    """Remove what workers wrote that were lost, or thought to be."""
    lake, quarantine = settings.lake.absolute(), settings.quarantine.absolute()
    for file in itertools.chain(lake.rglob(".*.tmp"), quarantine.glob(".*.tmp")):
        if file not in kept:
            file.unlink(missing_ok=True)


def _why(error: Exception) -> str:
    text = str(error)
    if lacking := _MISSING.search(text):
        return f"工作节点缺少 Python 包 {lacking[1]} · a worker lacks the package {lacking[1]}"
    failed = _FAILED.search(text)
    return failed[1] if failed else said(error)


def _not_read(why: str, master: str) -> ConfigurationError:
    return ConfigurationError(
        f"Spark 收件未完成，大文件一份也没有入库 · no large file landed ({master})\n"
        f"  {why}\n"
        "  expected workers that have the same follower-funnel installed and see the home under\n"
        "  the same path as the same user (docs/SCALING.md); here alone: --engine duckdb"
    )
