"""Read the trail: whether it is whole, and who did what in some days."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.periods import SHANGHAI
from pipeline.privacy.trail.chain import BEGINNING, Head, follow, lines_of, read_head
from pipeline.privacy.trail.writing import HEAD, TRAIL
from pipeline.settings import Settings

_WORDS = {
    "altered": "这一行被改动过（altered）",
    "broken": "接不上前一行：前面有行被删、被插入或换了次序（does not follow the line before it）",
    "head_missing": "没有链头文件，或读不了（the head of the chain is missing）",
    "cut_off": "链头不在其中：末尾有行被删，或全部重写过（cut off, or written anew）",
}


@dataclass(frozen=True)
class Fault:
    """What is wrong: the file, its line (None: of the whole), and what it is by name."""

    file: str
    line: int | None
    fault: str
    seen_in: str | None = None

    def __str__(self) -> str:
        """Say it in words."""
        where = self.file if self.line is None else f"{self.file} 第 {self.line:,} 行"
        known = f"；链头见于 {self.seen_in}" if self.seen_in else ""
        return f"{where}：{_WORDS[self.fault]}{known}"


@dataclass(frozen=True)
class Verified:
    """How far the trail goes, what is wrong with it, and which half lines killed writers left."""

    lines: int
    head: str
    faults: list[Fault]
    half_lines: list[int]

    def as_dict(self) -> dict[str, Any]:
        """Give it as values JSON can hold."""
        return asdict(self)


@dataclass(frozen=True)
class Counted:
    """How often an actor did something for a purpose, with what decision, and of how many rows."""

    actor: str | None
    action: str
    purpose: str | None
    decision: str
    times: int
    rows: int


def verify(settings: Settings, heads: Sequence[str] = ()) -> Verified:
    """Follow the whole trail; every altered, removed or moved line is a fault, and a missing end.

    heads: hashes that were kept elsewhere, which the trail must hold; beside them count the head
    file and the heads in the records of the nights. A line that a killed writer left half is no
    fault where the next line tells of it, or where it is the last.
    """
    # The heads first: a line may be added at any time.
    kept = read_head(settings.audit / HEAD)
    wanted = [(kept.hash, HEAD)] if kept else []
    wanted += [*_heads_of_nights(settings), *((given, "--head") for given in heads)]
    text = _text(settings)
    walk = follow(lines_of(text), Head())
    file = str(settings.audit / TRAIL)
    faults = [Fault(file, line, fault) for line, fault in walk.faults]
    half = list(walk.mended)
    if walk.half and text.endswith(b"\n"):
        faults.append(Fault(file, walk.half[0], "altered"))
    elif walk.half:
        half.append(walk.half[0])
    if kept is None and text:
        faults.append(Fault(str(settings.audit / HEAD), None, "head_missing"))
    lost = [where for hash_, where in wanted if hash_ not in walk.hashes | {BEGINNING}]
    if lost:
        faults.append(Fault(file, None, "cut_off", lost[0]))
    return Verified(walk.lines, walk.hash or BEGINNING, faults, half)


def counts(
    settings: Settings, since: dt.date | None = None, until: dt.date | None = None
) -> list[Counted]:
    """Count the entries of some days (Asia/Shanghai, both included) by who, what, why and how."""
    times: Counter[tuple[str | None, str, str | None, str]] = Counter()
    rows: Counter[tuple[str | None, str, str | None, str]] = Counter()
    for entry in follow(lines_of(_text(settings)), Head()).entries:
        day = dt.datetime.fromisoformat(entry["at"]).astimezone(SHANGHAI).date()
        if (since is None or since <= day) and (until is None or day <= until):
            key = (entry["actor"], entry["action"], entry.get("purpose"), entry["decision"])
            times[key] += 1
            rows[key] += entry.get("rows") or 0
    ordered = sorted(times, key=lambda key: tuple(part or "" for part in key))
    return [Counted(*key, times[key], rows[key]) for key in ordered]


def _text(settings: Settings) -> bytes:
    file = settings.audit / TRAIL
    return file.read_bytes() if file.is_file() else b""


def _heads_of_nights(settings: Settings) -> Iterator[tuple[str, str]]:
    for file in sorted(settings.runs.glob("*.json")):
        try:
            kept = json.loads(file.read_bytes()).get("audit")
        except (OSError, ValueError):
            continue
        if kept:
            yield kept["head"], f"runs/{file.name}"
