"""What a query reads, and that it reaches no more of a table than its view, however it asks."""

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.warehouse.reading import Refused, read, view

KNOWN = {
    "core.touches": ("touch_id", "customer_token", "touched_on", "amount", "tags"),
    "core.clicks": ("event_id", "customer_token", "clicks", "touched_on"),
    "core.secret": ("aum", "customer_token"),
}
TYPES = {"amount": "decimal(18, 2)", "tags": "varchar[]", "touched_on": "date", "clicks": "bigint"}
TYPES |= {"aum": "decimal(18, 2)"}

ANSWERED = [
    "select touch_id from core.touches",
    "select t.touch_id from core.touches as t where t.amount > 5",
    "select core.touches.touch_id from core.touches",
    "select count(*) as n from core.touches",
    "select touch_id as amount from core.touches where amount > 5",
    "select touch_id as x, count(*) over (partition by customer_token) as n from core.touches",
    "select touch_id from core.touches order by amount desc, 1 limit 3",
    "select touch_id from core.touches qualify row_number() over (order by amount, touch_id) = 1",
    "select touched_on, sum(amount) filter (where touch_id <> 'a') as s from core.touches"
    " group by all order by all",
    "select touch_id from core.touches where exists (select 1 from core.secret as s where"
    " s.customer_token = touches.customer_token and s.aum > 0)",
    "select (select max(aum) from core.secret) as most, touch_id from core.touches",
    "with big as (select customer_token as who from core.secret where aum > 1)"
    " select t.touch_id from core.touches as t join big on big.who = t.customer_token",
    "with recursive n as (select 1 as i union all select i + 1 from n where i < 3) select i from n",
    "select x.who from (select customer_token as who from core.clicks) as x order by 1",
    "select customer_token from core.touches union select customer_token from core.clicks"
    " order by 1",
    "select c.clicks from core.clicks as c where c.touched_on is not null",
    "select case when amount > 1 then 'x' else touch_id end as v from core.touches order by v",
    'select "touch_id", Touched_On from "core"."touches" where touch_id like \'a%\'',
    "select touch_id from core.touches -- , amount\n where customer_token in ('p', 'q')",
    "select unnest(tags) as tag from core.touches order by 1",
    "select a.touch_id from core.touches as a asof join core.clicks as b"
    " on a.customer_token = b.customer_token and a.touched_on >= b.touched_on order by 1",
]


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give the known tables with two persons' rows in each."""
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        for table, columns in KNOWN.items():
            kinds = ", ".join(f"{name} {TYPES.get(name, 'varchar')}" for name in columns)
            connection.execute(f"create table {table} ({kinds})")
        connection.execute(
            "insert into core.touches values"
            " ('a', 'p', '2026-11-01', 1, ['x', 'y']), ('b', 'q', '2026-11-02', 9, ['z'])"
        )
        connection.execute("insert into core.clicks values ('e', 'p', 3, '2026-11-01')")
        connection.execute("insert into core.secret values (7, 'p'), (0, 'q')")
        yield connection


@pytest.mark.parametrize("query", ANSWERED)
def test_a_query_reads_no_column_but_those_it_is_said_to(
    database: duckdb.DuckDBPyConnection, query: str
) -> None:
    """The oracle is the database: without every other column the answer is the same."""
    wanted = database.execute(query).fetchall()
    found = read(query, KNOWN)
    for table, columns in KNOWN.items():
        for column in columns:
            if f"{table}.{column}" not in found.columns:
                kind = TYPES.get(column, "varchar")
                _without(database, table, column, kind)
    assert database.execute(found.sql).fetchall() == wanted
    assert wanted, "an answer that could differ"


def _without(database: duckdb.DuckDBPyConnection, table: str, column: str, kind: str) -> None:
    """Take a column away; the last one stays, as a name that no query asks for."""
    names = [row[0] for row in database.execute(f"describe {table}").fetchall()]
    if names == [column]:
        database.execute(f'alter table {table} rename "{column}" to "nothing"')
    else:
        database.execute(f'alter table {table} drop column "{column}"')


