"""A grain that a query is said to guarantee is one it does guarantee; the others are counted."""

import random
from collections.abc import Iterator

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from pipeline.settings import Settings
from pipeline.warehouse.model import read_models
from pipeline.warehouse.uniqueness import is_unique

GROUPED = "select a, max(n) as n from s.t group by all"


def claimed(query: str, *grain: str) -> bool:
    return is_unique(sqlglot.parse_one(query, dialect="duckdb", into=exp.Select), grain)


@pytest.fixture(scope="module")
def tables() -> Iterator[duckdb.DuckDBPyConnection]:
    """Rows in which every combination of letters of either case stands several times."""
    with duckdb.connect() as connection:
        connection.execute("create schema s")
        letters = "(values ('a'), ('A'), ('b'), (null)) as {0} ({0})"
        connection.execute(
            "create table s.t as select a, b, n, [n, n + 1] as l"
            f" from {letters.format('a')}, {letters.format('b')}, (values (1), (1), (2)) as n (n)"
        )
        connection.execute("create table s.x as from s.t")
        yield connection


def unique(tables: duckdb.DuckDBPyConnection, query: str, *grain: str) -> bool:
    columns = ", ".join(f'"{name}"' for name in grain)
    repeats = f"select 1 from ({query}) group by {columns} having count(*) > 1"
    return not tables.execute(repeats).fetchall()


@pytest.mark.parametrize(
    ("query", "grain"),
    [
        (GROUPED, ["a"]),
        ("select a, b, count(*) as n from s.t group by all", ["b", "a"]),
        ("select max(n) as n, count(*) as a from s.t group by all", ["a"]),
        (f"with x as ({GROUPED}) select a, n + 1 as n from x", ["a"]),
        (f"with x as ({GROUPED}) select x.a from x order by n", ["a"]),
        ("select x.a, max(t.n) as n from s.t inner join s.x using (a) group by all", ["a"]),
        ("select * exclude (a), a from s.t qualify row_number() over (partition by a) = 1", ["a"]),
        ("select a, n from s.t qualify row_number() over (partition by t.a order by n) = 1", ["a"]),
    ],
)
def test_grouping_by_the_grain_or_keeping_one_of_each_is_seen(
    tables: duckdb.DuckDBPyConnection, query: str, grain: list[str]
) -> None:
    assert claimed(query, *grain)
    assert unique(tables, query, *grain)


@pytest.mark.parametrize(
    "query",
    [
        "select a from s.t",
        "select a, b, count(*) as n from s.t group by all",
        "select a, lower(b) as c, count(*) as n from s.t group by all",
        "select a, (select max(x.n) from s.x where x.n <= t.n) as m from s.t group by all",
        "select a, unnest(l) as m from s.t qualify row_number() over (partition by a) = 1",
        "select a, n from s.t qualify row_number() over (partition by a order by n) = 2 or n = 2",
        "select a, n from s.t qualify row_number() over (partition by a order by n) <= 2",
        "select a, n from s.t qualify row_number() over (partition by a, b order by n) = 1",
        "select a, n from s.t qualify rank() over (partition by a order by n) = 1",
        "select lower(a) as a from s.t qualify row_number() over (partition by a) = 1",
        "select b as a from s.t qualify row_number() over (partition by a, b) = 1",
        f"with x as ({GROUPED}) select n as a, a as n from x",
        f"with x as ({GROUPED}) select lower(a) as a from x",
        f"with x as ({GROUPED}) select a from s.x",
        f"with x (n, a) as ({GROUPED}) select a from x",
        f"with x as ({GROUPED}) select a from x as y (n, a)",
        f"with x as ({GROUPED}) select x.a from x, s.t",
        f"with x as ({GROUPED}) select x.a from x cross join s.t",
        f"with x as ({GROUPED}) select a, unnest([1, 2]) as m from x",
        f"with x as ({GROUPED}) select x.a from x, unnest([1, 2]) as y (m)",
        "with x as (select a, max(n) as n, min(n) as m from s.t group by all)"
        " select a from x unpivot (v for k in (n, m))",
        "with x as (select a from s.t) select a from x",
        "with x as (select a, n from s.t union all select a, n from s.t) select a, n from x",
    ],
)
def test_a_query_that_repeats_its_grain_is_counted(
    tables: duckdb.DuckDBPyConnection, query: str
) -> None:
    assert not unique(tables, query, "a")
    assert not claimed(query, "a")


def test_one_row_without_a_key_is_counted() -> None:
    assert not claimed("select count(*) as n from s.t group by all")


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_claimed_is_so(tables: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Put selects together at random: those claimed have no two rows of a grain."""
    chance, claims = random.Random(seed), 0
    for _ in range(60):
        query = some_select(chance, "s.t", chance.randrange(3))
        grain = chance.choice((["a"], ["a", "b"], ["b"], ["a", "n"]))
        if claimed(query, *grain):
            try:
                assert unique(tables, query, *grain), query
                claims += 1
            except duckdb.Error:
                continue  # not a query, or without a column of the grain
    assert claims


def some_select(chance: random.Random, source: str, deep: int) -> str:
    """Select from a table, or from a select within it that hides the table or not."""
    before = f"with {{0}} as ({some_select(chance, 's.t', deep - 1)}) " if deep else ""
    named = chance.choice(["x", "t"])
    if deep:
        source = chance.choice([named] * 4 + [f"s.{named}", f"{named} as y (n, b, a)"])
    columns = [
        chance.choice(["a", "a", "a", "b as a", "lower(a) as a"]),
        chance.choice(["b", "b", "a as b", "max(b) as b", "(select max(b) from s.x) as b"]),
        chance.choice(["n", "max(n) as n", "max(n) as n", "count(*) as n", "unnest([n, 1]) as n"]),
    ]
    chance.shuffle(columns)
    by = chance.choice(["a", "a, b", "b", "a, n", "lower(a)"])
    first = f"qualify row_number() over (partition by {by} order by n) = 1"
    end = chance.choice(["", "group by all", "group by all", first])
    join = chance.choice([""] * 5 + ["cross join (values (1), (2)) as two (two)"])
    return f"{before.format(named)}select {', '.join(columns)} from {source} {join} {end}"


def test_what_the_project_s_models_are_said_to_guarantee_they_hold(sample_run: Settings) -> None:
    claims = [model for model in read_models() if model.is_unique_by_itself]
    assert len(claims) > 5
    with duckdb.connect(str(sample_run.analysis_database), read_only=True) as connection:
        for model in claims:
            assert unique(connection, f"from {model.name}", *model.grain), model.name
