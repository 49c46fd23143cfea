"""The DuckDB engine: a draft database, the lake as views, settings as tables, models as tables."""

import datetime as dt
import re
from pathlib import Path

import duckdb

from pipeline.errors import ModelError
from pipeline.settings import Settings
from pipeline.warehouse import checks
from pipeline.warehouse.model import LAYERS, Check, Model

_CALENDAR_YEARS = 3


class DuckDBEngine:
    """Makes every table in the draft itself, where the next model finds it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def create(self, model: Model) -> int:
        """Make a model's table with its notes; give its rows."""
        rows = create(self._connection, model)
        describe(self._connection, model, model.name)
        return rows

    def check(self, check: Check) -> None:
        """Run one check."""
        checks.run(self._connection, check)


def connect(database: Path | str, settings: Settings) -> duckdb.DuckDBPyConnection:
    """Open a database for writing, with bounded memory and without ever reaching for a network."""
    return duckdb.connect(
        str(database),
        config={
            "memory_limit": settings.memory_limit,
            "threads": settings.threads,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )


def prepare(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    publish_id: str,
    files: str = "**/*.parquet",
) -> None:
    """Make the schemas, the lake's views and the settings' tables in an empty database.

    `files` are those of a dataset that its view reads; `schema.parquet` alone gives its columns.
    """
    for layer in LAYERS:
        connection.execute(f"create schema {layer}")
    for schema_file in sorted(settings.lake.glob("*/schema.parquet")):
        folder = Path(_literally(schema_file.parent.absolute()))
        connection.execute(
            f"create view lake.{schema_file.parent.name} as select * from read_parquet("
            f"{text(folder / files)}, union_by_name = true, hive_partitioning = false)"
        )
    _write_settings(connection, settings, publish_id)
    _write_calendar(connection, settings.as_of)


def create(connection: duckdb.DuckDBPyConnection, model: Model) -> int:
    """Build one model as a table ordered by its grain; give its number of rows."""
    order = ", ".join(f'"{name}"' for name in model.grain) or "1"
    try:
        connection.execute(
            f"create table {model.name} as select * from (\n{model.sql}\n) order by {order}"
        )
    except duckdb.Error as error:
        raise ModelError(f"sql/{model.schema}/{model.table}.sql: {error}") from None
    return count(connection, model.name)


def count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Count the rows of a table."""
    row = connection.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0


def describe(connection: duckdb.DuckDBPyConnection, model: Model, table: str) -> None:
    """Write a model's description and its columns' notes into the database as comments."""
    connection.execute(f"comment on table {table} is {text(model.purpose)}")
    for column, note in model.columns.items():
        if note:
            connection.execute(f'comment on column {table}."{column}" is {text(note)}')


def _write_settings(
    connection: duckdb.DuckDBPyConnection, settings: Settings, publish_id: str
) -> None:
    connection.execute(
        "create table settings.run as select ?::date as as_of, ?::varchar as bank_name,"
        " ?::varchar as publish_id",
        [settings.as_of, settings.bank_name, publish_id],
    )
    values = settings.parameters.model_dump()
    columns = ", ".join(f'{_literal(value)} as "{name}"' for name, value in values.items())
    connection.execute(f"create table settings.parameters as select {columns}")
    connection.execute(
        "create table settings.parameter_list (name varchar, value varchar, meaning_zh varchar)"
    )
    fields = type(settings.parameters).model_fields
    for name, value in values.items():
        connection.execute(
            "insert into settings.parameter_list values (?, ?, ?)",
            [name, str(value), fields[name].description],
        )


def _write_calendar(connection: duckdb.DuckDBPyConnection, as_of: dt.date) -> None:
    first = dt.date(as_of.year - _CALENDAR_YEARS, 1, 1)
    connection.execute(
        """
        create table settings.calendar as
        select
            day::date as day,
            date_trunc('week', day)::date as week_starts,
            strftime(day, '%G-W%V') as week,
            date_trunc('month', day)::date as month
        from generate_series(?::timestamp, ?::timestamp, interval 1 day) as days (day)
        """,
        [first, as_of + dt.timedelta(days=62)],
    )


def text(value: object) -> str:
    """Write a value as a text literal, for the statements that take no parameter."""
    return "'" + str(value).replace("'", "''") + "'"


def _literally(folder: Path) -> str:
    """Write a folder so that a pattern takes its name as it is, whatever characters it holds."""
    return re.sub(r"([*?[])", r"[\1]", str(folder))


def _literal(value: object) -> str:
    return text(value) if isinstance(value, str) else str(value)
