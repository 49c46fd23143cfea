"""One run at a time, and what each run did: the lock and the run record."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from filelock import FileLock, Timeout

from pipeline.errors import InputError, LockedError, PipelineError, of_the_machine
from pipeline.files import private, private_folder
from pipeline.settings import Settings


@contextmanager
def exclusive(settings: Settings) -> Iterator[None]:
    """Hold the workspace; LockedError where another run holds it, whatever it does.

    The system lets go of the lock when its holder ends, killed or not: there is nothing to clean.
    """
    lock = FileLock(settings.runs / "lock", mode=0o600)
    try:
        private_folder(settings.runs)
        lock.acquire(blocking=False)
    except Timeout:
        raise LockedError(
            f"{settings.home}：另一次运行正占用这个工作区，请等它结束 · another run holds this"
            " workspace; wait for it to end"
        ) from None
    except OSError as error:
        raise InputError(
            f"{settings.runs}：写不了（{error.strerror}）；应为运行的用户可写的文件夹 · expected a"
            " writable folder"
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def recorded(settings: Settings, command: str) -> Iterator[dict[str, Any]]:
    """Give a run's record to fill in, and write it when the run ends, well or not.

    The record is `runs/<moment>-<command>.json`: command, as_of, started_at and ended_at (UTC),
    outcome (`done`, or the error's words), exit_code, and what the command put in, which may be
    an exit code of its own.
    """
    started = dt.datetime.now(dt.UTC)
    record: dict[str, Any] = {"command": command, "as_of": settings.as_of.isoformat()}
    outcome, exit_code = "interrupted", 1
    try:
        yield record
        outcome, exit_code = "done", record.get("exit_code", 0)
    except PipelineError as error:
        outcome, exit_code = str(error), error.exit_code
        raise
    except OSError as error:
        refused = of_the_machine(error)
        outcome = str(refused or f"{type(error).__name__}: {error}")
        if refused is None:
            raise
        exit_code = refused.exit_code
        raise refused from None
    except Exception as error:
        outcome = f"{type(error).__name__}: {error}"
        raise
    finally:
        record |= {
            "outcome": outcome,
            "exit_code": exit_code,
            "started_at": started.isoformat(timespec="seconds"),
            "ended_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        }
        name = f"{started:%Y%m%dT%H%M%S.%fZ}-{command}.json"
        text = json.dumps(record, ensure_ascii=False, indent=2, default=str)
        with open(settings.runs / name, "w", encoding="utf-8", opener=private) as file:
            file.write(text + "\n")
