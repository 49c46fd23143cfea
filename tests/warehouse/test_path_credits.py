"""A model whose rows a measure makes: in DuckDB, with its parameters, and where it refuses."""

import pytest

from pipeline.errors import ModelError
from pipeline.measures import markov


def walk(*accounts, tier="line"):
    """Write a path over accounts as core.journeys does."""
    return " > ".join(f"douyin/{tier}/post/video/ip/{account}" for account in accounts)


@pytest.fixture
def october(given):
    """Three paths over two accounts, one of them to nothing, and one path of another kind."""
    given["core.attribution_paths"] = f"""
        month      | kind         | path                                 | conversions | nulls
        2026-10-01 | new_customer | {walk("hq", "cards")}                | 3           | 1
        2026-10-01 | new_customer | {walk("cards")}                      | 1           | 1
        2026-10-01 | new_customer | {walk("wealth", "hq", tier="other")} | 0           | 2
    """


def credited(given, columns, dimension):
    """Build and give some columns of a dimension's channels, by channel."""
    given.build("core.path_credits")
    return given.connection.execute(
        f"select channel, {columns} from core.path_credits where dimension = ? order by channel",
        [dimension],
    ).fetchall()


@pytest.mark.usefixtures("october")
def test_paths_become_channels_with_what_they_are_credited(given):
    """Of 8 walks 4 begin at hq, 2 at cards, 2 at wealth, and all of these go on to hq.

    Of the 6 visits to hq 4 go on to cards, of the 6 to cards 4 convert: 4/9 from hq, and
    3/4 * 4/9 + 1/4 * 2/3 = 1/2 of all. Without hq 1/6 is left, without wealth 1/2 - 1/4 * 4/9.
    """
    columns = "conversions, nulls, paths, shapley, removal_effect, markov"
    found = credited(given, columns, "account")
    assert [row[:5] for row in found] == [
        ("cards", 4, 2, 2, 2.5),
        ("hq", 3, 3, 1, 1.5),
        ("wealth", 0, 2, 0, 0),
    ]
    effects = [1, 2 / 3, 2 / 9]
    assert [row[5] for row in found] == pytest.approx(effects)
    assert [row[6] for row in found] == pytest.approx([4 * e / sum(effects) for e in effects])


@pytest.mark.usefixtures("october")
def test_paths_that_are_the_same_over_a_dimension_are_one(given):
    assert credited(given, "conversions, nulls, paths", "platform") == [("douyin", 4, 4, 2)]
    assert credited(given, "conversions, nulls, paths", "tier") == [
        ("line", 4, 2, 2),
        ("other", 0, 2, 0),
    ]
    given["core.attribution_paths"] = f"""
        month      | kind | path                         | conversions | nulls
        2026-10-01 | k    | {walk("hq")}                 | 1           | 0
        2026-10-01 | k    | {walk("cards/card")}         | 2           | 1
    """
    assert credited(given, "conversions, nulls, paths", "entry") == [("post", 3, 1, 1)]
    assert credited(given, "conversions, nulls, paths", "account") == [
        ("cards/card", 2, 1, 1),
        ("hq", 1, 0, 1),
    ]


def test_the_order_of_the_chain_is_a_parameter(given):
    given.parameters(attribution_markov_order=2)
    given["core.attribution_paths"] = f"""
        month      | kind | path            | conversions | nulls
        2026-10-01 | k    | {walk("a", "b")} | 10          | 0
        2026-10-01 | k    | {walk("c", "b")} | 0           | 10
    """
    found = credited(given, "removal_effect, markov_order", "account")
    assert found == [("a", 1, 2), ("b", 1, 2), ("c", 0, 2)]


@pytest.mark.parametrize(("transform", "effect"), [("unique", 0.5), ("first", 1)])
def test_the_transform_of_paths_is_a_parameter(given, transform, effect):
    """Half of the visits to a convert as the path is; with the first ones only, b is needed."""
    given.parameters(attribution_path_transform=transform)
    given["core.attribution_paths"] = f"""
        month      | kind | path                 | conversions | nulls
        2026-10-01 | k    | {walk("a", "b", "a")}  | 1           | 0
    """
    found = credited(given, "removal_effect", "account")
    assert found == [("a", 1), ("b", pytest.approx(effect))]


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
