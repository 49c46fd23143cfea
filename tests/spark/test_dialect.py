"""Each function a model may use means the same on both engines; what does not is refused."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from bench.spark.cluster import CONF
from pipeline.errors import ModelError
from pipeline.settings import Settings, SparkSettings
from pipeline.warehouse import macros
from pipeline.warehouse.model import Check, Model, read_checks, read_models
from pipeline.warehouse.spark_dialect import PORTABLE, functions, transpiled
from pipeline.warehouse.spark_session import session
from tests.spark.test_every_model import alike

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Rows that catch a difference: nulls, ties, halves, negative numbers, midnights, other scripts.
ROWS = """
select
    cast(n as bigint) as n,
    cast(i as integer) as i,
    cast(k as varchar) as k,
    cast(d as double) as d,
    cast(m as decimal(18, 2)) as m,
    cast(s as varchar) as s,
    cast(day as date) as day,
    cast(moment as timestamp) as moment,
    cast(b as boolean) as b
from (
    values
    (1, 7, 'x', 2.5, 0.125, 'Card_tips', '2026-01-31', '2026-01-31 23:59:59', true),
    (2, -7, 'x', -2.5, -1.005, '#理财 pun, 打卡！', '2026-02-28', '2026-02-28 00:00:00', false),
    (3, null, 'x', null, null, null, null, null, null),
    (4, 0, 'y', 3.5, 2.675, '', '2024-02-29', '2024-02-29 12:00:00.5', true),
    (5, 3, 'y', 0.1, 1000000.00, 'mid=42&idx=1', '2026-11-16', '2026-11-15 16:00:00', null),
    (6, 3, 'z', null, 7.00, '_a__b', '2025-12-29', '1969-12-31 23:59:59', false)
) as rows (n, i, k, d, m, s, day, moment, b)
"""
# What a function is asked, over those rows; `|` parts several questions.
CASES = {
    "abs": "abs(i) | abs(d) | abs(m)",
    "add": "i + n | d + i | m + i | day + i | moment + interval 8 hours",
    "case": "case when b then 1 when not b then 2 end | case k when 'x' then s end",
    "cast:bigint": "cast(i as bigint) | cast(round(d) as bigint) | cast(round(m) as bigint)",
    "cast:boolean": "cast(i as boolean)",
    "cast:date": "cast(moment as date) | cast(moment + interval 8 hours as date)",
    "cast:decimal": "cast(i as decimal(18, 6)) | cast(m as decimal(18, 1))"
    " | cast(round(m * 100 / 7) / 100 as decimal(18, 2))",
    "cast:double": "cast(i as double) | cast(m as double)",
    "cast:int": "cast(n as integer) | cast(round(d) as integer)",
    "cast:text": "cast(i as varchar) | cast(day as varchar) | cast(moment as varchar)",
    "cast:timestampntz": "cast(day as timestamp) | cast(day + 1 as timestamp) - interval 8 hours",
    "cast:tinyint": "cast(i as tinyint) | cast(case k when 'x' then 1 end as tinyint)",
    "coalesce": "coalesce(s, k) | coalesce(i, 0)",
    "concatws": "concat_ws('|', k, s, cast(day as varchar)) | concat_ws('_', s, s)",
    "datediff": "date_diff('day', day, date '2026-03-01') | date_diff('day', moment, day)"
    " | date_diff('day', date '2026-12-31', day)"
    " | date_diff('second', timestamp '2026-01-30 23:59:59.9', moment)"
    " | date_diff('second', moment, timestamp '1970-01-01 00:00:00.25')",
    "div": "n / 4 | m / 7 | cast(m as decimal(18, 6)) / n | i / nullif(n - 1, 0)",
    "epoch_us": "epoch_us(moment) | epoch_us(moment + interval 8 hours) - epoch_us(moment)",
    "exp": "exp(d) | exp(ln(1 + n) - 0.5)",
    "greatest": "greatest(i, n) | greatest(day, date '2026-02-01') | greatest(s, k)",
    "if": "case when i > 0 then 1 else 0 end",
    "intdiv": "i // 2 | n // 4 | i // nullif(i - 3, 0) | i // 65536 - n // 65536",
    "interval": "moment + interval 1 day | moment - n * interval 1 day"
    " | moment + cast(n as integer) * interval 1 month",
    "least": "least(i, n) | least(1.0, greatest(0.0, d))",
    "length": "length(s)",
    "like": "s like '%pun%' | s like '_a%'",
    "ln": "ln(1 + n) | ln(1 + abs(d))",
    "lower": "lower(s) | lower('ÄÖ')",
    "md5": "md5(s) | md5(concat_ws('|', k, cast(moment as varchar)))",
    "mod": "i % 4 | n % 4 | i % nullif(n - 4, 0) | (i - n) % 65536",
    "mul": "i * n | d * i | m * n | m * m",
    "neg": "-i | -m",
    "nullif": "nullif(s, '') | nullif(i, 3)",
    "nullsafeeq": "i is not distinct from 3 | s is not distinct from null",
    "nullsafeneq": "i is distinct from 3 | s is distinct from k",
    "pow": "pow(0.5, d) | pow(0.5, n / 7.0) | pow(2, i)",
    "regexpextract": "regexp_extract(s, 'mid=([0-9]+)', 1) | regexp_extract(s, '(x)?a', 1)",
    "regexpreplace": r"regexp_replace(s, '#[^\s#]*|[\s!-/:-@\[-`{-~，！]', '', 'g')",
    "replace": "replace(s, '_', '') | replace(s, 'a', 'bb')",
    "round": "round(d) | round(m) | round(m * 10) | round(-0.5)",
    "splitpart": "split_part(s, '_', 1) | split_part(s, '_', 2) | split_part(s, '_', 9)",
    "sqrt": "sqrt(n) | sqrt(abs(m))",
    "sub": "i - n | d - i | day - 1 | moment - interval 8 hours",
    "substring": "substr(s, 2, 2) | substr(s, 1, 0) | substr(s, 9, 2)",
}
# The same for groups of rows, by k.
GROUPS = {
    "median": "median(i) | median(d) | median(case when i > 1 then i end)",
    "argmax": "max_by(s, n) | max_by(i, n) | max_by(m, d)",
    "argmin": "min_by(s, n) | min_by(d, n)",
    "count": "count(*) | count(d) | count(distinct i) | count(distinct case when b then i end)",
    "groupconcat": "string_agg(s, ' > ' order by n) | string_agg(k, '|' order by i desc, n)",
    "logicaland": "bool_and(b)",
    "logicalor": "bool_or(b)",
    "max": "max(d) | max(s) | max(day) | max(moment)",
    "min": "min(i) | min(s) | min(day)",
    "sum": "sum(i) | sum(m) | sum(d) | sum(case when b then i end)",
}
_OVER = "(partition by k order by n rows between unbounded preceding and current row)"
CASES |= {
    "lag": "lag(s) over (partition by k order by n) | lag(n, 2) over (order by n desc)",
    "lead": "lead(s) over (partition by k order by n) | lead(day) over (order by n)",
    "lastvalue": f"last_value(i ignore nulls) over {_OVER} | last_value(nullif(s, '')"
    f" ignore nulls) over {_OVER}",
    "rank": "rank() over (order by i) | rank() over (partition by k order by i desc)",
    "rownumber": "row_number() over (partition by k order by i desc, n)"
    " | row_number() over (order by s, n)",
    "unixtotime": "make_timestamp(epoch_us(moment)) | make_timestamp(n * 1000001)",
    "window": f"sum(i) over {_OVER} | count(*) over (partition by k, b)",
    "denserank": "dense_rank() over (order by k, s) | dense_rank() over (order by i)",
    "exists": "exists (select 1 from core.t as other where other.n = t.i)",
}
REFUSED = {
    "hash(s)": "hash",
    "date_trunc('month', moment)": "timestamptrunc",
    "extract(dow from day)": "extract",
    "date_diff('month', day, day)": "date_diff of anything but days and seconds",
    "regexp_replace(s, 'a', 'b')": "without the option 'g'",
    "cast(s as timestamptz)": "cast:timestamptz",
    "quantile_cont(d, 0.5)": "percentilecont",
    "list(s)": "arrayagg",
    "max_by(s, n) filter (where b)": "max_by with a filter",
}


@pytest.fixture(scope="module")
def engines(
    settings_once: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[duckdb.DuckDBPyConnection, "SparkSession"]]:
    """Give both engines with the rows as core.t."""
    root = tmp_path_factory.mktemp("functions")
    with duckdb.connect() as here, session(settings_once, root.as_posix(), root) as there:
        here.execute("create schema core")
        here.execute(f"create table core.t as {ROWS}")
        there.sql("create database core")
        rows = here.sql("from core.t").to_arrow_table()
        there.createDataFrame(rows).write.saveAsTable("core.t")
        yield here, there


@pytest.fixture(scope="module")
def settings_once(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    spark = SparkSettings(master="local[2]", conf=CONF)
    return Settings(home=tmp_path_factory.mktemp("home"), spark=spark)


def asked() -> Iterator[tuple[str, str]]:
    for name, questions in CASES.items():
        values = ", ".join(f"{q} as v{i}" for i, q in enumerate(questions.split(" | ")))
        yield name, f"select n, {values} from core.t"
    for name, questions in GROUPS.items():
        values = ", ".join(f"{q} as v{i}" for i, q in enumerate(questions.split(" | ")))
        yield name, f"select k, {values} from core.t group by k"


@pytest.mark.parametrize(("name", "select"), asked())
def test_a_function_means_the_same_on_both_engines(
    engines: tuple[duckdb.DuckDBPyConnection, "SparkSession"], name: str, select: str
) -> None:
    here, there = engines
    assert name in functions(sqlglot.parse_one(select, dialect="duckdb"))
    on_duckdb = sorted(here.sql(select).fetchall())
    on_spark = sorted(tuple(row) for row in there.sql(transpiled(select, name)).collect())
    assert len(on_spark) == len(on_duckdb)
    assert [(a, b) for a, b in zip(on_duckdb, on_spark, strict=True) if not alike(a, b)] == []


def test_every_function_on_the_list_has_its_cases() -> None:
    assert {*CASES, *GROUPS} == PORTABLE


@pytest.mark.parametrize("query", [*read_models(), *read_checks()], ids=lambda query: query.name)
def test_every_query_uses_only_what_is_on_the_list(query: Model | Check) -> None:
    tree = sqlglot.parse_one(query.sql, dialect="duckdb")
    assert functions(macros.written_out(tree)) - PORTABLE == set()


@pytest.mark.parametrize("query", read_models(), ids=lambda query: query.name)
def test_a_quotient_is_rounded_before_it_becomes_a_number_of_fixed_digits(query: Model) -> None:
    """Casts round the last binary digit one way here and the other there; `round` does not."""
    tree = sqlglot.parse_one(query.sql, dialect="duckdb")
    bare = [
        cast.sql("duckdb")
        for cast in tree.find_all(exp.Cast)
        if cast.to.this.name in ("BIGINT", "INT", "DECIMAL")
        and isinstance(cast.this, exp.Div)
        and not isinstance(cast.this.left, exp.Round)
    ]
    assert bare == []


@pytest.mark.parametrize(("expression", "said"), REFUSED.items())
def test_what_would_mean_something_else_is_refused_by_name(expression: str, said: str) -> None:
    with pytest.raises(ModelError, match=r"sql/core/t\.sql: .*") as error:
        transpiled(f"select {expression} as v from core.t", "sql/core/t.sql")
    assert said.lower() in str(error.value).lower()
