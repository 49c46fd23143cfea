"""A Spark session whose SQL means what DuckDB's means, and the folder its tables are kept in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import spark as clusters
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Without these a model would run and give other rows.
_MEANING = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.caseSensitive": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
    # The tables of a build are its own, never those of a metastore.
    "spark.sql.catalogImplementation": "in-memory",
}
_COMPRESSION = "spark.sql.parquet.compression.codec"
_BUILD = re.compile("[0-9a-f]{12}")


@contextmanager
def session(settings: Settings, warehouse: str, scratch: Path) -> Iterator["SparkSession"]:
    """Open a session and stop it at the end; `warehouse` is where its tables are kept.

    scratch: where a `local` master spills. Raises ConfigurationError as `pipeline.spark` does.
    """
    conf = {
        _COMPRESSION: settings.spark.conf.get(_COMPRESSION, "zstd"),
        "spark.sql.warehouse.dir": warehouse,
    }
    with clusters.session(settings, "funnel build", scratch, conf | _MEANING) as spark:
        yield spark


def clear(spark: "SparkSession", warehouse: str, keep: set[str]) -> None:
    """Delete the folders of earlier builds from a warehouse; `keep` names those still read."""
    java: Any = spark._jvm
    folder = java.org.apache.hadoop.fs.Path(warehouse)
    files = folder.getFileSystem(spark._jsc.hadoopConfiguration())
    if not files.exists(folder):
        return
    for found in files.listStatus(folder):
        name = found.getPath().getName()
        if _BUILD.fullmatch(name) and name not in keep:
            files.delete(found.getPath(), True)
