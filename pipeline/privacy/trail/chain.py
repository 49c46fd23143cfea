"""Lines that hold the hash of the line before them, and what breaks such a chain."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BEGINNING = "0" * 64
"""What the first line follows."""

_SEALED = re.compile(rb'(\{.+),"hash":"([0-9a-f]{64})"\}', re.DOTALL)


@dataclass(frozen=True)
class Head:
    """How far a chain goes: its lines, their size in bytes, and the hash of the last one."""

    lines: int = 0
    size: int = 0
    hash: str = BEGINNING


@dataclass
class Walk:
    """What following a chain came to.

    hash, lines: of the last line that is whole. faults: lines that were altered, or do not follow
    the one before. mended: half lines that the line after them tells of. half: the last line,
    where nothing tells of it yet.
    """

    hash: str | None
    lines: int
    faults: list[tuple[int, str]] = field(default_factory=list)
    mended: list[int] = field(default_factory=list)
    half: tuple[int, bytes] | None = None
    hashes: set[str] = field(default_factory=set)
    entries: list[dict[str, Any]] = field(default_factory=list)


def lines_of(text: bytes) -> list[bytes]:
    """Part a trail into lines, the last of which may be half of one."""
    lines = text.split(b"\n")
    return lines if lines[-1] else lines[:-1]


def seal(entry: Mapping[str, Any]) -> tuple[bytes, str]:
    """Write an entry as a line that ends with the hash of every byte before; give both."""
    body = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    sealed_by = hashlib.sha256(body).hexdigest()
    return body[:-1] + f',"hash":"{sealed_by}"}}\n'.encode(), sealed_by


def unseal(line: bytes) -> dict[str, Any] | None:
    """Read a line back; None where a byte of it is not as it was written."""
    match = _SEALED.fullmatch(line)
    if match is None or hashlib.sha256(match[1] + b"}").hexdigest().encode() != match[2]:
        return None
    entry: dict[str, Any] = json.loads(match[1] + b"}")
    return entry | {"hash": match[2].decode()}


def mark(line: bytes) -> str:
    """Stand for a half line, in the line that tells of it."""
    return hashlib.sha256(line).hexdigest()


def follow(lines: Iterable[bytes], since: Head) -> Walk:
    """Follow a chain from a head on; every fault is named with the number of its line."""
    walk = Walk(since.hash, since.lines)
    for line in lines:
        walk.lines += 1
        entry = unseal(line)
        if walk.half is not None:
            _settle(walk, entry)
        if entry is None:
            walk.half = (walk.lines, line)
            continue
        if walk.hash not in (None, entry["prev"]):
            walk.faults.append((walk.lines, "broken"))
        walk.hash = entry["hash"]
        walk.hashes.add(entry["hash"])
        walk.entries.append(entry)
    return walk


def _settle(walk: Walk, following: Mapping[str, Any] | None) -> None:
    """Decide what an unreadable line was by the line after it: half written, or altered."""
    number, line = walk.half or (0, b"")
    walk.half = None
    if following is not None and following.get("half_line") == mark(line):
        walk.mended.append(number)
    else:
        walk.faults.append((number, "altered"))
        walk.hash = None  # what the next line should follow is not known any more


def read_head(file: Path) -> Head | None:
    """Read a head; None where there is none that can be read."""
    try:
        return Head(**json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
