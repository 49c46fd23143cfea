import pytest

from pipeline.errors import ModelError
from pipeline.warehouse.checks import run
from pipeline.warehouse.model import read_checks, read_model, sql_folder
from pipeline.warehouse.protect import protect

K = "card_application"


@pytest.fixture
def october(given):
    """Of 100 conversions 20 were touched by nobody; line is on no path to one."""
    given["core.channel_credits"] = f"""
        month      | kind | dimension | channel | customers | conversions | last_customers | first_customers | last_touch | first_touch | linear | time_decay | position_based
        2026-10-01 | {K}  | tier      |         | 90        | 100         | 90             | 90              | 100        | 100         | 100    | 100        | 100
        2026-10-01 | {K}  | tier      | (none)  | 20        | 20          | 20             | 20              | 20         | 20          | 20     | 20         | 20
        2026-10-01 | {K}  | tier      | branch  | 60        | 65          | 55             | 3               | 70         | 4           | 40     | 45         | 42
        2026-10-01 | {K}  | tier      | hq      | 50        | 55          | 15             | 67              | 10         | 76          | 40     | 35         | 38
    """  # noqa: E501 - a table
    given["core.path_credits"] = f"""
        month      | kind | dimension | channel | conversions | nulls | paths | removal_effect | markov | shapley
        2026-10-01 | {K}  | tier      | branch  | 65          | 70    | 4     | 0.9            | 45     | 42
        2026-10-01 | {K}  | tier      | hq      | 55          | 20    | 3     | 0.5            | 25     | 38
        2026-10-01 | {K}  | tier      | line    | 0           | 90    | 0     | 0.2            | 10     | 0
    """  # noqa: E501 - a table


@pytest.mark.usefixtures("october")
def test_each_rule_shares_out_all_conversions(given):
    given.build("published.attribution_models")
    found = given.connection.execute(
        "select rule, list(credits order by channel nulls first), sum(share)::decimal(9, 6)::double"
        " from published.attribution_models group by all order by rule"
    ).fetchall()
    assert found == [
        ("first_touch", [100, 20, 4, 76, 0], 2),
        ("last_touch", [100, 20, 70, 10, 0], 2),
        ("linear", [100, 20, 40, 40, 0], 2),
        ("markov", [100, 20, 45, 25, 10], 2),
        ("position_based", [100, 20, 42, 38, 0], 2),
        ("shapley", [100, 20, 42, 38, 0], 2),
        ("time_decay", [100, 20, 45, 35, 0], 2),
    ]


@pytest.mark.usefixtures("october")
def test_each_rule_names_the_customers_behind_its_numbers(given):
    given.build("published.attribution_models")
    found = given.connection.execute(
        "select channel, rule, customers, conversions, paths, removal_effect"
        " from published.attribution_models"
        " where rule in ('last_touch', 'first_touch', 'markov') and channel in ('branch', 'line')"
        " order by all"
    ).fetchall()
    assert found == [
        ("branch", "first_touch", 3, 65, 4, None),
        ("branch", "last_touch", 55, 65, 4, None),
        ("branch", "markov", 60, 65, 4, 0.9),
        ("line", "first_touch", 0, 0, 0, None),
        ("line", "last_touch", 0, 0, 0, None),
        ("line", "markov", 0, 0, 0, 0.2),
    ]


@pytest.mark.usefixtures("october")
def test_few_customers_are_withheld_with_one_more_channel(given):
    given.build("published.attribution_models")
    protect(given.connection, read_model(sql_folder() / "published/attribution_models.sql"), 10)
    found = given.connection.execute(
        "select channel, customers, conversions, credits, share, suppressed"
        " from published.attribution_models where rule = 'first_touch'"
        " order by channel nulls first"
    ).fetchall()
    withheld = (None, None, None, None, "customers")
    assert found == [
        (None, 90, 100, 100, 1, None),
        ("(none)", *withheld),
        ("branch", *withheld),
        ("hq", 67, 55, 76, 0.76, None),
        ("line", 0, 0, 0, 0, None),
    ]


@pytest.mark.usefixtures("october")
@pytest.mark.parametrize(("as_of", "mature"), [("2026-11-30", False), ("2026-12-01", True)])
def test_a_month_is_mature_once_who_was_touched_in_it_can_convert_no_more(given, as_of, mature):
    given.as_of(as_of)
    given.build("published.attribution_models")
    found = given.connection.execute("select distinct mature from published.attribution_models")
    assert found.fetchall() == [(mature,)]


@pytest.mark.usefixtures("october")
@pytest.mark.parametrize("column", ["markov", "shapley"])
def test_a_check_refuses_credits_that_do_not_sum_to_the_conversions(given, column):
    (check,) = [c for c in read_checks() if c.name.startswith("attribution_models__")]
    run(given.connection, check)
    given.connection.execute(f"update core.path_credits set {column} = 39 where channel = 'hq'")
    with pytest.raises(ModelError, match="1 rows break it"):
        run(given.connection, check)
