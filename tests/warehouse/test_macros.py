import duckdb
import pytest
import sqlglot

from pipeline.funnels.wilson import wilson
from pipeline.warehouse import macros


@pytest.fixture
def database():
    with duckdb.connect() as connection:
        macros.create(connection)
        yield connection


@pytest.mark.parametrize(
    ("done", "of"), [(0, 1), (1, 1), (3, 10), (10, 10), (0, 30), (1234, 98765), (10**8, 10**9)]
)
@pytest.mark.parametrize("is_written_out", [False, True])
def test_an_interval_is_that_of_the_funnel_command(database, done, of, is_written_out):
    query = f"select wilson_low({done} / {of}, {of}), wilson_high({done} / {of}, {of})"
    if is_written_out:
        tree = sqlglot.parse_one(query, dialect="duckdb")
        query = macros.written_out(tree).sql("duckdb")
        assert "wilson" not in query
    assert database.execute(query).fetchone() == pytest.approx(wilson(done, of)[1:], abs=1e-12)


@pytest.mark.parametrize(("rate", "n"), [("null", "5"), ("null", "0"), ("null", "null")])
def test_what_has_no_rate_has_no_interval(database, rate, n):
    query = f"select wilson_low({rate}, {n}), wilson_high({rate}, {n})"
    assert database.execute(query).fetchone() == (None, None)
