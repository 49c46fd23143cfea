"""The events file: actor, ts, event and properties, opened as the relation `events_file`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import InputError

NEEDED = ("actor", "ts", "event")
_FORMS = {".csv": "read_csv", ".parquet": "read_parquet"}
_WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
_FRACTIONS = ("FLOAT", "DOUBLE", "DECIMAL")
_ZONED = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS")
# A key that costs as little as a dense integer; docs/FUNNELS.md says what others cost.
_SMALL_KEYS = {*_WHOLE, "UUID"}


@dataclass(frozen=True)
class Events:
    """An opened events file.

    name: the file, for messages. types: column -> DuckDB type. ticks: how many units of `moment`
    make a second: 1 where ts is a whole number of seconds, 1,000,000 otherwise.
    """

    name: str
    types: dict[str, str]
    ticks: int
    moment: str

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
        return '"' + known[name.lower()].replace('"', '""') + '"'

    def rows(self, wanted: str, columns: str) -> str:
        """Select person, t (in ticks) and columns of the events that are wanted."""
        if self.numbered:
            source, person = "events_file join actor_numbers using (actor)", "person"
        else:
            source, person = "events_file", "actor"
        return (
            f"select {person} as person, {self.moment} as t, {columns} from {source}"
            f" where actor is not null and ts is not null and ({wanted})"
        )


def open_events(connection: duckdb.DuckDBPyConnection, file: Path) -> Events:
    """Show a file as the view `events_file`.

    Raises InputError where the file is absent or unreadable, lacks a column, or holds times that
    are neither timestamps nor seconds.
    """
    reader = _FORMS.get(file.suffix.lower())
    if reader is None or not file.is_file():
        wrong = "no such file" if reader else f"found a file of the form {file.suffix or 'unknown'}"
        raise InputError(f"{file}: {wrong}; expected an events file .csv or .parquet")
    try:
        source = _read(connection, reader, file)
        types = _types(connection, source)
        connection.execute(f"create view events_file as select {_known(types)} from {source}")
    except duckdb.Error as error:
        raise InputError(f"{file}: cannot be read as a table: {_reason(error)}") from None
    if missing := [name for name in NEEDED if name not in types]:
        raise InputError(
            f"{file}: no column {', '.join(missing)}; found {', '.join(types)};"
            f" expected {', '.join(NEEDED)} and any properties"
        )
    if types["ts"] == "VARCHAR" and _one(connection, "max(ts)") is None:
        types["ts"] = "BIGINT"  # a CSV without a row, or without a time
    ticks, moment = _moment(file, types["ts"])
    return Events(str(file), types, ticks, moment)


def _types(connection: duckdb.DuckDBPyConnection, source: str) -> dict[str, str]:
    described = connection.execute(f"describe from {source}").fetchall()
    return {name: kind for name, kind, *_ in described}


def _known(types: dict[str, str]) -> str:
    """Select the columns; what is not a number (NaN) is no value, as pandas means it."""
    quoted = {name: '"' + name.replace('"', '""') + '"' for name in types}
    return ", ".join(
        f"case when not isnan({column}) then {column} end as {column}"
        if types[name] in ("FLOAT", "DOUBLE")
        else column
        for name, column in quoted.items()
    )


def _one(connection: duckdb.DuckDBPyConnection, value: str) -> Any:
    (found,) = connection.execute(f"select {value} from events_file").fetchone() or (None,)
    return found


def _read(connection: duckdb.DuckDBPyConnection, reader: str, file: Path) -> str:
    """Write the call that reads the file: of a CSV, who and what are words, whatever they look."""
    path = text(str(file).replace("[", "[[]").replace("*", "[*]").replace("?", "[?]"))
    if reader == "read_parquet":
        return f"read_parquet({path}, hive_partitioning = false)"
    sniffed = f"{path}, header = true, sample_size = -1, hive_partitioning = false"
    names = _types(connection, f"read_csv({sniffed})")
    words = ", ".join(f"'{name}': 'varchar'" for name in ("actor", "event") if name in names)
    return f"read_csv({sniffed}{f', types = {{{words}}}' if words else ''})"


def _moment(file: Path, kind: str) -> tuple[int, str]:
    if kind in _WHOLE:
        return 1, "cast(ts as bigint)"
    if kind.startswith(_FRACTIONS):
        return 1_000_000, "cast(round(ts * 1000000) as bigint)"
    if kind in _ZONED:
        return 1_000_000, "epoch_us(cast(ts as timestamptz))"
    if kind.startswith("TIMESTAMP") or kind == "DATE":
        return 1_000_000, "epoch_us(cast(ts as timestamp))"
    raise InputError(
        f"{file}: column ts holds {kind}; expected timestamps (2026-11-16 08:00:00) or a number of"
        " seconds in every row"
    )


def text(value: str) -> str:
    """Write a SQL text."""
    return "'" + value.replace("'", "''") + "'"


def _reason(error: Exception) -> str:
    if "not utf-8 encoded" in str(error):
        return "the text is not UTF-8 (perhaps GBK, as Excel saves it); save it as CSV UTF-8"
    return str(error).splitlines()[0]
