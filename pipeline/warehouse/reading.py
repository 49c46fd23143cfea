"""What a query reads by its names, and the query over no more of each table than it may see.

What is run is the query written anew from the tree that was looked at, never the text that was
given, so that both are read alike. In it a view stands for each table that may not be seen whole:
only its columns are there to be taken, by name, by star or in a row. So it has to be told which
tables a query reads, and one that leaves this open is refused. Names tell what was asked for: each
counts as a column of every table of the query that has one of that name, too many rather than too
few.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from pipeline.errors import InputError

_DIALECT = "duckdb"
_KNOWN = (
    *(exp.Select, exp.SetOperation, exp.Subquery, exp.With, exp.CTE, exp.From, exp.Join),
    *(exp.Where, exp.Group, exp.Having, exp.Qualify, exp.Order, exp.Ordered, exp.Limit),
    *(exp.Offset, exp.Distinct, exp.Table, exp.TableAlias, exp.Identifier, exp.Column, exp.Alias),
    *(exp.Literal, exp.Boolean, exp.Null, exp.DataType, exp.DataTypeParam, exp.Interval, exp.Var),
    *(exp.Binary, exp.Unary, exp.Between, exp.In, exp.Tuple, exp.Values, exp.Star, exp.If),
    *(exp.Window, exp.WindowSpec, exp.Filter, exp.Func, exp.Rollup, exp.Cube, exp.GroupingSets),
    *(exp.IgnoreNulls, exp.RespectNulls, exp.WithinGroup, exp.AtTimeZone),
)
"""What a query may be made of."""

_REFUSED = (exp.Anonymous, exp.AnonymousAggFunc, exp.Lambda)
"""What would count as one of those, and may read what cannot be told."""

_NAMING = (
    *(exp.Column, exp.Table, exp.TableAlias, exp.Alias, exp.Window, exp.PropertyEQ, exp.Join),
)
"""Where a name may stand: as a column, or as what is no column."""


class Refused(InputError):
    """A query that is not answered; `rule` says by which rule, for the audit trail."""

    def __init__(self, rule: str, words: str) -> None:
        """Say why, and what to do about it."""
        super().__init__(words)
        self.rule = rule


@dataclass(frozen=True)
class Reading:
    """A query of one select, read: what it is run as, and what it may take at most."""

    tree: exp.Query
    known: Mapping[str, Sequence[str]]

    @property
    def sql(self) -> str:
        """The query as it is run."""
        return self.tree.sql(dialect=_DIALECT, comments=False)

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables it reads, by schema and name."""
        return frozenset(_name(table) for table in _stored(self.tree))

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns that it names, by schema, table and name, at most; a star names none."""
        found: set[str] = set()
        for column in self.tree.find_all(exp.Column):
            found.update(self._meant_by([part.name.lower() for part in column.parts]))
        for join in self.tree.find_all(exp.Join):
            for name in join.args.get("using") or ():
                found.update(self._meant_by([name.name.lower()]))
        return frozenset(found)

    def over(self, views: Mapping[str, exp.Select]) -> str:
        """Give the query over views in place of some tables, by the tables' names."""
        tree = self.tree.copy()
        for column in tree.find_all(exp.Column):
            if f"{column.text('db')}.{column.table}".lower() in views:
                column.set("db", None)  # a view has the name of its table, and no schema
        for table in _stored(tree):
            if view := views.get(_name(table)):
                table.replace(view.subquery(table.alias_or_name))
        return tree.sql(dialect=_DIALECT, comments=False)

    def _meant_by(self, parts: list[str]) -> Iterator[str]:
        """Give every column that a name may mean; a part before the last may be one as well."""
        qualifier = parts[-2] if len(parts) == 2 else None
        for table in _stored(self.tree):
            name = _name(table)
            for part in parts[:-1]:
                if part in self.known[name]:
                    yield f"{name}.{part}"
            of_this = qualifier in (None, table.alias_or_name.lower())
            if of_this and parts[-1] in self.known[name]:
                yield f"{name}.{parts[-1]}"


def read(query: str, known: Mapping[str, Sequence[str]]) -> Reading:
    """Read a query over known tables; Refused where it cannot be told which of them it reads."""
    tree = _one_select(query)
    for node in tree.walk():
        _refuse_unknown(node)
    named = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        _refuse_strange(table, named, known)
    return Reading(tree, known)


def _one_select(query: str) -> exp.Query:
    try:
        words = sqlglot.tokenize(query, dialect=_DIALECT)
        tree = sqlglot.parse_one(query, dialect=_DIALECT) if _is_one_select(words) else None
    except SqlglotError:
        raise Refused(
            "not_read", "这条查询读不懂 · cannot be parsed; expected one select"
        ) from None
    if not isinstance(tree, exp.Query):
        raise Refused(
            "not_one_select", "按用途只查一条 select · a purpose reads by one select statement"
        )
    return tree


def _is_one_select(words: Sequence[Token]) -> bool:
    """Say so before it is parsed: what is no select is parsed with a warning, which tells of it."""
    begins = {TokenType.SELECT, TokenType.WITH, TokenType.FROM, TokenType.L_PAREN}
    ends = [word.token_type is TokenType.SEMICOLON for word in words]
    return bool(words) and words[0].token_type in begins and True not in ends[:-1]


def _refuse_unknown(node: exp.Expr) -> None:
    if not isinstance(node, _KNOWN) or isinstance(node, _REFUSED):
        what = node.name if isinstance(node, exp.Anonymous) else node.key
        raise Refused(
            "not_resolved",
            f"{what}：看不出它会读哪些列，按用途查询时不用 · what it reads cannot be told",
        )
    if isinstance(node, exp.Identifier) and not isinstance(node.parent, _NAMING):
        raise Refused("not_resolved", "有一个名字看不出指什么 · what a name means cannot be told")


def _refuse_strange(table: exp.Table, named: set[str], known: Mapping[str, Sequence[str]]) -> None:
    plain = isinstance(table.this, exp.Identifier) and not table.catalog
    if not plain or table.args.get("pivots") or table.args.get("joins") or table.alias_column_names:
        raise Refused(
            "not_resolved",
            "from 之后只写 库.表 · expected schema.table: no function, file, pivot or new names of"
            " columns",
        )
    if table.db and _name(table) not in known:
        raise Refused(
            "unknown_table", "没有这张表 · no such table: funnel sql --analysis lists them"
        )
    if not table.db and table.name.lower() not in named:
        raise Refused("no_schema", "请写 库.表 · write schema.table, such as core.touches")


def view(table: str, columns: Sequence[str], only: str | None = None) -> exp.Select:
    """Give the view of a table that holds some columns, and rows of which a condition is true."""
    return exp.select(*map(exp.column, columns)).from_(table).where(only, dialect=_DIALECT)


def _stored(tree: exp.Query) -> list[exp.Table]:
    return [table for table in tree.find_all(exp.Table) if table.db]


def _name(table: exp.Table) -> str:
    return f"{table.db}.{table.name}".lower()
