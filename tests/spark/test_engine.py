"""What a build on Spark leaves where, and what it refuses; on `local[2]`, with small models."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.spark.cluster import CONF
from pipeline import warehouse
from pipeline.errors import ConfigurationError, InputError, ModelError
from pipeline.ingest import sources
from pipeline.ingest.land import write_schemas
from pipeline.settings import Settings, SparkSettings
from tests.warehouse.test_build import ask, write

STAGING = """
-- Known customers.
-- grain: customer_token

select
    customer_token,  -- pseudonym
    source_line
from lake.bank_events
qualify row_number() over (partition by customer_token order by source_line) = 1
"""
PUBLISHED = """
-- Customers by the first digit of their line.
-- grain: digit
-- persons: customers
-- nested: digit

select
    substr(cast(source_line as varchar), 1, 1) as digit,  -- of the line
    count(*) as customers,                                -- distinct
    cast(null as varchar) as suppressed                   -- columns withheld
from staging.customers
group by all
"""
DERIVED = """
-- What can be seen of the table before.
-- grain: one row

select
    sum(customers) as shown,         -- of those not withheld
    count(*) as digits,              -- withheld ones too
    max(publish.publish_id) as build_id  -- of the run
from published.digits
cross join settings.publish
"""
CHECK = """
-- A customer has a line above 9.
select customer_token, source_line from staging.customers where source_line < 10
"""
# A file system with an address of its own, as hdfs:// and s3a:// have, over folders of this test.
ELSEWHERE = "viewfs://bank"


@pytest.fixture
def small(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of three models and a check, and a lake of 30 customers."""
    folder = tmp_path / "sql"
    write(folder, "staging/customers", STAGING)
    write(folder, "published/digits", PUBLISHED)
    write(folder, "published/shown", DERIVED)
    write(folder, "checks/customers__have_a_line", CHECK)
    monkeypatch.setattr("pipeline.warehouse.model.sql_folder", lambda: folder)
    write_schemas(settings.lake, sources())
    schema = pq.read_schema(settings.lake / "bank_events" / "schema.parquet")
    # Ten lines begin with 1, ten with 2, four with 3.
    rows = [{"customer_token": bytes([line] * 16), "source_line": line} for line in range(10, 34)]
    day = settings.lake / "bank_events" / "day=2026-11-01"
    day.mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), day / "a.parquet")
    return folder


@pytest.fixture
def local(settings: Settings) -> Settings:
    spark = SparkSettings(master="local[2]", conf=CONF)
    return settings.model_copy(update={"engine": "spark", "spark": spark})


@pytest.fixture
def elsewhere(local: Settings, tmp_path: Path) -> Settings:
    """Name a lake and a warehouse that are no folders of this machine's."""
    mounts = "spark.hadoop.fs.viewfs.mounttable.bank.link"
    conf = CONF | {
        "spark.hadoop.fs.viewfs.impl.disable.cache": "true",
        f"{mounts}./lake": (tmp_path / "their-lake").as_uri(),
        f"{mounts}./warehouse": (tmp_path / "their-warehouse").as_uri(),
    }
    spark = local.spark.model_copy(
        update={"lake": f"{ELSEWHERE}/lake", "warehouse": f"{ELSEWHERE}/warehouse/", "conf": conf}
    )
    return local.model_copy(update={"spark": spark})


def test_both_databases_are_as_duckdb_makes_them(
    settings: Settings, local: Settings, small: Path
) -> None:
    built = warehouse.build(settings)
    before = {name: rows(settings, name) for name in ("digits", "shown")}
    again = warehouse.build(local)
    assert [(table.name, table.rows) for table in again] == [(t.name, t.rows) for t in built]
    assert {name: rows(local, name) for name in ("digits", "shown")} == before
    assert {row[2] for row in before["digits"]} == {None, "customers"}, "small cells are withheld"
    tokens = "select typeof(customer_token), count(*) from staging.customers group by all"
    assert ask(local.analysis_database, tokens) == [("UUID", 24)]
    assert sorted(path.name for path in local.home.iterdir()) == [
        "analysis.duckdb",
        "funnel.duckdb",
        "lake",
        "parts",
    ]


