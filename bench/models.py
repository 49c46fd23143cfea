"""The project's own models over drawn tables, as benchmarks of one step measure them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.parameters import Parameters
from pipeline.warehouse.model import read_model, sql_folder


@contextmanager
def engine(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open DuckDB with the schemas and parameters of a build, and every Parquet file as a table.

    A file is named like its table, such as `core.touches.parquet`.
    """
    with duckdb.connect(config={"memory_limit": "2GB", "threads": 2}) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"set temp_directory = '{folder / 'spill'}'")
        for schema in ("settings", "staging", "core", "published"):
            connection.execute(f"create schema {schema}")
        values = ", ".join(f"{value!r} as {name}" for name, value in Parameters())
        connection.execute(f"create table settings.parameters as select {values}")
        for file in sorted(folder.glob("*.*.parquet")):
            connection.execute(f"create view {file.stem} as from read_parquet('{file}')")
        yield connection


def make(connection: duckdb.DuckDBPyConnection, folder: Path, name: str) -> None:
    """Run a model's file; its rows go into a Parquet file, as those of a part do."""
    schema, table = name.split(".")
    model = read_model(sql_folder() / schema / f"{table}.sql")
    file = folder / f"made.{name}"
    connection.execute(
        f"copy (\n{model.sql}\n) to '{file}'"
        " (format parquet, compression zstd, compression_level 1)"
    )
    connection.execute(f"create or replace view {name} as from read_parquet('{file}')")
