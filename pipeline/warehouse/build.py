"""Draft, build, check, swap: readers see the old database or the new one, never a part of one."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.errors import InputError
from pipeline.files import private_folder
from pipeline.privacy import catalogue
from pipeline.settings import Settings
from pipeline.warehouse import (
    checks,
    duckdb_engine,
    funnel_tables,
    identity,
    known_models,
    lake,
    parts,
    state,
)
from pipeline.warehouse.encryption import refuse_plain
from pipeline.warehouse.engine import Built, Engine
from pipeline.warehouse.lake import Dataset
from pipeline.warehouse.make import Maker, kept
from pipeline.warehouse.model import Check, Model, read_checks
from pipeline.warehouse.order import in_order
from pipeline.warehouse.state import Previous

Done = Callable[[Built, int], None]


def build(
    settings: Settings, done: Done = lambda built, of: None, *, full: bool = False
) -> list[Built]:
    """Build what changed since the last build, check everything, and swap in the new databases.

    `done` is told of each table as it is made, and how many there will be. `full` builds all of it
    anew; the result is the same, row for row.
    Writes parts, `analysis.duckdb` (mode 0600) and `funnel.duckdb` in the home folder. Raises
    InputError for a lake that holds nothing, ConfigurationError for a column of it that is not in
    the catalogue and for a funnel that cannot be counted, and ModelError when a model or a check
    fails; all leave the databases of the last run as they were.
    """
    if settings.encrypt_analysis:
        with draft(draft_folder(settings)) as folder:
            refuse_plain(folder)
    datasets = lake.datasets(settings)
    if not datasets:
        raise InputError(
            f"{settings.lake}：湖里什么也没有，请先运行 funnel ingest · the lake is empty"
        )
    previous, inputs = state.read(settings), identity.inputs(settings, datasets)
    if previous.is_made_of(inputs) and not full:
        _tidy(settings, previous)
        return kept(previous.made)
    _insist(settings, datasets)
    definitions = funnel_tables.definitions(settings)
    models, rules = in_order(known_models.read(settings, definitions)), read_checks()
    for model in models:
        if model.schema == "published":
            checks.check_notes(model)
    with draft(draft_folder(settings)) as folder:
        with duckdb_engine.connect(folder / "analysis.duckdb", settings) as connection:
            connection.execute(f"set temp_directory = {duckdb_engine.text(folder / 'spill')}")
            publish_id = identity.publish_id(settings, models)
            duckdb_engine.prepare(connection, settings, publish_id, inputs)
            last = Previous(previous.database, {}) if full else previous
            with _engine(connection, settings, datasets, publish_id, folder, last) as engine:
                built = _make_all(engine, models, rules, done)
            _copy_published(connection, folder / "funnel.duckdb", models)
            duckdb_engine.finish(connection, folder / "analysis.duckdb")
        _swap(folder, settings)
        parts.remove_others(settings, previous.made, state.read(settings).made)
    return built


def _insist(settings: Settings, datasets: Mapping[str, Dataset]) -> None:
    """Refuse columns that are not catalogued and, where that is set, purposes not assessed."""
    found = catalogue.read(settings)
    found.insist(lake.columns(datasets))
    if settings.purpose_required:
        asked = (settings.parameters.consent_purpose, settings.parameters.merchant_purpose)
        found.insist_on(filter(None, asked), settings.as_of)


def _tidy(settings: Settings, made: Previous) -> None:
    """Remove what a run left that was killed after its swap: its draft stands until the end."""
    left = draft_folder(settings)
    if left.exists():
        parts.remove_others(settings, made.made)
        shutil.rmtree(left)


@contextmanager
def _engine(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    datasets: Mapping[str, Dataset],
    publish_id: str,
    folder: Path,
    previous: Previous,
) -> Iterator[Engine]:
    """Give the engine the settings name; Spark is imported only where it is wanted."""
    if settings.engine == "spark":
        from pipeline.warehouse import spark_engine

        with spark_engine.started(connection, settings, publish_id, folder / "spark") as engine:
            yield engine
        return
    maker = Maker(connection, settings, datasets, previous)
    yield maker
    connection.execute("drop schema lake cascade; drop schema seen cascade")
    state.write(connection, maker.made)


def _make_all(engine: Engine, models: list[Model], rules: list[Check], done: Done) -> list[Built]:
    built = []
    for model in models:
        built.append(engine.make(model))
        done(built[-1], len(models))
    for rule in rules:
        engine.check(rule)
    return built


def _copy_published(
    connection: duckdb.DuckDBPyConnection, database: Path, models: list[Model]
) -> None:
    """Copy the published tables into a file of their own, and only there."""
    duckdb_engine.attach_draft(connection, database)
    connection.execute("create schema funnel.published")
    for model in models:
        if model.schema == "published":
            copy = f"funnel.{model.name}"
            connection.execute(f"create table {copy} as from {model.name}")
            duckdb_engine.describe(connection, model, copy)
    duckdb_engine.finish(connection, database)
    connection.execute("detach funnel")


@contextmanager
def draft(folder: Path) -> Iterator[Path]:
    """Give a folder, empty, and gone afterwards; whatever a killed run left there goes first."""
    shutil.rmtree(folder, ignore_errors=True)
    private_folder(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def draft_folder(settings: Settings) -> Path:
    """Give the folder that databases are drafted in, beside them."""
    return settings.home / ".draft"


def _swap(folder: Path, settings: Settings) -> None:
    """Swap in both; the analyst's database comes last, for it says what was done."""
    for database in (settings.published_database, settings.analysis_database):
        draft = folder / database.name
        draft.chmod(0o600 if database == settings.analysis_database else 0o640)
        draft.replace(database)
