"""The events file: actor, ts, event and properties, opened as the relation `events_file`."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import InputError

NEEDED = ("actor", "ts", "event")
NUMBER = "actor_number__"
"""The column of `actor_numbers`: no property is called so, for conditions name columns bare."""
_FORMS = {".csv": "read_csv", ".csv.gz": "read_csv", ".parquet": "read_parquet"}
_EXPECTED = "an events file .csv, .csv.gz or .parquet, or a folder of files of one of these forms"
_WHOLE = {f"{sign}{size}INT" for sign in ("", "U") for size in ("TINY", "SMALL", "BIG")}
_WHOLE |= {"INTEGER", "UINTEGER"}
_FRACTIONS = ("FLOAT", "DOUBLE", "DECIMAL")
_ZONED = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS")
# A key that costs as little as a dense integer; docs/FUNNELS.md says what others cost.
_SMALL_KEYS = {*_WHOLE, "UUID"}
# Numbers are seconds since 1970, unless all of them lie in these years as a smaller unit.
_FROM, _TO = 946_684_800, 4_102_444_800  # 2000 to 2100
_UNITS = {"秒": 1, "毫秒": 1_000, "微秒": 1_000_000, "纳秒": 1_000_000_000}
# What a CSV's values must be for the reader's guess at their kind to be what was meant.
_MEANT = {
    "BOOLEAN": "bool_and(lower({}) in ('true', 'false'))",
    "BIGINT": "bool_and({} not like '0_%')",
}
_LAST = 253_402_300_799  # the last second of the year 9999


@dataclass(frozen=True)
class Events:
    """An opened events file.

    name: the file, for messages. types: column -> DuckDB type. ticks: how many units of `moment`
    make a second: 1 where ts is a whole number of seconds, 1,000,000 otherwise. unit: what numbers
    in ts are of, in words; none where they are timestamps. dated: whether all of them are in a year
    that a calendar has.
    """

    name: str
    types: dict[str, str]
    ticks: int
    moment: str
    unit: str | None = None
    dated: bool = True

    @property
    def columns(self) -> list[str]:
        """The names of the file's columns."""
        return list(self.types)

    @property
    def numbered(self) -> bool:
        """Whether actors are counted by a dense integer of their own, not by their key."""
        return self.types["actor"] not in _SMALL_KEYS

    @property
    def day(self) -> str:
        """SQL for the day of an event: Asia/Shanghai, but of times without a zone as they stand."""
        kind = self.types["ts"]
        if kind == "DATE" or (kind.startswith("TIMESTAMP") and kind not in _ZONED):
            return "cast(ts as date)"
        moment = f"make_timestamp({self.moment} * {1_000_000 // self.ticks})"
        return f"cast({moment} + interval 8 hours as date)"

    def column(self, name: str) -> str:
        """Write a column of the file; InputError where it has none of that name."""
        known = {column.lower(): column for column in self.types}
        if name.lower() not in known:
            raise InputError(
                f"{self.name}: no column {name}, which the breakdown asks for; found"
                f" {', '.join(self.types)}"
            )
        return _quoted(known[name.lower()])

    def rows(self, wanted: str, columns: str) -> str:
        """Select person, t (in ticks) and columns of the events that are wanted."""
        if self.numbered:
            source, person = "events_file join actor_numbers using (actor)", NUMBER
        else:
            source, person = "events_file", "actor"
        return (
            f"select {person} as person, {self.moment} as t, {columns} from {source}"
            f" where actor is not null and ts is not null and ({wanted})"
        )


