"""Orders to erase, kept as files: what is to go is known before anything goes.

`erasures/open/<number>.json` is an order that is not done; `erasures/erased.jsonl` names, by marks
that only the key can make, everybody who ever was erased, so that they stay out.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from pipeline.ingest.files import write_lines
from pipeline.privacy.tokens import Tokens
from pipeline.settings import Settings

Asked = Literal["token", "withdrawn", "expired"]


@dataclass(frozen=True)
class Touched:
    """A file as it was before an order changed it, by its path below the home."""

    file: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Order:
    """What is to be erased.

    asked_for: how many persons. persons: their marks. before: dataset -> the first day that stays.
    files: of lake and quarantine as they were, None until looked at; tables: their rows, and
    databases: their hashes, likewise.
    """

    number: str
    asked: Asked
    erased_on: dt.date
    key_id: str
    asked_for: int
    persons: Sequence[str] = ()
    before: Mapping[str, dt.date] = field(default_factory=dict)
    files: Sequence[Touched] | None = None
    tables: Mapping[str, int] = field(default_factory=dict)
    databases: Mapping[str, str] = field(default_factory=dict)


def place(
    settings: Settings,
    asked: Asked,
    persons: Iterable[bytes] = (),
    before: Mapping[str, dt.date] | None = None,
) -> Order:
    """Write an order down; from here on it will be done, whatever happens.

    persons: their tokens, as they are or were before a key was added; only marks of them are kept.
    before: dataset -> the first day that stays.
    """
    tokens = Tokens(*settings.token_secrets)
    asked_for = set(persons)
    marks = {tokens.erasure_mark(now) for person in asked_for for now in tokens.every(person)}
    day = settings.as_of
    taken = {file.stem for file in settings.erasures.rglob("*.json")}
    number = next(n for i in range(1, 10**6) if (n := f"{day}-{asked}-{i}") not in taken)
    order = Order(
        number, asked, day, tokens.key_id, len(asked_for), sorted(marks), dict(before or {})
    )
    write(settings, order)
    return order


def write(settings: Settings, order: Order) -> None:
    """Write an order, instead of what was written of it before."""
    write_lines(_file(settings, order), [json.dumps(asdict(order), default=str)])


def close(settings: Settings, order: Order) -> None:
    """Close an order that is done."""
    _file(settings, order).unlink()


def is_open(settings: Settings) -> bool:
    """Whether any order waits to be done."""
    return any(_folder(settings).glob("*.json"))


def open_orders(settings: Settings) -> list[Order]:
    """Give the orders that are not done, in the order of their numbers."""
    return [_read(file) for file in sorted(_folder(settings).glob("*.json"))]


def erased(settings: Settings) -> dict[str, dt.date]:
    """Give the marks of everybody who was erased, or is to be, and the day of it."""
    days = _days(_register(settings))
    for order in open_orders(settings):
        days |= dict.fromkeys(order.persons, order.erased_on)
    return days


def register(settings: Settings, order: Order) -> None:
    """Keep an order's persons out from now on."""
    remember(settings, dict.fromkeys(order.persons, order.erased_on))


def remember(settings: Settings, marks: Mapping[str, dt.date]) -> None:
    """Keep persons out from now on: their marks, and the days of their erasures."""
    if marks:
        days = {**_days(_register(settings)), **marks}
        lines = (json.dumps({"mark": m, "erased_on": str(d)}) for m, d in sorted(days.items()))
        write_lines(_register(settings), lines)


def _days(file: Path) -> dict[str, dt.date]:
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    entries = map(json.loads, lines)
    return {entry["mark"]: dt.date.fromisoformat(entry["erased_on"]) for entry in entries}


def _register(settings: Settings) -> Path:
    return settings.erasures / "erased.jsonl"


def _folder(settings: Settings) -> Path:
    return settings.erasures / "open"


def _file(settings: Settings, order: Order) -> Path:
    return _folder(settings) / f"{order.number}.json"


def _read(file: Path) -> Order:
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    files = None if kept["files"] is None else [Touched(**entry) for entry in kept["files"]]
    before = {name: dt.date.fromisoformat(day) for name, day in kept["before"].items()}
    erased_on = dt.date.fromisoformat(kept["erased_on"])
    return replace(Order(**kept), erased_on=erased_on, before=before, files=files)
