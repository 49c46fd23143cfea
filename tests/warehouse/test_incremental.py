"""Whatever arrives in whatever order, what is built bit by bit is what is built from nothing."""

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline import warehouse
from pipeline.settings import Settings
from pipeline.warehouse import duckdb_engine, lake
from pipeline.warehouse.model import Model, read_models
from pipeline.warehouse.order import in_order
from tests.warehouse.bank import AS_OF, SOURCES, Bank


def rows(database: Path, schemas: tuple[str, ...]) -> dict[str, list[str]]:
    """Every table and view of some schemas, its rows as text in order."""
    found = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
            " where table_schema in (select unnest(?)) order by 1",
            [list(schemas)],
        ).fetchall()
        for (name,) in tables:
            texts = connection.execute(f"select t::varchar from {name} as t").fetchall()
            found[name] = sorted(text for (text,) in texts)
    return found


def at_once(settings: Settings) -> dict[str, list[str]]:
    """The rows of every model of staging and core, by its query over whole tables."""
    found = {}
    with duckdb_engine.connect(None, settings) as connection:
        duckdb_engine.prepare(connection, settings, "")
        for dataset in lake.datasets(settings).values():
            duckdb_engine.show_lake(connection, dataset.name, dataset.files)
        for model in in_order(read_models()):
            if model.schema != "published":
                duckdb_engine.create(connection, model)
                texts = connection.execute(f"select t::varchar from {model.name} as t").fetchall()
                found[model.name] = sorted(text for (text,) in texts)
    return found


LAYERS = ("staging", "core", "published")


@pytest.mark.parametrize("seed", range(5))
def test_built_bit_by_bit_is_built_from_nothing(
    settings: Settings, tmp_path: Path, seed: int
) -> None:
    bank = Bank(settings, seed)
    for _ in range(4):
        happened = [bank.change() for _ in range(bank.random.randrange(1, 5))]
        night = settings.model_copy(
            update={"as_of": AS_OF + dt.timedelta(days=bank.random.randrange(-30, 30))}
        )
        warehouse.build(night)
        bit_by_bit = rows(settings.analysis_database, LAYERS)
        published = rows(settings.published_database, ("published",))
        anew = night.model_copy(update={"home": tmp_path / "anew"})
        anew.home.mkdir(exist_ok=True)
        if not anew.lake.exists():
            anew.lake.symlink_to(settings.lake)
        warehouse.build(anew, full=True)
        assert bit_by_bit == rows(anew.analysis_database, LAYERS), happened
        assert published == rows(anew.published_database, ("published",)), happened
    # What all of them left behind, by queries over whole tables.
    for name, wanted in at_once(night).items():
        assert bit_by_bit[name] == wanted, (name, happened)


LAKE_PARTS = [model for model in read_models() if model.per and model.schema == "staging"]


@pytest.mark.parametrize("model", LAKE_PARTS, ids=lambda model: model.name)
def test_a_model_in_parts_has_its_keys_within_them(model: Model) -> None:
    """A row is of one day or month: of the lake's own column, or one that is made of it.

    A day lies in one part, whether parts are days or months.
    """
    column, every = SOURCES[model.dataset].partition_by
    assert (model.per, every) in {("day", "day"), ("month", "day"), ("month", "month")}
    assert model.moves or {column, str(model.per), "day"} & set(model.grain)


def test_another_small_cell_withholds_otherwise_at_once(sample_run: Settings) -> None:
    shown = rows(sample_run.published_database, ("published",))
    smaller = {"parameters": sample_run.parameters.model_copy(update={"small_cell": 25})}
    home = sample_run.home.with_name("small-cell")
    home.mkdir()
    for file in sample_run.home.glob("*.duckdb"):
        shutil.copy(file, home)
    for folder in ("lake", "parts"):
        shutil.copytree(getattr(sample_run, folder), home / folder)
    settings = sample_run.model_copy(update={"home": home} | smaller)
    warehouse.build(settings)
    kept = rows(settings.published_database, ("published",))
    warehouse.build(settings, full=True)
    assert kept == rows(settings.published_database, ("published",)) != shown


def test_the_sample_in_parts_is_the_sample_at_once(sample_run: Settings) -> None:
    in_parts = rows(sample_run.analysis_database, ("staging", "core"))
    for name, wanted in at_once(sample_run).items():
        assert in_parts[name] == wanted, name
