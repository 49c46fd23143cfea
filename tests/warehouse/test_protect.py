"""Small cells are withheld in the table itself, with everything that would give them away."""

from collections import defaultdict
from collections.abc import Iterator

import duckdb
import pytest

from pipeline.privacy.small_cells import Path, families
from pipeline.settings import Settings
from pipeline.warehouse.model import Model, read_models
from pipeline.warehouse.protect import arrangement, protect
from tests.drawing import drawn, shown

K = 10
MODEL = Model(
    schema="published",
    table="counts",
    sql="",
    purpose="",
    grain=("month", "tier", "unit_id"),
    persons={"mau": ("aum", "rate"), "new_customers": ()},
    nested=("tier", "unit_id"),
    columns={},
    reads=frozenset(),
)
COLUMNS = """
    month varchar, tier varchar, unit_id varchar, mau bigint, aum decimal(18, 2), rate double,
    new_customers bigint, suppressed varchar
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(f"create schema published; create table published.counts ({COLUMNS})")
        yield connection


def protected(connection: duckdb.DuckDBPyConnection, drawing: str, model: Model = MODEL) -> str:
    names, rows = drawn(drawing)
    columns, marks = ", ".join(names), ", ".join("?" for _ in names)
    connection.executemany(f"insert into published.counts ({columns}) values ({marks})", rows)
    protect(connection, model, K)
    found = connection.execute(f"select {columns}, suppressed from published.counts").fetchall()
    return shown([*names, "suppressed"], found)


def same(drawing: str) -> str:
    names, rows = drawn(drawing)
    return shown(names, rows)


def test_a_small_count_goes_with_its_companions_and_is_named(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = protected(
        connection,
        """
        month | tier   | unit_id | mau | aum  | rate
        09    |        |         | 85  | 8500 | 0.5
        09    | branch |         | 60  | 6000 | 0.5
        09    | hq     |         | 20  | 2000 | 0.5
        09    | line   |         | 5   | 500  | 0.5
        """,
    )
    assert found == same(
        """
        month | tier   | unit_id | mau | aum  | rate | suppressed
        09    |        |         | 85  | 8500 | 0.5  |
        09    | branch |         | 60  | 6000 | 0.5  |
        09    | hq     |         |     |      |      | mau
        09    | line   |         |     |      |      | mau
        """
    )


def test_each_column_of_persons_is_judged_for_itself_and_named_in_order(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = protected(
        connection,
        """
        month | tier   | mau | aum  | new_customers
        09    |        | 80  | 8000 | 34
        09    | branch | 60  | 6000 | 20
        09    | hq     | 15  | 1500 | 12
        09    | line   | 5   | 500  | 2
        """,
    )
    assert found == same(
        """
        month | tier   | mau | aum  | new_customers | suppressed
        09    |        | 80  | 8000 | 34            |
        09    | branch | 60  | 6000 | 20            |
        09    | hq     |     |      |               | mau,new_customers
        09    | line   |     |      |               | mau,new_customers
        """
    )


def test_the_cover_of_one_column_leaves_the_other_column_of_the_row(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = protected(
        connection,
        """
        month | tier   | mau | new_customers
        09    |        | 105 | 62
        09    | branch | 60  | 20
        09    | hq     | 40  | 40
        09    | line   | 5   | 2
        """,
    )
    assert found == same(
        """
        month | tier   | mau | new_customers | suppressed
        09    |        | 105 | 62            |
        09    | branch | 60  |               | new_customers
        09    | hq     |     | 40            | mau
        09    | line   |     |               | mau,new_customers
        """
    )


def test_months_are_trees_of_their_own(connection: duckdb.DuckDBPyConnection) -> None:
    found = protected(
        connection,
        """
        month | tier | mau
        09    |      | 42
        09    | hq   | 38
        09    | line | 4
        10    |      | 42
        10    | hq   | 30
        10    | line | 12
        """,
    )
    assert found == same(
        """
        month | tier | mau | suppressed
        09    |      | 42  |
        09    | hq   |     | mau
        09    | line |     | mau
        10    |      | 42  |
        10    | hq   | 30  |
        10    | line | 12  |
        """
    )


def test_covering_goes_on_below_a_cell_that_covers(connection: duckdb.DuckDBPyConnection) -> None:
    found = protected(
        connection,
        """
        month | tier   | unit_id | mau
        09    |        |         | 63
        09    | branch |         | 60
        09    | branch | east    | 40
        09    | branch | west    | 20
        09    | line   |         | 3
        """,
    )
    assert found == same(
        """
        month | tier   | unit_id | mau | suppressed
        09    |        |         | 63  |
        09    | branch |         |     | mau
        09    | branch | east    | 40  |
        09    | branch | west    |     | mau
        09    | line   |         |     | mau
        """
    )


def test_nobody_and_unknown_are_not_small(connection: duckdb.DuckDBPyConnection) -> None:
    found = protected(
        connection,
        """
        month | tier | mau | rate
        09    |      | 20  | 0.1
        09    | hq   | 20  | 0.1
        09    | line | 0   |
        09    | none |     | 0.3
        """,
    )
    assert found == same(
        """
        month | tier | mau | rate | suppressed
        09    |      | 20  | 0.1  |
        09    | hq   | 20  | 0.1  |
        09    | line | 0   |      |
        09    | none |     | 0.3  |
        """
    )


def test_the_same_table_in_another_order_of_rows_withholds_the_same() -> None:
    cells = [
        (None, None, 100),
        ("a", None, 25),
        ("b", None, 25),
        ("c", None, 25),
        ("d", None, 20),
        ("e", None, 5),
    ]
    kept = []
    for rows in (cells, cells[::-1]):
        with duckdb.connect() as connection:
            connection.execute(f"create schema published; create table published.counts({COLUMNS})")
            connection.executemany(
                "insert into published.counts (month, tier, unit_id, mau) values ('09', ?, ?, ?)",
                rows,
            )
            protect(connection, MODEL, K)
            kept.append(
                connection.execute(
                    "select tier, mau, suppressed from published.counts order by tier"
                ).fetchall()
            )
    assert kept[0] == kept[1]
    assert [tier for tier, mau, _ in kept[0] if mau is None] == ["d", "e"]


MODELS = [model for model in read_models() if model.persons]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_no_total_the_sample_publishes_has_one_withheld_cell_among_its_parts(
    sample_run: Settings, model: Model
) -> None:
    with duckdb.connect(str(sample_run.published_database), read_only=True) as connection:
        rows = connection.execute(f"from {model.name}").fetchall()
        names = [column[0] for column in connection.description or []]
    cells = [dict(zip(names, row, strict=True)) for row in rows]
    for column in model.persons:
        trees: dict[Path, set[Path]] = defaultdict(set)
        hidden: dict[Path, set[Path]] = defaultdict(set)
        for cell in cells:
            tree, path = _place(cell, model)
            trees[tree].add(path)
            if column in (cell["suppressed"] or "").split(","):
                assert cell[column] is None
                hidden[tree].add(path)
        assert [
            (tree, family[0])
            for tree, paths in trees.items()
            for family in families(dict.fromkeys(paths, 0), *arrangement(model))
            if len(hidden[tree].intersection(family)) == 1
        ] == []


def _place(cell: dict[str, object], model: Model) -> tuple[Path, Path]:
    """Give the table of counts a cell belongs to, then where in that table it is."""
    tree = tuple(str(cell[name]) for name in model.grain if name not in model.places)
    return tree, tuple("" if cell[name] is None else str(cell[name]) for name in model.places)
