import duckdb
import sqlglot
from sqlglot import exp

from pipeline.warehouse.cte_names import unique

NESTED = """
with a as (select 1 as x),
b as (with a as (select x + 10 as x from a) select a.x from a union all select x + 1 from a),
c as (with d as (select b.x from b) select max(x) as x from d)
select a.x, b.x as y, c.x as z, (with a as (select 7 as x) select x from a) as w
from a cross join b cross join c order by all
"""


def test_no_two_expressions_share_a_name_and_the_rows_are_the_same():
    found = unique(NESTED, "f")
    names = [cte.alias for cte in sqlglot.parse_one(found, dialect="duckdb").find_all(exp.CTE)]
    assert sorted(names) == ["f_a", "f_a_2", "f_a_3", "f_b", "f_c", "f_d"]
    assert duckdb.sql(found).fetchall() == duckdb.sql(NESTED).fetchall()
    assert duckdb.sql(found).fetchall() == [(1, 11, 12, 7), (1, 12, 12, 7)]


def test_a_name_within_another_does_not_reach_outside():
    query = (
        "with a as (select 1 as x) select x from (with a as (select 2 as x) select * from a) as i"
    )
    assert duckdb.sql(unique(query, "f")).fetchall() == [(2,)]
    later = f"with b as ({query}), c as (select 3 as x) select b.x + c.x from b, c"
    assert duckdb.sql(unique(later, "f")).fetchall() == [(5,)]
