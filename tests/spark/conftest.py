"""One cluster, one build of every model on it, and the same build on DuckDB to compare with."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.spark.cluster import CONF, cluster
from pipeline import warehouse
from pipeline.settings import Settings, SparkSettings
from tests.spark.drawn_lake import fill

OPTED_IN = {
    "merchant_purpose": "post_loan_care",
    "merchant_weeks_down": 2,
    "return_per_10k_aum_month": 5.0,
    "return_per_10k_subscribed": 40.0,
    "return_per_application": 30.0,
}
"""What is not computed unless a bank asks for it."""


@pytest.fixture(scope="session")
def cluster_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder where the cluster logs and its workers work."""
    return tmp_path_factory.mktemp("cluster")


@pytest.fixture(scope="session")
def master(cluster_folder: Path) -> Iterator[str]:
    """Give the address of a standalone master with two workers."""
    with cluster(cluster_folder) as address:
        yield address


@pytest.fixture(scope="session")
def on_duckdb(sample_run: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Build the sample, with rows drawn for what it lacks, on DuckDB."""
    home = tmp_path_factory.mktemp("on-duckdb")
    shutil.copytree(sample_run.lake, home / "lake")
    fill(home / "lake")
    parameters = sample_run.parameters.model_copy(update=OPTED_IN)
    settings = sample_run.model_copy(update={"home": home, "parameters": parameters})
    warehouse.build(settings)
    return settings


@pytest.fixture(scope="session")
def on_spark(
    on_duckdb: Settings, master: str, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Build the same lake on the cluster."""
    home = tmp_path_factory.mktemp("on-spark")
    (home / "lake").symlink_to(on_duckdb.lake)
    spark = SparkSettings(master=master, conf=CONF)
    settings = on_duckdb.model_copy(update={"home": home, "engine": "spark", "spark": spark})
    warehouse.build(settings)
    return settings
