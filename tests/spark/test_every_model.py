"""Every model gives the same table on Spark as on DuckDB: columns, types and rows."""

import math
from collections.abc import Iterator

import duckdb
import pytest

from pipeline.settings import Settings
from pipeline.warehouse.model import read_models

MODELS = [model.name for model in read_models()]


@pytest.fixture(scope="module")
def both(on_duckdb: Settings, on_spark: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{on_duckdb.analysis_database}' as here (read_only)")
        connection.execute(f"attach '{on_spark.analysis_database}' as there (read_only)")
        yield connection


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_the_same_on_both_engines(both: duckdb.DuckDBPyConnection, name: str) -> None:
    here, there = f"here.{name}", f"there.{name}"
    assert both.sql(f"describe {there}").fetchall() == both.sql(f"describe {here}").fetchall()
    assert notes(both, there) == notes(both, here)
    gone = both.sql(f"(from {here} except all from {there}) order by all").fetchall()
    new = both.sql(f"(from {there} except all from {here}) order by all").fetchall()
    assert len(new) == len(gone)
    assert [(a, b) for a, b in zip(gone, new, strict=True) if not alike(a, b)] == []


def test_every_model_has_rows_to_compare(both: duckdb.DuckDBPyConnection) -> None:
    assert [name for name in MODELS if not both.sql(f"from here.{name} limit 1").fetchall()] == []


def test_what_is_published_is_the_same_file_of_tables(
    on_duckdb: Settings, on_spark: Settings
) -> None:
    assert on_spark.published_database.stat().st_mode & 0o777 == 0o640
    with duckdb.connect() as connection:
        connection.execute(f"attach '{on_duckdb.published_database}' as here (read_only)")
        connection.execute(f"attach '{on_spark.published_database}' as there (read_only)")
        for name in (name for name in MODELS if name.startswith("published.")):
            assert notes(connection, f"there.{name}") == notes(connection, f"here.{name}")
            rows = [connection.sql(f"from {side}.{name}").fetchall() for side in ("here", "there")]
            assert len(rows[0]) == len(rows[1])
            assert all(map(alike, *rows)), f"{name}: other rows, or another order"


def alike(here: tuple[object, ...], there: tuple[object, ...]) -> bool:
    return all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
        if isinstance(a, float) and isinstance(b, float)
        else a == b
        for a, b in zip(here, there, strict=True)
    )


def notes(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[object, ...]]:
    database, schema, table = name.split(".")
    return connection.execute(
        "select column_name, comment from duckdb_columns() where database_name = ?"
        " and schema_name = ? and table_name = ? order by column_index",
        [database, schema, table],
    ).fetchall()
