"""Write the trail: one line at a time, by however many processes, whatever kills them."""

import hashlib
import json
import os
import pwd
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from filelock import FileLock, Timeout

from pipeline.errors import ConfigurationError, LockedError
from pipeline.files import private, private_folder, temporary_name
from pipeline.periods import moment
from pipeline.privacy.trail.chain import (
    BEGINNING,
    Head,
    follow,
    lines_of,
    mark,
    read_head,
    seal,
)
from pipeline.settings import Settings

TRAIL = "trail.jsonl"
HEAD = "head.json"
_WAIT_SECONDS = 30

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_./:-]{0,127}")
_VALUE = re.compile(r"\d{7}|[0-9a-fA-F]{16}")
"""What no name holds, and an id, a phone or a token does."""

_LITERAL = re.compile(
    r"""
      --[^\n]* | /\*.*?(?:\*/|$)
    | '(?:[^']|'')*(?:'|$) | "(?:[^"]|"")*(?:"|$) | \$(\w*)\$.*?(?:\$\1\$|$)
    | (?<!\w)\d[\w.]*
    """,
    re.VERBOSE | re.DOTALL,
)
"""Comments, texts, quoted names and numbers, whole or not ended."""


def record(
    settings: Settings,
    action: str,
    *,
    purpose: str | None = None,
    tables: Sequence[str] = (),
    rows: int | None = None,
    decision: str = "allowed",
    rule: str | None = None,
    query: str | None = None,
) -> None:
    """Add a line to the trail; it is on the disk when this returns.

    action, purpose, decision (`allowed` or `refused`), rule, tables: names as the code and the
    catalogue have them, never what somebody typed; ValueError for one that looks like a value.
    query: kept as the hash of its text with every literal taken out, so that no id can be found by
    trying. ConfigurationError where the trail cannot be written: what is not recorded must not
    happen. LockedError where another process holds it for half a minute.
    """
    _hold_to_names(action, purpose, decision, rule, *tables)
    user = _os_user()
    entry = {
        "at": moment().isoformat(timespec="milliseconds"),
        "actor": settings.actor or user,
        "os_user": user,
        "action": action,
        "purpose": purpose,
        "tables": sorted(set(tables)),
        "rows": rows,
        "decision": decision,
        "rule": rule,
        "query_sha256": None if query is None else _fingerprint(query),
    }
    _keep(settings.audit, entry)


def head(settings: Settings) -> Head:
    """Give how far the trail goes, to be kept where its writer cannot reach."""
    return read_head(settings.audit / HEAD) or Head()


def _hold_to_names(action: str, *others: str | None) -> None:
    for name in (action, *others):
        if name is not None and (not _NAME.fullmatch(name) or _VALUE.search(name)):
            raise ValueError(f"the audit trail holds names, no values: {action} was given another")


def _keep(folder: Path, entry: dict[str, Any]) -> None:
    """Add the entry while no other process does, or say why it cannot be."""
    try:
        private_folder(folder)
        with FileLock(folder / "lock", timeout=_WAIT_SECONDS, mode=0o600):
            _append(folder, entry)
    except Timeout:
        raise LockedError(f"{folder}：另一进程占用审计记录，请稍后再试（locked）") from None
    except OSError as error:
        raise ConfigurationError(
            f"{folder}：审计记录写不了（cannot be written）：{error.strerror}；"
            "没有记下的读取不会进行，请让运行的用户能写这个文件夹"
        ) from None


def _append(folder: Path, entry: dict[str, Any]) -> None:
    with open(folder / TRAIL, "ab+", opener=private) as file:
        since, text, entries = _taken_up(file, read_head(folder / HEAD))
        lines, last = since.lines, since.hash
        for each in (*entries, entry):
            line, sealed_by = seal(each | {"prev": last})
            text, lines, last = text + line, lines + 1, sealed_by
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
    _write_head(folder / HEAD, Head(lines, size, last))


def _taken_up(file: IO[bytes], known: Head | None) -> tuple[Head, bytes, list[dict[str, Any]]]:
    """Give where the chain goes on, what ends a half line, and what is to be told before.

    A writer that was killed leaves a line more than the head knows, or half of one: that is taken
    up. Anything else that is missing is told and never bridged: the next line follows the head
    that was, so that `verify` finds the gap for good.
    """
    size = file.seek(0, os.SEEK_END)
    if known is None:
        file.seek(0)
        known = Head(len(lines_of(file.read())), size)
        told = [_mend("head_missing")] if size else []
        return known, b"" if _ends_with_a_line(file, size) else b"\n", told
    newline = b"" if _ends_with_a_line(file, size) else b"\n"
    if size < known.size:
        file.seek(0)
        left = Head(len(lines_of(file.read())), size, known.hash)
        return left, newline, [_mend("shorter_than_head")]
    file.seek(known.size)
    walk = follow(lines_of(file.read()), known)
    told = [_mend("half_line") | {"half_line": mark(walk.half[1])}] if walk.half else []
    return Head(walk.lines, size, walk.hash or BEGINNING), newline, told


def _ends_with_a_line(file: IO[bytes], size: int) -> bool:
    file.seek(max(size - 1, 0))
    return file.read() in (b"", b"\n")


def _mend(rule: str) -> dict[str, Any]:
    at = moment().isoformat(timespec="milliseconds")
    return {"at": at, "actor": None, "action": "audit.mend", "decision": "told", "rule": rule}


def _write_head(file: Path, head: Head) -> None:
    draft = temporary_name(file)
    with open(draft, "w", encoding="utf-8", opener=private) as text:
        text.write(json.dumps(asdict(head)) + "\n")
        text.flush()
        os.fsync(text.fileno())
    draft.replace(file)


def _os_user() -> str:
    """Name the user the system runs this for, whatever the environment says."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid:{os.getuid()}"


def _fingerprint(query: str) -> str:
    """Stand for a query of any literals, comments and spaces, and tell none of them."""
    return hashlib.sha256(" ".join(_LITERAL.sub("?", query).split()).encode()).hexdigest()
