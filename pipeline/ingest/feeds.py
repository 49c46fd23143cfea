"""Event logs of an analytics product -> rows as the bank delivers its events.

Only the events and columns that a mapping file names are read; what the log says else about a
person (addresses, devices, places) never gets further than this module. The rows that come out
are those of `bank_events`, so that converting, masking and landing are as for the bank's own file.
"""

import gzip
import io
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.ingest.bank.event_logs import PRODUCTS, Product
from pipeline.ingest.bank.events import EVENT_TYPES, EVENTS
from pipeline.ingest.container import Container, FileRefused, Grid
from pipeline.ingest.convert import Token
from pipeline.ingest.mapping_file import MappingFile
from pipeline.ingest.read import load
from pipeline.ingest.secret_columns import refuse_secret_columns
from pipeline.ingest.text_files import decode, read_csv
from pipeline.privacy.masking import Masker

KEYS = ("platform", "kind", "columns", "events")
HEADERS = tuple(field.headers[0] for field in EVENTS.columns)
_MILLISECONDS = re.compile(r"\d{13}")  # from 2001 on; fewer digits may be seconds
LARGEST_UNZIPPED = 1024**3
SHOWN_NAMES = 8
RECORD = "‹record›"
"""Stands among the cells of a row for all of it."""

Row = Mapping[str, str]


