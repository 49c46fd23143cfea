"""The DuckDB engine: a draft database, the lake as views, settings as tables, models as tables."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.errors import ModelError
from pipeline.parameters import meanings
from pipeline.privacy import catalogue
from pipeline.settings import Settings
from pipeline.warehouse import funnel_tables, macros, review_tables
from pipeline.warehouse.measured import measured
from pipeline.warehouse.model import LAYERS, Model

_CALENDAR_YEARS = 3


def connect(draft: Path | None, settings: Settings) -> duckdb.DuckDBPyConnection:
    """Open a draft of a database, in memory where no file is named, to write all of it.

    With bounded memory and without ever reaching for a network.
    """
    connection = duckdb.connect(
        config={
            "memory_limit": settings.memory_limit,
            "max_temp_directory_size": settings.spill_limit,
            "threads": settings.threads,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    connection.execute("set enable_progress_bar = false")  # it would stand in what --json prints
    if draft:
        attach_draft(connection, draft)
        connection.execute(f'use "{draft.stem}"')
    return connection


def attach_draft(connection: duckdb.DuckDBPyConnection, draft: Path) -> None:
    """Attach the file of a new database, under its name, without a log of what is written to it.

    A log saves what was done before a crash; a draft that is not done is thrown away.
    """
    connection.execute(f"attach {text(draft)} as \"{draft.stem}\" (recovery_mode 'no_wal_writes')")


def finish(connection: duckdb.DuckDBPyConnection, draft: Path) -> None:
    """Write all of a draft into its file; ModelError where there is no room for it.

    Closing it would write as well, and not say that it failed.
    """
    try:
        connection.execute(f'checkpoint "{draft.stem}"')
    except duckdb.Error as error:
        raise ModelError(
            f"{draft}: 写不全，请腾出磁盘空间后再运行"
            f" · cannot be written in full; free disk space and build again ({error})"
        ) from None


def connect_to_read(database: Path) -> duckdb.DuckDBPyConnection:
    """Open a database that nobody changes meanwhile."""
    return duckdb.connect(str(database), read_only=True)


def prepare(
    connection: duckdb.DuckDBPyConnection, settings: Settings, publish_id: str, inputs: str = ""
) -> None:
    """Make the schemas, the macros and the settings' tables in an empty database."""
    for layer in (*LAYERS, "parts", "seen"):
        connection.execute(f"create schema {layer}")
    macros.create(connection)
    _write_settings(connection, settings)
    _write_calendar(connection, settings.as_of)
    _write_purposes(connection, settings)
    funnel_tables.write(connection, settings)
    review_tables.write(connection, settings)
    connection.execute(
        "create table settings.publish as select ?::varchar as publish_id, ?::varchar as inputs",
        [publish_id, inputs],
    )


def show_lake(
    connection: duckdb.DuckDBPyConnection,
    dataset: str,
    files: Iterable[Path] | Mapping[Path, str],
    where: str = "true",
) -> None:
    """Show some files of a dataset as `lake.<dataset>`, each column by its name.

    Where files come with a label each, it is the column `_part`.
    """
    labels = files if isinstance(files, Mapping) else {}
    named = ", filename = true" if len(set(labels.values())) > 1 else ""
    columns = f"* exclude (filename), {_labels(labels)} as _part" if named else "*"
    if labels and not named:
        columns = f"*, {text(next(iter(labels.values())))} as _part"
    connection.execute(
        f"create or replace view lake.{dataset} as select {columns} from read_parquet("
        f"[{_listed(files)}], union_by_name = true, hive_partitioning = false{named}) where {where}"
    )


def _labels(files: Mapping[Path, str]) -> str:
    names = " ".join(f"when {text(file)} then {text(label)}" for file, label in files.items())
    return f"case filename {names} end"


def _listed(files: Iterable[Path]) -> str:
    return ", ".join(text(_literally(file)) for file in files)


def select_files(files: Iterable[Path], where: str = "true") -> str:
    """Give the query that reads Parquet files of the same columns."""
    return (
        f"select * from read_parquet([{_listed(files)}], hive_partitioning = false) where {where}"
    )


