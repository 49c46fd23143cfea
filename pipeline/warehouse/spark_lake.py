"""The lake as Spark tables: the files of the home's lake, under the address the cluster knows."""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import ConfigurationError, InputError
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SHOWN = 3
_PATTERN = set("{}[]*?\\")


def address(folder: Path) -> str:
    """Give a folder of this machine the address it has on a cluster whose own files are others.

    Raises ConfigurationError for a name that Spark would take for a pattern.
    """
    path = folder.absolute().as_posix()
    if _PATTERN & set(path):
        raise ConfigurationError(
            f"{path}: Spark takes {' '.join(sorted(_PATTERN & set(path)))} for a pattern;"
            " choose a home without these characters"
        )
    return f"file:{path}"


class Lake:
    """Opens a dataset of the lake as the table `lake.<dataset>`."""

    def __init__(self, spark: "SparkSession", settings: Settings) -> None:
        self._spark = spark
        self._here = settings.lake.absolute()
        self._elsewhere = settings.spark.lake

    def open(self, dataset: str) -> None:
        """Make a table of every file of a dataset; columns that a file lacks are null.

        Raises InputError where the cluster's copy of the lake has other files than the home's.
        """
        from pyspark.sql.pandas.types import from_arrow_schema

        folder = self._here / dataset
        columns = _readable(pq.read_schema(folder / "schema.parquet"))
        self._spark.catalog.createTable(
            f"lake.{dataset}",
            path=f"{(self._elsewhere or address(self._here)).rstrip('/')}/{dataset}",
            source="parquet",
            schema=from_arrow_schema(columns, prefer_timestamp_ntz=True),
            recursiveFileLookup="true",
            pathGlobFilter="*.parquet",
        )
        if self._elsewhere:
            self._refuse_another_lake(dataset, folder)

    def _refuse_another_lake(self, dataset: str, folder: Path) -> None:
        """Compare the files there with the files here: a stale copy gives stale numbers."""
        here = {file.relative_to(folder).as_posix() for file in folder.rglob("*.parquet")}
        files = self._spark.table(f"lake.{dataset}").inputFiles()
        there = {unquote(urlsplit(file).path).rpartition(f"/{dataset}/")[2] for file in files}
        if here == there:
            return
        some = ", ".join(sorted(here ^ there)[:_SHOWN])
        raise InputError(
            f"{self._elsewhere}/{dataset} is not the lake of this home:"
            f" {len(here - there)} files are missing there, {len(there - here)} are too many"
            f" ({some}); copy {self._here} there, then build again"
        )


def _readable(schema: pa.Schema) -> pa.Schema:
    """Give the columns as Spark reads them: a token is its 16 bytes."""
    return pa.schema(
        field.with_type(pa.binary())
        if field.type == pa.uuid()
        else pa.field(field.name, field.type)
        for field in schema
    )
