"""The counting is plain SQL: what sqlglot makes of it gives the same rows on Spark."""

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
import sqlglot
from sqlglot import ErrorLevel

from pipeline import settings as configuration
from pipeline.funnels import Funnel, any_order, chain, instants
from pipeline.funnels.matching import sharing
from pipeline.warehouse.spark_session import session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytest.importorskip("pyspark")

SEEN = random.Random(20261116)
EVENTS = [
    (SEEN.randint(1, 20), SEEN.randint(0, 30), SEEN.choice(["a", "b", "c", "x"]))
    for _ in range(200)
]
ROWS = "select person, t, step from (values {}) as drawn (person, t, step)".format(
    ", ".join(f"({p}, {t}, {'abc'.index(name) + 1})" for p, t, name in EVENTS if name != "x")
)
FITS = ", ".join(f"event = '{name}' as fits_{number}" for number, name in enumerate("aba", 1))
SHARED = (
    f"select person, t, event = 'a' as starts, {FITS}, event = 'x' as excluded_1,"
    " event = 'x' as excluded from (values {}) as drawn (person, t, event)".format(
        ", ".join(f"({p}, {t}, '{name}')" for p, t, name in EVENTS)
    )
)
SHARING = sharing((1, 2, 1), [])
FUNNEL = Funnel.model_validate(
    {
        "name": "f",
        "order": "strict",
        "window": "9 seconds",
        "steps": [{"event": "a"}, {"event": "b", "optional": True}, {"event": "a"}],
        "exclusions": [{"event": "x", "from_step": 1, "to_step": 3}],
    }
)
QUERIES = {
    "chain": chain.reached(ROWS, 3, 9),
    "instants": instants.reached(SHARED, instants.Chains(FUNNEL, SHARING, 1)),
    "any order": any_order.reached(SHARED, SHARING, 9, leaves=True, excludes=True),
    "moments": any_order.moments(SHARED, SHARING),
}


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("spark")
    settings = configuration.load(home=folder)
    with session(settings, str(folder / "warehouse"), folder) as started:
        yield started


@pytest.mark.parametrize("name", QUERIES)
def test_spark_finds_the_same(name: str, spark: "SparkSession") -> None:
    query = QUERIES[name]
    (written,) = sqlglot.transpile(
        query, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE
    )
    found = [tuple(row) for row in spark.sql(written).collect()]
    wanted = duckdb.execute(query).fetchall()
    assert len(wanted) > 20
    assert sorted(map(str, found)) == sorted(map(str, wanted))
