"""A part's query is the model's own, with views in the place of its tables and nothing else."""

import pytest
import sqlglot
from sqlglot import exp

from pipeline.warehouse import seeing
from pipeline.warehouse.model import Model, read_models

PARTED = [model for model in read_models() if model.per and model.schema != "staging"]


def seen(text: str) -> str:
    return seeing.query(text, sqlglot.parse_one(text, dialect="duckdb"))


def test_a_table_keeps_the_name_that_its_columns_are_called_by() -> None:
    assert seen("-- 中文, of core.a\nselect a.x, b.y from core.a, staging.b as b") == (
        "-- 中文, of core.a\nselect a.x, b.y from seen.core_a as a, seen.staging_b as b"
    )


def test_what_is_named_in_the_query_and_what_is_only_written_like_a_table_stay() -> None:
    query = 'with a as (select \'core.a\' as core from "core"."a" as t) select core from a'
    assert seen(query) == query.replace('"core"."a"', "seen.core_a")


@pytest.mark.parametrize("model", PARTED, ids=lambda model: model.name)
def test_it_is_the_query_with_its_tables_replaced(model: Model) -> None:
    tree = sqlglot.parse_one(model.sql, dialect="duckdb")
    for table in list(tree.find_all(exp.Table)):
        if table.db:
            name = f"{table.db}_{table.name}"
            table.replace(exp.to_table(f"seen.{name}", alias=table.alias or table.name))
    found = sqlglot.parse_one(model.seeing, dialect="duckdb")
    assert found.sql(comments=False) == tree.sql(comments=False)