def open_events(connection: duckdb.DuckDBPyConnection, file: Path, used: Collection[str]) -> Events:
    """Show a file, or a folder of files, as `events_file`: a CSV is read once and kept.

    used: the properties that are asked for. Raises InputError where the file is absent or
    unreadable, lacks a column or names one twice, or holds times that are neither timestamps nor
    numbers of one unit.
    """
    reader, pattern = _form(file)
    try:
        source = _read(connection, reader, pattern)
        types = _types(connection, source)
        twice = _named_twice(connection, pattern) if reader == "read_csv" else []
    except duckdb.Error as error:
        raise _unreadable(file, error) from None
    if twice:
        raise InputError(f"{file}: columns named twice: {', '.join(twice)}; expected each once")
    if missing := [name for name in NEEDED if name not in types]:
        raise InputError(
            f"{file}: no column {', '.join(missing)}; found {', '.join(types)};"
            f" expected {', '.join(NEEDED)} and any properties"
        )
    wanted = {*NEEDED, *(name.lower() for name in used)}
    kept = {name: kind for name, kind in types.items() if name.lower() in wanted}
    made = "temp table" if reader == "read_csv" else "view"
    try:
        connection.execute(f"create {made} events_file as select {_known(kept)} from {source}")
    except duckdb.Error as error:
        raise _unreadable(file, error) from None
    if types["ts"] == "VARCHAR" and _one(connection, "max(ts)") is None:
        types["ts"] = "BIGINT"  # a CSV without a row, or without a time
    if types["ts"] in _WHOLE or types["ts"].startswith(_FRACTIONS):
        return _numbered(connection, file, types)
    return Events(str(file), types, 1_000_000, _moment(connection, file, types["ts"]))


def _unreadable(file: Path, error: duckdb.Error) -> InputError:
    said = str(error).splitlines()[0]
    if "not utf-8 encoded" in str(error):
        said = "the text is not UTF-8 (perhaps GBK, as Excel saves it); save it as CSV UTF-8"
    return InputError(f"{file}: cannot be read as a table: {said}")


def _form(file: Path) -> tuple[str, str]:
    """Give the reader of a file, or of a folder of files of one form, and what it shall read."""
    if file.is_dir():
        inside = [path for path in file.iterdir() if not path.name.startswith((".", "_"))]
        endings = {ending for path in inside for ending in _FORMS if _ends(path, ending)}
        if len(endings) != 1:
            found = " and ".join(sorted(endings)) or "none of them"
            raise InputError(f"{file}: a folder with {found}; expected {_EXPECTED}")
        (ending,) = endings
        return _FORMS[ending], f"{_literal(file)}/[!._]*{ending}"
    if str(file) == "-":
        raise InputError(
            f"-: the events are read several times, which standard input does not allow; expected"
            f" {_EXPECTED}"
        )
    form = next((ending for ending in _FORMS if _ends(file, ending)), None)
    if form is None or not file.is_file():
        wrong = "no such file" if form else f"found a file of the form {file.suffix or 'unknown'}"
        raise InputError(f"{file}: {wrong}; expected {_EXPECTED}")
    if file.stat().st_size == 0:
        raise InputError(f"{file}: is empty; expected a header {', '.join(NEEDED)} and rows")
    return _FORMS[form], _literal(file)


def _ends(path: Path, ending: str) -> bool:
    return path.name.lower().endswith(ending)


def _literal(file: Path) -> str:
    return str(file).replace("[", "[[]").replace("*", "[*]").replace("?", "[?]")


def _types(connection: duckdb.DuckDBPyConnection, source: str) -> dict[str, str]:
    described = connection.execute(f"describe from {source}").fetchall()
    return {name: kind for name, kind, *_ in described}


def _known(types: dict[str, str]) -> str:
    """Select the columns; what is not a number (NaN) is no value, as pandas means it."""
    quoted = {name: _quoted(name) for name in types}
    return ", ".join(
        f"case when not isnan({column}) then {column} end as {column}"
        if types[name] in ("FLOAT", "DOUBLE")
        else column
        for name, column in quoted.items()
    )


def _one(connection: duckdb.DuckDBPyConnection, value: str) -> Any:
    (found,) = connection.execute(f"select {value} from events_file").fetchone() or (None,)
    return found