def test_tables_are_named_by_schema(database: duckdb.DuckDBPyConnection) -> None:
    found = read("with t as (select 1 from CORE.Clicks) select 1 from core.touches, t", KNOWN)
    assert found.tables == {"core.clicks", "core.touches"}


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("select touch_id from core.touches", [("a",)]),
        ("select t.touch_id from core.touches as t where t.amount > 0", [("a",)]),
        ("select count(*) as n from core.touches", [(1,)]),
        ("with t as (select customer_token as c from core.touches) select c from t", [("p",)]),
        ("select touches.amount, s.aum from core.touches, core.secret as s", [(1, 7), (1, 0)]),
        (
            "select touch_id from core.touches union all select a.touch_id from core.touches as a"
            " where exists (select 1 from core.touches as b where b.touch_id <> a.touch_id)",
            [("a",)],
        ),
    ],
)
def test_rows_are_cut_down_wherever_a_table_stands(
    database: duckdb.DuckDBPyConnection, query: str, answer: list[tuple[object, ...]]
) -> None:
    agreed = "customer_token in (select customer_token from core.clicks)"
    only = read(query, KNOWN).over(
        {"core.touches": view("core.touches", KNOWN["core.touches"], agreed)}
    )
    assert database.execute(only).fetchall() == answer


SEEN = {
    "core.touches": view("core.touches", ["touch_id", "customer_token", "tags"]),
    "core.secret": view("core.secret", ["customer_token"]),
}
"""Without `amount`, `touched_on` and `aum`."""


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("select * from core.touches", [("a", "p", ["x", "y"]), ("b", "q", ["z"])]),
        ("from core.secret", [("p",), ("q",)]),
        ("select t.* from core.secret as t", [("p",), ("q",)]),
        ("select core.secret.* from core.secret", [("p",), ("q",)]),
        ("select core.secret.customer_token as c from core.secret order by c", [("p",), ("q",)]),
        ("select * exclude (tags) from core.touches", [("a", "p"), ("b", "q")]),
        ("select * replace (upper(touch_id) as touch_id) from core.touches", None),
        ("select columns(*) from core.secret", [("p",), ("q",)]),
        ("select columns('.*') from core.secret", [("p",), ("q",)]),
        ("select max(columns(*)) from core.secret", [("q",)]),
        ("select * like 'a%' from core.touches", None),
        (
            "select s from core.secret as s",
            [({"customer_token": "p"},), ({"customer_token": "q"},)],
        ),
        ("select core.secret from core.secret", None),
        ("select count(s) as n from core.secret as s", [(2,)]),
        ("select unnest(s) from core.secret as s", [("p",), ("q",)]),
        ("select struct_extract(s, 'aum') from core.secret as s", None),
        ("with x as (select * from core.secret) select * from x", [("p",), ("q",)]),
        ("with x as (select * from core.secret) select x from x", None),
        ("select * from (select * from core.secret) as x", [("p",), ("q",)]),
        ("select * from (select * from core.secret) as x (aum)", [("p",), ("q",)]),
        (
            "select touch_id, secret.* from core.touches join core.secret using (customer_token)",
            None,
        ),
        ("select * from core.touches join core.secret using (customer_token)", None),
        ("select * from core.touches natural join core.secret", None),
        ("select * from core.touches natural join core.clicks", None),
        ("select * from core.secret as a join core.secret as b using (aum)", None),
        ("select * from core.secret positional join core.touches", None),
        ("select aum from core.secret", None),
        ("select s.aum from core.secret as s", None),
        ("select core.secret.aum from core.secret", None),
        ("select x.aum from (select * from core.secret) as x", None),
        ("select customer_token as aum, aum as a from core.secret", None),
        ("select customer_token from core.secret where aum > 1", None),
        ("select customer_token from core.secret order by aum", None),
        (
            "select customer_token from core.secret group by customer_token having max(aum) > 1",
            None,
        ),
        ("select sum(1) over (order by aum) from core.secret", None),
        (
            "select touch_id from core.touches where exists"
            " (select 1 from core.secret where aum > 1)",
            None,
        ),
        ("select (select max(aum) from core.secret) as m", None),
        (
            "select customer_token from core.secret union all by name select aum from core.secret",
            None,
        ),
        ("select * from core.secret union by name select * from core.touches order by all", None),
        ("select rowid from core.secret", None),
    ],
)
def test_what_is_not_in_a_view_is_reached_in_no_way(
    database: duckdb.DuckDBPyConnection, query: str, answer: list[tuple[object, ...]] | None
) -> None:
    """The oracle is the database: whatever stands in the other columns, the answer is the same."""

    def asked() -> list[tuple[object, ...]] | str:
        try:
            return database.execute(read(query, KNOWN).over(SEEN)).fetchall()
        except duckdb.BinderException:
            return "there is no such column"

    before = asked()
    assert answer is None or before == answer
    database.execute("update core.touches set amount = 77 + amount, touched_on = '2020-02-02'")
    database.execute("update core.secret set aum = 7 - aum")
    assert asked() == before


