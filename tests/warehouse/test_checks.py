"""What stops a table from being published, and what the message says."""

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.errors import ModelError
from pipeline.warehouse import checks
from pipeline.warehouse.model import Check, Model


def model(grain: tuple[str, ...] = ("day",), **columns: str) -> Model:
    return Model("published", "t", "", "", grain, {}, (), columns, frozenset())


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema published")
        yield connection


def test_a_published_column_without_a_note_is_refused() -> None:
    with pytest.raises(ModelError, match=r"published\.t: no note beside reads; each column"):
        checks.check_notes(model(day="the day", reads=""))


@pytest.mark.parametrize(
    "wrong",
    [
        Model("published", "t", "", "", ("gone",), {}, (), {"n": "x"}, frozenset()),
        Model("published", "t", "", "", ("n",), {"gone": ()}, (), {"n": "x"}, frozenset()),
        Model("published", "t", "", "", ("n",), {"n": ("gone",)}, (), {"n": "x"}, frozenset()),
        Model("published", "t", "", "", ("n",), {}, ("gone",), {"n": "x"}, frozenset()),
    ],
    ids=["grain", "persons", "companion", "nested"],
)
def test_a_header_that_names_no_column_is_refused(wrong: Model) -> None:
    with pytest.raises(ModelError, match="its header names gone, no column of it"):
        checks.check_notes(wrong)


def test_a_published_token_is_refused() -> None:
    with pytest.raises(ModelError, match="tokens stay in the analysis database"):
        checks.check_notes(model(day="the day", customer_token="whose"))


def test_rows_that_share_the_declared_grain_are_refused(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute("create table published.t as from (values (1), (2), (2)) as t (day)")
    with pytest.raises(ModelError) as error:
        checks.run(connection, checks.grain(model()))
    assert "check published.t__grain failed: a row is unique by day" in str(error.value)
    assert "1 rows break it" in str(error.value)
    assert "day = 2, rows = 2" in str(error.value)


def test_unknown_levels_count_as_equal_in_the_grain(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create table published.t as from (values (null), (null)) as t (day)")
    with pytest.raises(ModelError, match="day = None, rows = 2"):
        checks.run(connection, checks.grain(model()))


@pytest.mark.parametrize("rows", [0, 2])
def test_a_table_of_one_row_holds_exactly_one(
    connection: duckdb.DuckDBPyConnection, rows: int
) -> None:
    connection.execute(f"create table published.t as select 1 as day from range({rows})")
    with pytest.raises(ModelError, match=f"unique by one row.*\n.*\n.*rows = {rows}"):
        checks.run(connection, checks.grain(model(grain=())))


def test_a_grain_that_holds_is_silent(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create table published.t as from (values (1), (2)) as t (day)")
    checks.run(connection, checks.grain(model()))


def test_a_failed_check_gives_its_rule_how_many_rows_and_the_first_five(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    check = Check("t__adds_up", "Parts sum to the whole.", "select i as line from range(1234) t(i)")
    with pytest.raises(ModelError) as error:
        checks.run(connection, check)
    said = str(error.value)
    assert (
        "check t__adds_up failed: Parts sum to the whole.\n  不符的前几行 · 1,234 rows break it"
        in said
    )
    assert [line for line in said.splitlines() if "line = " in line] == [
        f"    line = {i}" for i in range(5)
    ]
    assert "the published database is as it was" in said


def test_a_failed_check_never_shows_whose_row_it_is(connection: duckdb.DuckDBPyConnection) -> None:
    sql = "select 'f3a0' as customer_token, 'events.csv' as source_file, 7 as source_line"
    with pytest.raises(ModelError) as error:
        checks.run(connection, Check("t__rule", "A rule.", sql))
    assert "source_file = events.csv, source_line = 7" in str(error.value)
    assert "customer_token" not in str(error.value)
    assert "f3a0" not in str(error.value)


def test_a_check_that_cannot_run_is_named(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ModelError, match=r"check t__rule: .*no_such_table"):
        checks.run(connection, Check("t__rule", "A rule.", "select * from no_such_table"))
