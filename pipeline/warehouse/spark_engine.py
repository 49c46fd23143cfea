"""The Spark engine: staging and core stay on the cluster as Parquet, published tables come back.

Each model's types are those it has on DuckDB: a database of empty tables, built beside, tells
them. A published table is computed on Spark and inserted into the draft, where small cells are
withheld as ever, and goes back to the cluster when a later model reads it.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import sqlglot
from sqlglot import exp

from pipeline.errors import ModelError
from pipeline.parameters import Parameters
from pipeline.settings import Settings
from pipeline.spark import of_spark, said
from pipeline.warehouse import checks, duckdb_engine
from pipeline.warehouse.engine import Built
from pipeline.warehouse.lake import datasets
from pipeline.warehouse.measured import measured
from pipeline.warehouse.model import LAYERS, Check, Model
from pipeline.warehouse.protect import protect
from pipeline.warehouse.spark_dialect import transpiled
from pipeline.warehouse.spark_lake import Lake, address
from pipeline.warehouse.spark_session import clear, session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_ON_THE_CLUSTER = ("staging", "core")


@contextmanager
def started(
    draft: duckdb.DuckDBPyConnection, settings: Settings, publish_id: str, folder: Path
) -> Iterator["SparkEngine"]:
    """Open a session for a prepared draft; stop it at the end.

    Staging and core are kept in `folder` and copied into the draft, or, where the settings name a
    warehouse, stand in `<warehouse>/<publish_id>/<schema>/<table>` alone.
    """
    warehouse = settings.spark.warehouse
    root = f"{warehouse.rstrip('/')}/{publish_id}" if warehouse else address(folder)
    with (
        session(settings, root, folder) as spark,
        duckdb_engine.connect(None, settings) as types,
    ):
        if warehouse:
            clear(spark, warehouse, keep=_published_before(settings) - {publish_id})
        duckdb_engine.prepare(types, settings, publish_id)
        for dataset in datasets(settings).values():
            duckdb_engine.show_lake(types, dataset.name, [dataset.schema])
        for layer in LAYERS:
            spark.sql(f"create database {layer} location '{_escaped(f'{root}/{layer}')}'")
        copies = None if warehouse else folder
        yield SparkEngine(spark, Lake(spark, settings), draft, types, copies, settings.parameters)


class SparkEngine:
    """Makes staging and core on the cluster, and published tables in the draft."""

    def __init__(
        self,
        spark: "SparkSession",
        lake: Lake,
        draft: duckdb.DuckDBPyConnection,
        types: duckdb.DuckDBPyConnection,
        copies: Path | None,
        parameters: Parameters,
    ) -> None:
        self._spark = spark
        self._lake = lake
        self._draft = draft
        self._types = types
        self._copies = copies
        self._parameters = parameters
        self._there: set[str] = set()

    def make(self, model: Model) -> Built:
        """Make a model's table, in the draft too where it is published or copied."""
        started_at = time.perf_counter()
        rows = self._create(model)
        if model.persons:
            chosen = self._parameters
            protect(self._draft, model, chosen.small_cell, rounded_to=chosen.rounded_to)
        self.check(checks.grain(model))
        return Built(model.name, rows, time.perf_counter() - started_at)

    def _create(self, model: Model) -> int:
        file = f"sql/{model.schema}/{model.table}.sql"
        select = transpiled(model.consented(model.sql), file)
        self._note_types(model, file)
        with _named(file):
            self._provide(model.reads)
            rows = self._spark.sql(select)
            if model.schema not in _ON_THE_CLUSTER or model.measure:
                return self._insert(model, measured(model, rows.toArrow()))
            rows.write.saveAsTable(model.name)
        self._there.add(model.name)
        if self._copies:
            return self._insert(model, ds.dataset(self._copies / model.schema / model.table))
        return int(self._spark.table(model.name).count())

    def check(self, check: Check) -> None:
        """Run a check in the draft, or on the cluster where it reads what stands there alone."""
        reads = _tables(check.sql)
        if self._copies or not any(name.startswith(_ON_THE_CLUSTER) for name in reads):
            checks.run(self._draft, check)
            return
        with _named(f"check {check.name}"):
            self._provide(reads)
            found = self._spark.sql(transpiled(check.sql, f"check {check.name}"))
            first = [tuple(row) for row in found.limit(checks.SHOWN).collect()]
            count = found.count() if first else 0
        checks.refuse(check, found.columns, count, first)

    def _provide(self, reads: Iterable[str]) -> None:
        """Put on the cluster what a query reads of the lake and of the draft."""
        for name in sorted(set(reads) - self._there):
            layer, table = name.split(".")
            if layer == "lake":
                self._lake.open(table)
            else:
                rows = self._draft.sql(f"from {name}").to_arrow_table()
                self._spark.createDataFrame(rows).write.saveAsTable(name)
            self._there.add(name)

    def _note_types(self, model: Model, file: str) -> None:
        try:
            self._types.execute(
                f"create table {model.name} as select * from (\n{model.sql}\n) limit 0"
            )
        except duckdb.Error as error:
            raise ModelError(f"{file}: {error}") from None

    def _insert(self, model: Model, rows: pa.Table | ds.Dataset) -> int:
        """Fill the draft's table of a model, in the order of its grain, with DuckDB's types."""
        described = self._types.execute(f"describe {model.name}").fetchall()
        columns = ", ".join(f'"{name}" {kind}' for name, kind, *_ in described)
        values = ", ".join(
            f'cast(hex("{name}") as uuid)' if kind == "UUID" else f'"{name}"'
            for name, kind, *_ in described
        )
        order = ", ".join(f'"{name}"' for name in model.grain) or "1"
        self._draft.execute(f"create table {model.name} ({columns})")
        self._draft.register("from_spark", rows)
        self._draft.execute(
            f"insert into {model.name} select {values} from from_spark order by {order}"
        )
        self._draft.unregister("from_spark")
        duckdb_engine.describe(self._draft, model, model.name)
        return duckdb_engine.count(self._draft, model.name)


def _published_before(settings: Settings) -> set[str]:
    """Name the build that readers use while this one runs."""
    if not settings.analysis_database.exists():
        return set()
    with duckdb_engine.connect_to_read(settings.analysis_database) as before:
        return {
            name for (name,) in before.execute("select publish_id from settings.publish").fetchall()
        }


@contextmanager
def _named(what: str) -> Iterator[None]:
    """Turn what Spark raises into a ModelError that says which model it was."""
    try:
        yield
    except Exception as error:
        if not of_spark(error):
            raise
        raise ModelError(f"{what}: on Spark: {said(error)}") from None


def _tables(sql: str) -> set[str]:
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    return {f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db}


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
