"""Conditions on an event's properties: what may stand in a `where`, and nothing else."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from pipeline.errors import InputError

EXPECTED = (
    "a condition on the columns of the events file, such as amount >= 1000 and channel in"
    " ('app', 'mini'); allowed are =, <>, <, <=, >, >=, and, or, not, in (…), between, like,"
    " is null"
)
_ALLOWED = (
    exp.And,
    exp.Between,
    exp.Boolean,
    exp.Column,
    exp.EQ,
    exp.GT,
    exp.GTE,
    exp.Identifier,
    exp.In,
    exp.Is,
    exp.Like,
    exp.Literal,
    exp.LT,
    exp.LTE,
    exp.Neg,
    exp.NEQ,
    exp.Not,
    exp.Null,
    exp.Or,
    exp.Paren,
)
_DEEPEST = 100


def check(text: Any) -> Any:
    """Refuse a condition that holds anything not allowed; give it back as it is.

    Raises ValueError with what was found and what is expected.
    """
    if isinstance(text, str):
        _parsed(text)
    return text


def as_sql(text: str, columns: Collection[str], place: str) -> str:
    """Write a checked condition as SQL over the events' columns; unknown is false.

    columns: their names. place: where the condition stands, for messages. Raises InputError where a
    column is not one of them.
    """
    tree = _parsed(text)
    known = {name.lower(): name for name in columns}
    for column in tree.find_all(exp.Column):
        if column.name.lower() not in known:
            raise InputError(
                f"{place}: the condition {text!r} names the column {column.name}, which the events"
                f" do not have; expected one of {', '.join(columns)}"
            )
    return f"coalesce(({tree.sql(dialect='duckdb', identify=True, comments=False)}), false)"


def columns_of(text: str) -> set[str]:
    """Give the columns a checked condition names, as it writes them."""
    return {column.name for column in _parsed(text).find_all(exp.Column)}


def mistyped(text: str, types: Mapping[str, str]) -> tuple[str, str] | None:
    """Find a column of texts that a checked condition compares with a number: column, number.

    types: column -> DuckDB type.
    """
    kinds = {name.lower(): (name, kind) for name, kind in types.items()}
    for node in _parsed(text).find_all(exp.Binary, exp.In, exp.Between):
        if isinstance(node, exp.Connector):
            continue
        sides = list(node.iter_expressions())
        numbers = [side for side in sides if _is_number(side)]
        for side in sides:
            name, kind = kinds.get(side.name.lower(), ("", ""))
            if numbers and isinstance(side, exp.Column) and kind == "VARCHAR":
                return name, numbers[0].sql(dialect="duckdb")
    return None


def _is_number(node: exp.Expr) -> bool:
    inner = node.this if isinstance(node, exp.Neg | exp.Paren) else node
    return isinstance(inner, exp.Literal) and not inner.is_string


def _parsed(text: str) -> exp.Expr:
    try:
        trees = sqlglot.parse(text, dialect="duckdb")
    except (SqlglotError, RecursionError) as error:
        said = str(error).splitlines()[0] if str(error) else "nested too deep"
        raise ValueError(f"{text!r} is no condition ({said}); expected {EXPECTED}") from None
    if len(trees) != 1 or trees[0] is None:
        raise ValueError(f"{text!r} is not one condition; expected {EXPECTED}")
    tree = trees[0]
    for node in tree.walk():
        if strange := _strange(node):
            raise ValueError(f"{text!r} holds {strange}, which is refused; expected {EXPECTED}")
    if isinstance(tree, exp.Literal | exp.Neg | exp.Null):
        raise ValueError(f"{text!r} compares nothing; expected {EXPECTED}")
    return tree


def _strange(node: exp.Expr) -> str:
    """Name what is not allowed in a node, or nothing."""
    if not isinstance(node, _ALLOWED) or type(node) not in _ALLOWED:
        return f"{node.key.upper()} ({node.sql(dialect='duckdb')})"
    if isinstance(node, exp.Column) and node.args.get("table"):
        return f"the qualified column {node.sql(dialect='duckdb')}"
    if isinstance(node, exp.Column) and not isinstance(node.this, exp.Identifier):
        return f"{node.sql(dialect='duckdb')} where a column is expected"
    if isinstance(node, exp.In) and not node.expressions:
        return f"IN without a list ({node.sql(dialect='duckdb')})"
    if node.depth > _DEEPEST:
        return f"more than {_DEEPEST} levels of brackets"
    return ""