@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ("select touch_id from core.touches; select aum from core.secret", "not_one_select"),
        ("select touch_id from core.touches;; select 1", "not_one_select"),
        ("", "not_one_select"),
        ("copy core.secret to 'x.csv'", "not_one_select"),
        ("attach 'other.duckdb'", "not_one_select"),
        ("describe core.secret", "not_one_select"),
        ("summarize core.secret", "not_one_select"),
        ("explain analyze select 1", "not_one_select"),
        ("pragma show_tables", "not_one_select"),
        ("create table x as select aum from core.secret", "not_one_select"),
        ("pivot core.secret on aum", "not_one_select"),
        ("table core.secret", "not_one_select"),
        ("with d as (delete from core.secret returning aum) select aum from d", "not_resolved"),
        ("select 'a", "not_read"),
        ("select from from", "not_read"),
        ("select #1 from core.touches", "not_resolved"),
        ("select (t).amount from core.touches as t", "not_resolved"),
        ("select to_json(t) from core.touches as t", "not_resolved"),
        ("select a from core.secret as s (a, b)", "not_resolved"),
        ("select a from read_parquet('parts/**')", "not_resolved"),
        ("select a from 'secret.parquet'", "no_schema"),
        ("select a from query('select aum from core.secret')", "not_resolved"),
        ("select a from query_table('core.secret')", "not_resolved"),
        ("select getvariable('x') as a", "not_resolved"),
        ("select read_text('x') as a", "not_resolved"),
        ("select list_transform(tags, lambda x: x) from core.touches", "not_resolved"),
        ("select [x for x in tags] from core.touches", "not_resolved"),
        ("select touch_id from core.touches, lateral (select 1)", "not_resolved"),
        ("select touch_id from core.touches pivot (count(*) for amount in (1))", "not_resolved"),
        ("select $1 from core.touches", "not_resolved"),
        ("select touch_id from core.touches tablesample 1%", "not_resolved"),
        ("select touch_id from touches", "no_schema"),
        ("select touch_id from parts.touches", "unknown_table"),
        ("select touch_id from other.core.touches", "not_resolved"),
        ("select sql from duckdb_tables()", "not_resolved"),
        ("select table_name from information_schema.tables", "unknown_table"),
    ],
)
def test_a_query_that_leaves_open_what_it_reads_is_refused(query: str, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        read(query, KNOWN)
    assert refused.value.rule == rule
    assert "secret" not in str(refused.value), "what was asked is not said again"


@pytest.mark.parametrize(
    "query",
    [
        "select touch_id --\r, aum\nfrom core.secret, core.touches",
        "select touch_id /* /* */ , aum */ from core.secret, core.touches",
        "select touch_id, $$ '$$, aum, $$' $$ from core.secret, core.touches",
        "select touch_id, e'\\'', aum, '\\'' from core.secret, core.touches",
    ],
)
def test_what_is_run_is_what_was_read_however_it_is_written(
    database: duckdb.DuckDBPyConnection, query: str
) -> None:
    """Where two readers may differ on what a comment or a text is, the tree decides for both."""
    try:
        found = read(query, KNOWN)
    except Refused:
        return
    run = database.execute(found.sql)
    shown = {column[0] for column in run.description or []}
    assert ("aum" in shown) == ("core.secret.aum" in found.columns)