@dataclass(frozen=True)
class Feed:
    """An event log as a mapping file names its parts.

    columns: column of `bank_events` (and `event`, the event's name) -> headers, of which the first
        with a value counts; `a.b` is the key b inside the object a.
    events: name of an event in the log -> event type of the bank.
    """

    name: str
    platform: str
    columns: Mapping[str, tuple[str, ...]]
    events: Mapping[str, str]

    @property
    def product(self) -> Product:
        """How the log is written."""
        return PRODUCTS[self.platform]

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every header of the log that is read."""
        return tuple(header for headers in self.columns.values() for header in headers)


def feed(file: MappingFile) -> Feed:
    """Read the mapping of an event log; FileRefused with the key and what is expected there."""
    file.only(KEYS)
    platform = file.text("platform")
    if platform not in PRODUCTS:
        raise file.refused("platform", repr(platform), "one of " + ", ".join(PRODUCTS))
    defaults = {name: (header,) for name, header in PRODUCTS[platform].defaults.items()}
    names = ("event", *(header for header in HEADERS if header != "event_type"))
    columns = defaults | file.headers(names)
    for name in ("event", "occurred_at"):
        if name not in columns:
            raise file.refused(f"columns.{name}", "nothing", "the header of that column")
    events = file.table("events")
    if not events:
        raise file.refused("events", "nothing", "names of events, each with its event type")
    for event, event_type in events.items():
        if event_type not in EVENT_TYPES:
            expected = "one of " + ", ".join(EVENT_TYPES)
            raise file.refused(f"events.{event}", repr(event_type), expected)
    return Feed(file.name, platform, columns, events)


def read_events(path: Path, log: Feed, token: Token) -> Container | None:
    """Read a file of an event log as rows of `bank_events`; None where it is no such file.

    Rows keep their line in the unpacked file. token: any text -> 16 bytes under the key.
    Raises FileRefused for a file that is damaged.
    """
    data = load(path)
    if data.startswith(b"\x1f\x8b"):
        data = _unzip(data)
    lines = _objects(data, log) if log.product.lines else _records(data, log)
    if lines is None:
        return None
    rows: list[list[str]] = [list(HEADERS)]
    numbers = [0]
    passed_over: Counter[str] = Counter()
    ids: set[str] = set()
    for number, cells in lines:
        event = "" if isinstance(cells, str) else _first(cells, log, "event")
        if isinstance(cells, str):
            rows.append(_broken(cells, number))
        elif event in log.events:
            rows.append(_row(cells, log, token))
        else:
            passed_over[event or "(no name)"] += 1
            ids.add(_first(cells, log, "customer_id"))
            continue
        numbers.append(number)
    notes = (_said(log, passed_over, Masker(ids)),) if passed_over else ()
    return Container(log.product.title, (Grid(None, rows, numbers),), notes=notes)


def _unzip(data: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as archive:
            unzipped = archive.read(LARGEST_UNZIPPED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FileRefused(
            f"a gzip file that cannot be read ({error})", "a whole file", "deliver it again"
        ) from None
    if len(unzipped) > LARGEST_UNZIPPED:
        raise FileRefused(
            f"a gzip file that unpacks to more than {LARGEST_UNZIPPED:,} bytes",
            "parts of less",
            "deliver it in parts",
        )
    return unzipped


def _objects(data: bytes, log: Feed) -> Iterator[tuple[int, Row | str]] | None:
    """Give each line's object as the headers that are wanted, or words for what is wrong with it.

    None where no line has the product's mark: an error body is an object too.
    """
    starts = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if starts != b"{" or f'"{log.product.mark}"'.encode() not in data:
        return None
    lines = enumerate(io.StringIO(decode(data), newline="\n"), 1)
    seen: set[str] = set()
    return ((number, _object(line, log.wanted, seen)) for number, line in lines if line.strip())


def _object(line: str, wanted: Iterable[str], seen: set[str]) -> Row | str:
    """Give the headers that are wanted. seen: every key so far, each of which is looked at once."""
    try:
        found = json.loads(line, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return "a line that is not JSON"
    if not isinstance(found, dict):
        return "a line that is no object"
    inner = (key for value in found.values() if isinstance(value, dict) for key in value)
    if new := {*found, *inner} - seen:
        refuse_secret_columns(sorted(new))
        seen |= new
    return {RECORD: line.strip()} | {header: _plain(_at(found, header)) for header in wanted}


def _at(found: Mapping[str, Any], header: str) -> Any:
    outer, _, inner = header.partition(".")
    value = found.get(outer)
    return value.get(inner) if inner and isinstance(value, dict) else None if inner else value


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _records(data: bytes, log: Feed) -> Iterator[tuple[int, Row | str]] | None:
    """Give each record of an escaped CSV, or words for what is wrong with it.

    None where the first line lacks the event or its time: another table of the same export.
    """
    start = data[: 64 * 1024].split(b"\n", 1)[0].decode("utf-8", "replace")
    for name in ("event", "occurred_at"):
        if not any(header in start for header in log.columns[name]):
            return None
    grid = read_csv(decode(data), escape="\\").grids[0]
    header = [cell.strip() for cell in grid.rows[0]]
    refuse_secret_columns(header)
    lacking = [h for hs in log.columns.values() if not set(hs) & set(header) for h in hs[:1]]
    if lacking:
        raise FileRefused(
            f"a {log.product.title} without " + ", ".join(lacking),
            f"every column that {log.name} names",
            "export it again with all columns, or correct the mapping file",
        )
    return (
        (line, {RECORD: "\x1f".join(row)} | dict(zip(header, row, strict=True)))
        if len(row) == len(header)
        else (line, f"a row of {len(row)} cells under a header of {len(header)}")
        for row, line in zip(grid.rows[1:], grid.lines[1:], strict=True)
        if any(cell.strip() for cell in row)
    )


def _first(cells: Row, log: Feed, name: str) -> str:
    """Give the first value among the headers mapped to a column, or none."""
    for header in log.columns.get(name, ()):
        text = cells.get(header, "").strip()
        if not any(_is_nothing(text, word) for word in log.product.nothing):
            return text
    return ""


def _is_nothing(text: str, word: str) -> bool:
    return text.startswith(word[:-1]) if word.endswith("…") else text == word


def _row(cells: Row, log: Feed, token: Token) -> list[str]:
    values = {name: _first(cells, log, name) for name in HEADERS}
    values["event_type"] = log.events[_first(cells, log, "event")]
    values["event_id"] = values["event_id"] or _event_id(cells, log, token)
    values["occurred_at"] = _utc(values["occurred_at"], log.product)
    return [values[name] for name in HEADERS]


def _event_id(cells: Row, log: Feed, token: Token) -> str:
    """Name an event by its whole record, under the key: the same record again is the same event."""
    return f"{log.platform}-{token('event|' + cells[RECORD]).hex()}"


def _utc(text: str, product: Product) -> str:
    """Write a time as ISO 8601 with its zone; what is neither is left for its column to refuse."""
    try:
        if _MILLISECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(text) / 1000, UTC).isoformat()
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return text
    naive = moment.tzinfo is None and product.text_is_utc and not text.isdigit()
    return moment.replace(tzinfo=UTC).isoformat() if naive else text


def _broken(what: str, number: int) -> list[str]:
    """Give a row that its column of time refuses with what is wrong."""
    shown = {"event_id": f"line {number}", "occurred_at": what, "event_type": "click"}
    return [shown.get(name, "") for name in HEADERS]


def _said(log: Feed, passed_over: Counter[str], masker: Masker) -> str:
    """Name the commonest events that were passed over; a wrong mapping may take an id for one."""
    most = passed_over.most_common(SHOWN_NAMES)
    shown = ", ".join(f"{masker.mask(name)} ({n:,})" for name, n in most)
    more = f" and {len(passed_over) - SHOWN_NAMES} more" if len(passed_over) > SHOWN_NAMES else ""
    return f"events that {log.name} does not name were passed over: {shown}{more}"
