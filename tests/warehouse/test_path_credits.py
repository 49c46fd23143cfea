"""A model whose rows a measure makes: in DuckDB, with its parameters, and where it refuses."""

import pytest

from pipeline.errors import ModelError
from pipeline.measures import markov


@pytest.fixture
def october(given):
    """Three paths over two accounts, one of them to nothing, and one path of another kind."""
    given["core.attribution_paths"] = """
        month      | kind         | dimension | path        | conversions | nulls
        2026-10-01 | new_customer | account   | hq > cards  | 3           | 1
        2026-10-01 | new_customer | account   | cards       | 1           | 1
        2026-10-01 | new_customer | account   | wealth > hq | 0           | 2
        2026-10-01 | new_customer | tier      | line        | 4           | 0
    """


@pytest.mark.usefixtures("october")
def test_paths_become_channels_with_what_they_are_credited(given, assert_built):
    """Of 8 walks 4 begin at hq, 2 at cards, 2 at wealth, and all of these go on to hq.

    Of the 6 visits to hq 4 go on to cards, of the 6 to cards 4 convert: 4/9 from hq, and
    3/4 * 4/9 + 1/4 * 2/3 = 1/2 of all. Without hq 1/6 is left, without wealth 1/2 - 1/4 * 4/9.
    """
    assert_built(
        "core.path_credits",
        """
        dimension | channel | conversions | nulls | paths | removal_effect     | shapley
        account   | cards   | 4           | 2     | 2     | 1                  | 2.5
        account   | hq      | 3           | 3     | 1     | 0.6666666666666667 | 1.5
        account   | wealth  | 0           | 2     | 0     | 0.2222222222222222 | 0
        tier      | line    | 4           | 0     | 1     | 1                  | 4
        """,
    )
    found = given.connection.execute(
        "select channel, markov from core.path_credits where dimension = 'account'"
    ).fetchall()
    total = 1 + 2 / 3 + 2 / 9
    want = {"cards": 4 / total, "hq": 4 * 2 / 3 / total, "wealth": 4 * 2 / 9 / total}
    assert dict(found) == pytest.approx(want)


def test_the_order_of_the_chain_is_a_parameter(given, assert_built):
    given.parameters(attribution_markov_order=2)
    given["core.attribution_paths"] = """
        month      | kind | dimension | path  | conversions | nulls
        2026-10-01 | k    | tier      | a > b | 10          | 0
        2026-10-01 | k    | tier      | c > b | 0           | 10
    """
    assert_built(
        "core.path_credits",
        "channel | removal_effect | markov_order\n a | 1 | 2\n b | 1 | 2\n c | 0 | 2",
    )


@pytest.mark.parametrize(("transform", "effect"), [("unique", 0.5), ("first", 1)])
def test_the_transform_of_paths_is_a_parameter(given, assert_built, transform, effect):
    """Half of the visits to a convert as the path is; with the first ones only, b is needed."""
    given.parameters(attribution_path_transform=transform)
    given["core.attribution_paths"] = """
        month      | kind | dimension | path      | conversions | nulls
        2026-10-01 | k    | tier      | a > b > a | 1           | 0
    """
    assert_built("core.path_credits", f"channel | removal_effect\n a | 1\n b | {effect}")


def test_without_paths_there_are_no_channels(given, assert_built):
    assert_built("core.path_credits", "channel")


@pytest.mark.usefixtures("october")
def test_a_measure_that_refuses_its_rows_names_the_model(given, monkeypatch):
    monkeypatch.setattr(markov, "MOST_STATES", 2)
    with pytest.raises(ModelError) as error:
        given.build("core.path_credits")
    assert str(error.value) == (
        "sql/core/path_credits.sql: measure path_credits: 3 states of a Markov chain of order 1;"
        " expected 2 at most, take a lower order or fewer channels"
    )
