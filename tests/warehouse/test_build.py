"""Draft, build, check, swap: the old databases or the new ones, never a part of one."""

import datetime as dt
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipeline import warehouse
from pipeline.errors import InputError, ModelError
from pipeline.ingest import sources
from pipeline.ingest.land import write_schemas
from pipeline.parameters import Parameters
from pipeline.settings import Settings

STAGING = """
-- Customers as delivered.
-- grain: customer_token

select * from (values ('t1', 'hq'), ('t2', 'hq'), ('t3', 'line')) as t (customer_token, tier)
"""
PUBLISHED = """
-- Customers of each tier.
-- grain: tier

select
    tier,                   -- head office or line
    count(*) as customers,  -- distinct
    publish.publish_id      -- which build
from staging.customers
cross join settings.publish
group by all
"""
CHECK = """
-- Every customer has a tier.
select customer_token, tier from staging.customers where tier is null
"""


@pytest.fixture
def small(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of two models and a check, over a lake without a row."""
    folder = tmp_path / "sql"
    write(folder, "staging/customers", STAGING)
    write(folder, "published/tiers", PUBLISHED)
    write(folder, "checks/customers__have_a_tier", CHECK)
    monkeypatch.setattr("pipeline.warehouse.model.sql_folder", lambda: folder)
    write_schemas(settings.lake, sources())
    return folder


def write(folder: Path, name: str, text: str) -> None:
    file = folder / f"{name}.sql"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.lstrip(), encoding="utf-8")


def databases(settings: Settings) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(settings.home.glob("*.duckdb"))}


def ask(database: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_build_says_what_it_built_in_order(settings: Settings, small: Path) -> None:
    told: list[tuple[warehouse.Built, int]] = []
    built = warehouse.build(settings, lambda table, of: told.append((table, of)))
    assert [(table.name, table.rows) for table in built] == [
        ("staging.customers", 3),
        ("published.tiers", 2),
    ]
    assert told == [(table, len(built)) for table in built]


def test_the_published_file_holds_the_published_tables_and_nothing_else(
    settings: Settings, small: Path
) -> None:
    warehouse.build(settings)
    tables = "select schema_name, table_name from duckdb_tables()"
    assert ask(settings.published_database, tables) == [("published", "tiers")]
    assert b"customer_token" in settings.analysis_database.read_bytes()
    assert b"customer_token" not in settings.published_database.read_bytes()


def test_only_the_user_reads_the_analysis_database(settings: Settings, small: Path) -> None:
    warehouse.build(settings)
    assert settings.analysis_database.stat().st_mode & 0o777 == 0o600
    assert settings.published_database.stat().st_mode & 0o777 == 0o640


def test_the_same_inputs_are_published_under_the_same_id(settings: Settings, small: Path) -> None:
    assert published_id(settings) == published_id(settings)


@pytest.mark.parametrize("of", ["funnel.duckdb", "analysis.duckdb"])
def test_a_database_that_finds_no_room_leaves_the_old_ones(
    settings: Settings, small: Path, of: str
) -> None:
    warehouse.build(settings)
    before = databases(settings)
    assert len(before["funnel.duckdb"]) < len(before["analysis.duckdb"])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before[of]) - 1, limits[1]))
    try:
        with pytest.raises(ModelError, match=rf"{of}: 写不全"):
            warehouse.build(settings, full=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert databases(settings) == before


@pytest.mark.parametrize(
    "change",
    [
        {"as_of": dt.date(2026, 11, 23)},
        {"bank_name": "江屿银行"},
        {"parameters": Parameters(small_cell=20)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_setting_is_published_under_another_id(
    settings: Settings, small: Path, change: dict[str, object]
) -> None:
    assert published_id(settings) != published_id(settings.model_copy(update=change))


def test_another_model_is_published_under_another_id(settings: Settings, small: Path) -> None:
    before = published_id(settings)
    write(small, "staging/customers", STAGING.replace("('t3', 'line')", "('t3', 'branch')"))
    assert published_id(settings) != before


def published_id(settings: Settings) -> object:
    warehouse.build(settings)
    ((found,),) = ask(
        settings.published_database, "select distinct publish_id from published.tiers"
    )
    return found


def break_model(folder: Path) -> None:
    write(folder, "staging/customers", "-- A.\n-- grain: n\nselect cast('x' as integer) as n")


def break_check(folder: Path) -> None:
    write(folder, "checks/customers__have_a_tier", CHECK.replace("is null", "= 'line'"))


def break_grain(folder: Path) -> None:
    write(folder, "published/tiers", PUBLISHED.replace("grain: tier", "grain: publish_id"))


def break_note(folder: Path) -> None:
    write(folder, "published/tiers", PUBLISHED.replace("-- distinct", ""))


def break_header(folder: Path) -> None:
    write(folder, "staging/customers", STAGING.replace("-- grain: customer_token", ""))


BREAKS = [
    (break_model, "sql/staging/customers.sql: "),
    (break_check, "check customers__have_a_tier failed: Every customer has a tier."),
    (break_grain, "check published.tiers__grain failed: a row is unique by publish_id"),
    (break_note, "published.tiers: no note beside customers"),
    (break_header, "customers.sql: the comment at its top has no line `-- grain: …`"),
]


@pytest.mark.parametrize(
    ("broken", "said"), BREAKS, ids=lambda value: getattr(value, "__name__", "")
)
def test_a_build_that_fails_leaves_both_databases_as_they_were(
    settings: Settings, small: Path, broken: Callable[[Path], None], said: str
) -> None:
    warehouse.build(settings)
    before = databases(settings)
    broken(small)
    with pytest.raises(ModelError) as error:
        warehouse.build(settings)
    assert said in str(error.value)
    assert databases(settings) == before
    left = sorted(path.name for path in settings.home.iterdir())
    assert left == [*sorted(before), "lake", "parts"]


def test_a_failed_check_shows_the_row_and_not_whose_it_is(settings: Settings, small: Path) -> None:
    break_check(small)
    with pytest.raises(ModelError) as error:
        warehouse.build(settings)
    assert "1 rows break it, the first of them:\n    tier = line\n" in str(error.value)
    assert "t3" not in str(error.value)
    assert not settings.published_database.exists()


def test_an_empty_lake_is_refused_with_the_command_that_fills_it(settings: Settings) -> None:
    with pytest.raises(InputError, match="请先运行 funnel ingest · the lake is empty"):
        warehouse.build(settings)
    assert not settings.home.exists()


def test_a_draft_that_a_killed_run_left_is_cleared_away(settings: Settings, small: Path) -> None:
    (settings.home / ".draft" / "spill").mkdir(parents=True)
    (settings.home / ".draft" / "analysis.duckdb").write_bytes(b"half a database")
    warehouse.build(settings)
    assert not (settings.home / ".draft").exists()
    assert ask(settings.published_database, "select count(*) from published.tiers") == [(2,)]


def test_a_home_may_have_any_name(settings: Settings, small: Path, tmp_path: Path) -> None:
    named = settings.model_copy(update={"home": tmp_path / "银行's data [v2] *;"})
    write_schemas(named.lake, sources())
    warehouse.build(named)
    assert named.published_database.is_file()


def test_who_reads_while_a_build_swaps_keeps_what_was_opened(
    settings: Settings, small: Path, tmp_path: Path
) -> None:
    warehouse.build(settings)
    count = "select count(*) from published.tiers"
    with duckdb.connect(str(settings.published_database), read_only=True) as reader:
        write(small, "staging/customers", STAGING.replace("('t3', 'line')", "('t3', 'hq')"))
        warehouse.build(settings)
        assert reader.execute(count).fetchall() == [(2,)]
        swapped_in = shutil.copy(settings.published_database, tmp_path / "new.duckdb")
        assert ask(swapped_in, count) == [(1,)]


def test_the_published_sample_holds_no_table_and_no_token_of_the_analysis(
    sample_run: Settings,
) -> None:
    published = sample_run.published_database.read_bytes()
    assert b"customer_token" not in published
    layers = "select distinct schema_name from duckdb_tables()"
    assert ask(sample_run.published_database, layers) == [("published",)]
    tokens = ask(
        sample_run.analysis_database,
        "select distinct customer_token from staging.bank_events"
        " where customer_token is not null order by 1 limit 100",
    )
    assert len(tokens) == 100
    for (token,) in tokens:
        for form in (str(token).encode(), token.hex.encode(), token.bytes, token.bytes_le):
            assert form not in published
        assert token.bytes[:7:-1] not in published, "as DuckDB stores its lower half"


def test_every_published_table_and_column_of_the_sample_carries_its_note(
    sample_run: Settings,
) -> None:
    bare = ask(
        sample_run.published_database,
        "select table_name, '' from duckdb_tables() where coalesce(comment, '') = '' union all"
        " select table_name, column_name from duckdb_columns()"
        " where not internal and coalesce(comment, '') = ''",
    )
    assert bare == []


def test_a_build_killed_midway_leaves_the_old_databases_and_the_next_one_succeeds(
    empty_warehouse: Path, tmp_path: Path
) -> None:
    home = tmp_path / "data"
    shutil.copytree(empty_warehouse.parent, home)
    before = {file.name: file.read_bytes() for file in home.glob("*.duckdb")}
    command = [sys.executable, "-m", "pipeline", "build", "--home", str(home)]
    command += ["--as-of", "2026-11-23"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        while not (home / ".draft" / "analysis.duckdb").exists():
            assert run.poll() is None, "the build ended before it could be killed"
            time.sleep(0.002)
        run.kill()
    assert run.returncode == -9
    assert (home / ".draft").is_dir()
    assert {file.name: file.read_bytes() for file in home.glob("*.duckdb")} == before
    subprocess.run(command, check=True, capture_output=True)
    assert not (home / ".draft").exists()
    as_of = ask(home / "funnel.duckdb", "select as_of::varchar from published.run")
    assert as_of == [("2026-11-23",)]