def test_a_warehouse_elsewhere_keeps_the_persons_and_gives_back_what_is_published(
    elsewhere: Settings, small: Path, tmp_path: Path
) -> None:
    shutil.copytree(elsewhere.lake, tmp_path / "their-lake")
    for old in ("0123456789ab", "somebody's"):
        (tmp_path / "their-warehouse" / old).mkdir(parents=True)
    warehouse.build(elsewhere)
    warehouse.build(elsewhere)
    ((shown, digits, publish_id),) = rows(elsewhere, "shown")
    assert (shown, digits) == (20, 3)
    layers = "select distinct schema_name from duckdb_tables() order by 1"
    assert ask(elsewhere.analysis_database, layers) == [("published",), ("settings",)]
    kept = tmp_path / "their-warehouse" / str(publish_id) / "staging" / "customers"
    assert pq.ParquetDataset(kept).read().num_rows == 24
    there = {path.name for path in (tmp_path / "their-warehouse").iterdir()}
    assert there == {"somebody's", publish_id}, "builds before are cleared away, nothing else"


def test_a_check_of_persons_runs_where_they_are_and_does_not_say_who(
    elsewhere: Settings, small: Path, tmp_path: Path
) -> None:
    write(small, "checks/customers__have_a_line", CHECK.replace("< 10", "< 12"))
    shutil.copytree(elsewhere.lake, tmp_path / "their-lake")
    (tmp_path / "their-warehouse").mkdir()
    with pytest.raises(ModelError) as error:
        warehouse.build(elsewhere)
    assert "2 rows break it, the first of them:\n    source_line = 1" in str(error.value)
    assert "customer_token" not in str(error.value)
    assert not elsewhere.published_database.exists()


def test_a_copy_of_the_lake_that_lacks_a_file_is_refused(
    elsewhere: Settings, small: Path, tmp_path: Path
) -> None:
    shutil.copytree(elsewhere.lake, tmp_path / "their-lake")
    (tmp_path / "their-lake" / "bank_events" / "day=2026-11-01" / "a.parquet").unlink()
    (tmp_path / "their-warehouse").mkdir()
    with pytest.raises(InputError, match=r"1 files are missing there, .*day=2026-11-01/a\.parquet"):
        warehouse.build(elsewhere)


def test_a_home_may_have_any_name_that_is_no_pattern(
    local: Settings, small: Path, tmp_path: Path
) -> None:
    named = local.model_copy(update={"home": tmp_path / "银行's data; 100%25"})
    shutil.copytree(local.lake, named.lake)
    warehouse.build(named)
    assert len(rows(named, "digits")) == 3
    pattern = local.model_copy(update={"home": tmp_path / "data [v2]"})
    shutil.copytree(local.lake, pattern.lake)
    with pytest.raises(ConfigurationError, match=r"Spark takes \[ \] for a pattern"):
        warehouse.build(pattern)


def test_a_model_that_fails_on_spark_names_its_file(local: Settings, small: Path) -> None:
    write(
        small,
        "staging/customers",
        STAGING.replace("source_line\n", "1 / (source_line - 10) as n\n"),
    )
    with pytest.raises(ModelError, match=r"sql/staging/customers\.sql: .*DIVIDE_BY_ZERO"):
        warehouse.build(local)


def test_a_model_of_unknown_functions_is_refused_before_spark_sees_it(
    local: Settings, small: Path
) -> None:
    write(small, "staging/customers", STAGING.replace("source_line\n", "hash(source_line) as h\n"))
    with pytest.raises(ModelError, match=r"sql/staging/customers\.sql: hash is not known"):
        warehouse.build(local)


def test_a_master_that_does_not_answer_is_named(local: Settings, small: Path) -> None:
    spark = local.spark.model_copy(update={"master": "nowhere://127.0.0.1:1"})
    with pytest.raises(ConfigurationError, match=r"Spark 未能启动 .* nowhere://127"):
        warehouse.build(local.model_copy(update={"spark": spark}))


def test_without_pyspark_the_extra_is_named(
    local: Settings, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(ConfigurationError, match=r"^未安装 Spark：pip install .*\[spark\]"):
        warehouse.build(local)


def test_where_no_java_is_installed_the_wheel_brings_one(tmp_path: Path) -> None:
    """In a process of its own: a Java that has been started stays for the life of a process."""
    program = f"""
import shutil
shutil.which = lambda *given, **named: None
from pathlib import Path
from pipeline.settings import Settings, SparkSettings
from pipeline.warehouse.spark_session import session
settings = Settings(spark=SparkSettings(master="local[1]"))
with session(settings, {str(tmp_path)!r}, Path({str(tmp_path)!r})) as spark:
    print("sum", spark.range(5).groupBy().sum().toArrow().to_pylist()[0])
"""
    environment = {name: value for name, value in os.environ.items() if name != "JAVA_HOME"}
    run = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True
    )
    assert "sum {'sum(id)': 10}" in run.stdout, run.stderr[-2000:]


def rows(settings: Settings, table: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(settings.published_database), read_only=True) as connection:
        return connection.execute(f"from published.{table}").fetchall()
