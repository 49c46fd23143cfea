"""Ask the databases a question, read-only: what `funnel sql` does."""

import datetime as dt
import math
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipeline.databases import opened
from pipeline.errors import InputError

_PERSONS = re.compile('schema "(core|staging)" does not exist')
_ELSEWHERE = (
    "\n  core、staging 只在个人级库里，仅限授权分析师：加 --analysis"
    " · only in the analysis database: add --analysis"
)

TABLES = """
    select schema_name || '.' || table_name as "table", estimated_size as rows, comment
    from duckdb_tables()
    union all
    select schema_name || '.' || view_name, null, comment
    from duckdb_views()
    where not internal
    order by 1
"""


def rows(database: Path, query: str, *folders: Path) -> list[dict[str, Any]]:
    """Give the rows a query finds, as values JSON can hold: money as numbers, days as ISO text.

    `folders` hold the files that views of the database read; the query reaches no others.
    """
    with opened(database, *folders) as connection:
        try:
            found = connection.execute(query)
            names = [column[0] for column in found.description or []]
            fetched = found.fetchall()
        except duckdb.Error as error:
            hint = _ELSEWHERE if _PERSONS.search(str(error)) else ""
            raise InputError(f"查询没能执行 · the query failed: {error}{hint}") from None
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"有两列同名：{', '.join(twice)}；请用 as 改名 · two columns of a name")
    return [dict(zip(names, map(_plain, row), strict=True)) for row in fetched]


def tables_read(database: Path, query: str) -> tuple[str, ...]:
    """Name the database's tables and views that a query names; none where it is not even words."""
    import sqlglot
    from sqlglot.errors import SqlglotError

    with opened(database) as connection:
        known = [name for name, *_ in connection.execute(TABLES).fetchall()]
    try:
        words = [token.text.lower() for token in sqlglot.tokenize(query, dialect="duckdb")]
    except SqlglotError:
        return ()
    triples = zip(words, words[1:], words[2:], strict=False)
    named = {f"{schema}.{table}" for schema, dot, table in triples if dot == "."}
    if not {"use", "search_path"}.isdisjoint(words):  # then the schema need not stand there
        named |= {name for name in known if name.partition(".")[2] in words}
    return tuple(name for name in known if name in named)


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
