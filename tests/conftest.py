"""What every test may ask for: tables drawn as text, a workspace, the sample as a run leaves it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import hypothesis
import pytest

from pipeline import ingest, report, warehouse
from pipeline import settings as configuration
from pipeline.ingest import sources
from pipeline.ingest.land import write_schemas
from pipeline.settings import Settings
from pipeline.warehouse import duckdb_engine
from pipeline.warehouse.model import read_model, sql_folder
from tests.drawing import drawn, shown
from tests.warehouse.people import PEOPLE

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
KEY = "a key for tests only, 32 bytes or more"
AS_OF = "2026-11-16"
LONGEST = (
    "spark/test_every_model.py",
    "warehouse/test_crashes.py",
    "warehouse/test_incremental.py",
    "test_erasure.py",
    "warehouse/test_derived_parts.py",
    "spark/test_engine.py",
    "spark/test_ingest.py",
    "ingest/test_any_order.py",
    "test_night.py",
    "bench/test_bench.py",
)
"""Files of tests that take minutes, the longest first."""


# What is drawn is drawn the same each time, and the time it takes fails nothing. To look further:
# `pytest --hypothesis-profile fuzz tests/review`.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("fuzz", deadline=None, max_examples=20_000)
hypothesis.settings.load_profile("same")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files: one that comes last keeps one process busy, and no other."""
    places = {Path(__file__).parent / name: at for at, name in enumerate(LONGEST)}
    assert all(file.is_file() for file in places), "LONGEST names a file that is not there"
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("HOME", "CONFIG", "INBOX", "REPORTS", "AS_OF", "TOKEN_KEY", "TOKEN_KEY_FILE")
    for name in (*names, "ENGINE", "SPARK"):
        monkeypatch.delenv(f"FUNNEL_{name}", raising=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return configuration.load(
        home=tmp_path / "data", reports=tmp_path / "reports", as_of=AS_OF, token_key=KEY
    )


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A night over the committed sample; read its databases, change nothing."""
    folder = tmp_path_factory.mktemp("sample-run")
    settings = configuration.load(
        SAMPLE / "funnel.toml", home=folder / "data", reports=folder / "reports"
    )
    ingest.run(settings)
    warehouse.build(settings)
    report.write(settings)
    return settings


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse built over an empty lake: it gives every table its columns and types."""
    home = tmp_path_factory.mktemp("empty")
    settings = configuration.load(home=home, as_of=AS_OF, token_key=KEY)
    write_schemas(settings.lake, sources())
    warehouse.build(settings)
    return settings.analysis_database


class Given:
    """Tables drawn as text, as a model finds them: `given["staging.bank_links"] = \"\"\"…\"\"\"`.

    Only the columns that matter are drawn, the others are null; a table that is not drawn is
    empty. `given.parameters(small_cell=3)` and `given.as_of("2026-12-01")` change the settings.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def __setitem__(self, table: str, drawing: str) -> None:
        names, rows = drawn(drawing)
        self.connection.execute(f"delete from {table}")
        if not rows:
            return
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" for _ in names)
        self.connection.executemany(f"insert into {table} ({columns}) values ({marks})", rows)

    def parameters(self, **values: object) -> None:
        for name, value in values.items():
            self.connection.execute(f"update settings.parameters set {name} = ?", [value])

    def as_of(self, day: str) -> None:
        self.connection.execute("update settings.run set as_of = ?", [day])

    def build(self, *names: str) -> None:
        """Build models over the given tables, in this order."""
        for name in names:
            schema, table = name.split(".")
            self.connection.execute(f"drop table if exists {name}")
            model = read_model(sql_folder() / schema / f"{table}.sql")
            duckdb_engine.create(self.connection, model)


@pytest.fixture(scope="session")
def empty_tables(
    empty_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The empty warehouse with the lake's tables too, each of them one that can be written to."""
    copy = tmp_path_factory.mktemp("tables") / "analysis.duckdb"
    shutil.copy(empty_warehouse, copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute("begin")
        _make_lake(connection, empty_warehouse.parent / "lake")
        _make_views_writable(connection)
        # The feed of a drawn bank reaches every week, unless a test draws gaps.
        connection.execute("delete from core.feed_gaps")
        connection.execute("commit")
        yield connection


@pytest.fixture
def given(empty_tables: duckdb.DuckDBPyConnection) -> Iterator[Given]:
    """What a test draws and builds is taken back when it ends."""
    empty_tables.execute("begin")
    given = Given(empty_tables)
    # Drawn persons consented, unless a test draws who did.
    given["staging.consented_customers"] = "\n".join(["customer_token", *PEOPLE])
    yield given
    empty_tables.execute("rollback")


def _make_lake(connection: duckdb.DuckDBPyConnection, lake: Path) -> None:
    """Give every dataset as a table: a finished database does not keep them."""
    connection.execute("create schema lake")
    for schema in sorted(lake.glob("*/schema.parquet")):
        connection.execute(
            f"create table lake.{schema.parent.name} as from read_parquet(?)", [str(schema)]
        )


def _make_views_writable(connection: duckdb.DuckDBPyConnection) -> None:
    views = connection.execute(
        "select schema_name, view_name from duckdb_views()"
        " where schema_name in ('staging', 'core') order by all"
    ).fetchall()
    for schema, view in views:
        connection.execute(f"create table {schema}._{view} as from {schema}.{view}")
        connection.execute(f"drop view {schema}.{view}")
        connection.execute(f"alter table {schema}._{view} rename to {view}")


@pytest.fixture
def assert_built(given: Given) -> Callable[[str, str], None]:
    """Build one model over the given tables and compare the columns that are drawn."""

    def check(name: str, drawing: str) -> None:
        given.build(name)
        names, wanted = drawn(drawing)
        columns = ", ".join(f'"{column}"' for column in names)
        found = given.connection.execute(f"select {columns} from {name}").fetchall()
        typed = _typed(name, names)
        want = [given.connection.execute(typed, row).fetchone() or () for row in wanted]
        assert shown(names, sorted(found, key=_key)) == shown(names, sorted(want, key=_key))

    def _typed(name: str, names: list[str]) -> str:
        columns = given.connection.execute(f"select * from {name} limit 0").description or []
        types = {column[0]: column[1] for column in columns}
        return "select " + ", ".join(f"cast(? as {types[column]})" for column in names)

    return check


def _key(row: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(str(value) for value in row)
