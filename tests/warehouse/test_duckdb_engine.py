"""What a draft database holds before the first model, and how models become tables."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import ModelError
from pipeline.ingest import sources
from pipeline.ingest.land import write_schemas
from pipeline.parameters import Parameters
from pipeline.settings import Settings
from pipeline.warehouse import duckdb_engine
from pipeline.warehouse.model import Model


@pytest.fixture
def draft(settings: Settings, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give an empty draft beside a lake that has every table and no row."""
    write_schemas(settings.lake, sources())
    with duckdb_engine.connect(tmp_path / "draft.duckdb", settings) as connection:
        duckdb_engine.prepare(connection, settings, "0123456789ab")
        yield connection


def model(sql: str, grain: tuple[str, ...] = (), **columns: str) -> Model:
    return Model("core", "t", sql, "What it's for.", grain, {}, (), columns, frozenset())


def one(connection: duckdb.DuckDBPyConnection, sql: str) -> object:
    row = connection.execute(sql).fetchone()
    return row[0] if row else None


def test_files_of_a_dataset_are_shown_with_every_column_by_name(
    settings: Settings, draft: duckdb.DuckDBPyConnection
) -> None:
    for source in sources():
        duckdb_engine.show_lake(
            draft, source.name, [settings.lake / source.name / "schema.parquet"]
        )
        assert one(draft, f"select count(*) from lake.{source.name}") == 0


def test_the_run_is_a_table_of_one_row(draft: duckdb.DuckDBPyConnection) -> None:
    assert draft.execute(
        "select as_of::varchar, bank_name, publish_id from settings.run, settings.publish"
    ).fetchall() == [("2026-11-16", "本行", "0123456789ab")]


def test_every_parameter_is_a_column_for_models_and_a_row_for_the_page(
    draft: duckdb.DuckDBPyConnection,
) -> None:
    defaults = Parameters().model_dump()
    (row,) = draft.execute("select * from settings.parameters").fetchall()
    assert [str(value) for value in row] == [str(value) for value in defaults.values()]
    listed = draft.execute("select name, value from settings.parameter_list").fetchall()
    assert listed == [(name, str(value)) for name, value in defaults.items()]


def test_a_name_with_an_apostrophe_is_a_value_like_any_other(
    settings: Settings, tmp_path: Path
) -> None:
    quoted = settings.model_copy(
        update={
            "home": tmp_path / "it's here",
            "parameters": Parameters(consent_purpose="the bank's"),
        }
    )
    write_schemas(quoted.lake, sources())
    with duckdb_engine.connect(None, quoted) as connection:
        duckdb_engine.prepare(connection, quoted, "x")
        assert one(connection, "select consent_purpose from settings.parameters") == "the bank's"
        duckdb_engine.show_lake(
            connection, "bank_links", [quoted.lake / "bank_links" / "schema.parquet"]
        )
        assert one(connection, "select count(*) from lake.bank_links") == 0


@pytest.mark.parametrize(
    ("day", "week", "monday"),
    [("2026-11-15", "2026-W46", "2026-11-09"), ("2025-12-29", "2026-W01", "2025-12-29")],
)
def test_the_calendar_knows_iso_weeks(
    draft: duckdb.DuckDBPyConnection, day: str, week: str, monday: str
) -> None:
    found = draft.execute(
        "select week, week_starts::varchar from settings.calendar where day = ?::date", [day]
    ).fetchall()
    assert found == [(week, monday)]


def test_the_calendar_has_each_day_once_and_the_window_after_the_run(
    draft: duckdb.DuckDBPyConnection,
) -> None:
    days, distinct, last = draft.execute(
        "select count(*), count(distinct day), max(day)::varchar from settings.calendar"
    ).fetchall()[0]
    assert days == distinct
    assert last == "2027-01-17"


def test_a_model_becomes_a_table_in_the_order_of_its_grain(
    draft: duckdb.DuckDBPyConnection,
) -> None:
    rows = duckdb_engine.create(draft, model("from (values (3), (1), (2)) as t (n)", ("n",)))
    assert rows == 3
    assert draft.execute("select n from core.t").fetchall() == [(1,), (2,), (3,)]


def test_a_model_that_fails_names_its_file(draft: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ModelError, match=r"sql/core/t\.sql: .*nowhere"):
        duckdb_engine.create(draft, model("select n from core.nowhere"))


def test_description_and_notes_become_comments(draft: duckdb.DuckDBPyConnection) -> None:
    described = model("select 1 as n, 2 as m", n="the customer's number", m="")
    duckdb_engine.create(draft, described)
    duckdb_engine.describe(draft, described, "core.t")
    assert one(draft, "select comment from duckdb_tables() where table_name = 't'") == (
        "What it's for."
    )
    notes = draft.execute(
        "select column_name, comment from duckdb_columns() where table_name = 't' order by 1"
    ).fetchall()
    assert notes == [("m", None), ("n", "the customer's number")]


def test_a_build_never_fetches_an_extension(draft: duckdb.DuckDBPyConnection) -> None:
    for setting in ("autoinstall_known_extensions", "autoload_known_extensions"):
        assert one(draft, f"select current_setting('{setting}')") is False


def test_a_model_that_would_spill_beyond_the_limit_fails(
    settings: Settings, tmp_path: Path
) -> None:
    small = settings.model_copy(update={"memory_limit": "50MB", "spill_limit": "1MB"})
    rows = "select i, md5(i::varchar) as text from range(3000000) as t (i)"
    with duckdb_engine.connect(tmp_path / "draft.duckdb", small) as connection:
        connection.execute(f"set temp_directory = '{tmp_path}/spill'; create schema core")
        with pytest.raises(ModelError, match=r"sql/core/t\.sql: Out of Memory"):
            duckdb_engine.create(connection, model(rows, ("text",)))