def _read(connection: duckdb.DuckDBPyConnection, reader: str, pattern: str) -> str:
    """Write the call that reads the file: of a CSV, who and what are words, whatever they look."""
    path = text(pattern)
    if reader == "read_parquet":
        return f"read_parquet({path}, hive_partitioning = false)"
    sniffed = f"{path}, header = true, sample_size = -1, hive_partitioning = false"
    kinds = _types(connection, f"read_csv({sniffed})")
    words: set[str] = {name for name in NEEDED if name in kinds and name != "ts"}
    # The reader takes yes, no, t and f for truth values, and 007 for 7, which they need not be.
    tests = {
        name: _MEANT[kind].format(_quoted(name))
        for name, kind in kinds.items()
        if kind in _MEANT and name not in NEEDED
    }
    if tests:
        source = f"read_csv({sniffed}{_as_words({*words, *tests})})"
        found = connection.execute(f"select {', '.join(tests.values())} from {source}").fetchone()
        words |= {name for name, meant in zip(tests, found or (), strict=True) if meant is False}
    return f"read_csv({sniffed}{_as_words(words)})"


def _as_words(names: set[str]) -> str:
    given = ", ".join(f"{text(name)}: 'varchar'" for name in sorted(names))
    return f", types = {{{given}}}" if given else ""


def _named_twice(connection: duckdb.DuckDBPyConnection, pattern: str) -> list[str]:
    """Name the columns a CSV's header holds twice: the reader would call the second ts_1."""
    header = f"read_csv({text(pattern)}, header = false, all_varchar = true)"
    names = connection.execute(f"select * from {header} limit 1").fetchone() or ()
    found = Counter(name.strip().lower() for name in names if name)
    return [name for name, times in found.items() if name and times > 1]


def _numbered(connection: duckdb.DuckDBPyConnection, file: Path, types: dict[str, str]) -> Events:
    """Read numbers as of the unit in which all of them lie in 2000 to 2100; else as seconds."""
    low, high = _one(connection, "min(ts)"), _one(connection, "max(ts)")
    unit = "秒"
    for name, size in _UNITS.items():
        if size > 1 and high is not None and _FROM * size <= high <= _TO * size:
            unit = name
    size = _UNITS[unit]
    if size > 1 and low < _FROM * size:
        raise InputError(
            f"{file}: column ts holds {low} and {high}: not of one unit; expected numbers of"
            " seconds, or of milliseconds, in every row"
        )
    dated = high is None or (low / size >= -_LAST and high / size <= _LAST)
    if types["ts"] not in _WHOLE:
        scaled = "ts / 1000" if size == _UNITS["纳秒"] else f"ts * {1_000_000 // size}"
        moment = f"cast(round({scaled}) as bigint)"
        return Events(str(file), types, 1_000_000, moment, unit, dated)
    if size == _UNITS["纳秒"]:
        return Events(str(file), types, 1_000_000, "cast(ts // 1000 as bigint)", unit, dated)
    return Events(str(file), types, size, "cast(ts as bigint)", unit, dated)


def _moment(connection: duckdb.DuckDBPyConnection, file: Path, kind: str) -> str:
    if kind in _ZONED:
        return "epoch_us(cast(ts as timestamptz))"
    if kind.startswith("TIMESTAMP") or kind == "DATE":
        return "epoch_us(cast(ts as timestamp))"
    found = f"holds {kind}"
    if kind == "VARCHAR":
        no_time = "min(ts) filter (where try_cast(ts as timestamptz) is null"
        strange = f"{no_time} and try_cast(ts as double) is null)"
        value = _one(connection, f"coalesce({strange}, {no_time}), min(ts))")
        found = f"holds {value!r}, among others"
    raise InputError(
        f"{file}: column ts {found}; expected timestamps (2026-11-16 08:00:00) or a number of"
        " seconds in every row"
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """Write a SQL text."""
    return "'" + value.replace("'", "''") + "'"