def create(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    name: str | None = None,
    rows: str | None = None,
) -> int:
    """Build one model as a table ordered by its grain; give its number of rows.

    `rows` is the query that gives them; the model's own where none is given.
    """
    table = name or model.name
    query = measured_rows(connection, model, rows or model.consented(model.sql))
    with _naming(model):
        created = connection.execute(f"create table {table} as {_ordered(query, model)}")
    return int(created.fetchall()[0][0])


def copy(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    query: str,
    target: Path,
    options: str = "",
) -> None:
    """Write the rows of a model's query as Parquet."""
    run(
        connection,
        model,
        f"copy (\n{query}\n) to {text(target)}"
        f" (format parquet, compression zstd, compression_level 1{options})",
    )


def measured_rows(connection: duckdb.DuckDBPyConnection, model: Model, query: str) -> str:
    """Give the query of what the model's measure makes of some rows; without one, theirs.

    Columns have the types of the query's, of which Arrow knows no token.
    """
    if model.measure is None:
        return query
    with _naming(model):
        given = connection.sql(query)
        connection.register("measured", measured(model, given.to_arrow_table()))
    types = zip(given.columns, given.types, strict=True)
    columns = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in types)
    return f"select {columns} from measured"


def _ordered(rows: str, model: Model) -> str:
    order = ", ".join(f'"{name}"' for name in model.grain) or "1"
    return f"select * from (\n{rows}\n) order by {order}"


def run(connection: duckdb.DuckDBPyConnection, model: Model, statement: str) -> None:
    """Run a statement around a model's query; ModelError names its file where it fails."""
    with _naming(model):
        connection.execute(statement)


@contextmanager
def _naming(model: Model) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise ModelError(f"sql/{model.schema}/{model.table}.sql: {error}") from None


def count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Count the rows of a table."""
    row = connection.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0


def content(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """Give what stands for the rows of a table, in whatever order they are."""
    found = connection.execute(
        f"select count(*), coalesce(sum(hash(rows)), 0) from {table} as rows"
    ).fetchone()
    return ":".join(str(number) for number in found or ())


def contents(
    connection: duckdb.DuckDBPyConnection, table: str, column: str
) -> list[tuple[dt.date, int, str]]:
    """Give, for each date of a column, the number of rows and what stands for them."""
    return connection.execute(
        f"select {column}, count(*), sum(hash(rows))::varchar from {table} as rows"
        f" group by {column} order by {column}"
    ).fetchall()


def columns(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """Give the types of a table's columns by their names."""
    described = connection.execute(f"describe select * from {table}").fetchall()
    return {name: kind for name, kind, *_ in described}


def describe(
    connection: duckdb.DuckDBPyConnection, model: Model, table: str, kind: str = "table"
) -> None:
    """Write a model's description and its columns' notes into the database as comments.

    kind: `table` or `view`.
    """
    notes = [f"comment on {kind} {table} is {text(model.purpose)}"]
    notes += [
        f'comment on column {table}."{column}" is {text(note)}'
        for column, note in model.columns.items()
        if note
    ]
    connection.execute("; ".join(["begin", *notes, "commit"]))


def _write_settings(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    connection.execute(
        "create table settings.run as select ?::date as as_of, ?::varchar as bank_name",
        [settings.as_of, settings.bank_name],
    )
    values = settings.parameters.model_dump()
    columns = ", ".join(f'{_literal(value)} as "{name}"' for name, value in values.items())
    connection.execute(f"create table settings.parameters as select {columns}")
    connection.execute(
        "create table settings.parameter_list"
        " (name varchar, value varchar, meaning_zh varchar, meaning_en varchar)"
    )
    connection.executemany(
        "insert into settings.parameter_list values (?, ?, ?, ?)",
        [(name, str(values[name]), *meaning) for name, meaning in meanings().items()],
    )


def _write_purposes(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    connection.execute(
        "create table settings.purposes"
        " (purpose varchar, consent varchar, notice_1 bigint, notice_2 bigint)"
    )
    connection.executemany(
        "insert into settings.purposes values (?, ?, ?, ?)",
        [
            (name, purpose.consent, *(purpose.notice or (None, None)))
            for name, purpose in sorted(catalogue.read(settings).purposes.items())
        ],
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
