"""Draft, build, check, swap: readers see the old database or the new one, never a part of one."""

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipeline.errors import InputError
from pipeline.settings import Settings
from pipeline.warehouse import checks, duckdb_engine
from pipeline.warehouse.engine import Engine
from pipeline.warehouse.model import Check, Model, read_checks, read_models
from pipeline.warehouse.order import in_order
from pipeline.warehouse.protect import protect


@dataclass(frozen=True)
class Built:
    """One table as it was built: its name, rows and the seconds it took."""

    name: str
    rows: int
    seconds: float


def build(
    settings: Settings, done: Callable[[Built, int], None] = lambda built, of: None
) -> list[Built]:
    """Build every model from the lake, check it, and swap in the new databases.

    `done` is told of each table as it is made, and how many there will be.
    Writes `analysis.duckdb` (mode 0600) and `funnel.duckdb` in the home folder. Raises InputError
    for a lake that holds nothing and ModelError when a model or a check fails; both leave the
    databases of the last run as they were.
    """
    models, rules = in_order(read_models()), read_checks()
    for model in models:
        if model.schema == "published":
            checks.check_notes(model)
    if not any(settings.lake.glob("*/schema.parquet")):
        raise InputError(f"{settings.lake}: the lake is empty; run `funnel ingest` first")
    with _draft(settings) as folder:
        built = _build_draft(folder, settings, models, rules, done)
        _swap(folder, settings)
    return built


def _build_draft(
    folder: Path,
    settings: Settings,
    models: list[Model],
    rules: list[Check],
    done: Callable[[Built, int], None],
) -> list[Built]:
    built = []
    with duckdb_engine.connect(folder / "analysis.duckdb", settings) as connection:
        connection.execute(f"set temp_directory = {duckdb_engine.text(folder / 'spill')}")
        publish_id = _publish_id(settings, models)
        duckdb_engine.prepare(connection, settings, publish_id)
        with _engine(connection, settings, publish_id, folder) as engine:
            for model in models:
                started = time.perf_counter()
                rows = engine.create(model)
                if model.persons:
                    protect(connection, model, settings.parameters.small_cell)
                engine.check(checks.grain(model))
                built.append(Built(model.name, rows, time.perf_counter() - started))
                done(built[-1], len(models))
            for rule in rules:
                engine.check(rule)
        _copy_published(connection, folder / "funnel.duckdb", models)
    return built


@contextmanager
def _engine(
    connection: duckdb.DuckDBPyConnection, settings: Settings, publish_id: str, folder: Path
) -> Iterator[Engine]:
    """Give the engine the settings name; Spark is imported only where it is wanted."""
    if settings.engine == "duckdb":
        yield duckdb_engine.DuckDBEngine(connection)
        return
    from pipeline.warehouse import spark_engine

    with spark_engine.started(connection, settings, publish_id, folder / "spark") as engine:
        yield engine


def _copy_published(
    connection: duckdb.DuckDBPyConnection, database: Path, models: list[Model]
) -> None:
    """Copy the published tables into a file of their own, and only there."""
    connection.execute(f"attach {duckdb_engine.text(database)} as funnel")
    connection.execute("create schema funnel.published")
    for model in models:
        if model.schema == "published":
            copy = f"funnel.{model.name}"
            connection.execute(f"create table {copy} as select * from {model.name} order by rowid")
            duckdb_engine.describe(connection, model, copy)
    connection.execute("detach funnel")


def _publish_id(settings: Settings, models: list[Model]) -> str:
    """Name what is published by what it is made of: SQL, parameters, date, deliveries, waiting."""
    digest = hashlib.sha256(f"{settings.as_of} {settings.bank_name}".encode())
    digest.update(settings.parameters.model_dump_json().encode())
    for model in models:
        digest.update(model.sql.encode())
    for delivery in sorted(settings.lake.glob("deliveries/*.parquet")):
        digest.update(delivery.name.encode())
    for waiting in sorted(settings.lake.glob("waiting_files/*.parquet")):
        digest.update(str(pq.ParquetFile(waiting).read().to_pylist()).encode())
    return digest.hexdigest()[:12]


@contextmanager
def _draft(settings: Settings) -> Iterator[Path]:
    """Give an empty folder beside the databases; whatever a killed run left there goes first."""
    folder = settings.home / ".draft"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _swap(folder: Path, settings: Settings) -> None:
    for database in (settings.analysis_database, settings.published_database):
        draft = folder / database.name
        draft.chmod(0o600 if database == settings.analysis_database else 0o640)
        draft.replace(database)
