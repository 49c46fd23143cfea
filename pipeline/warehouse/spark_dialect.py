"""A model's select in Spark's words, meaning what it means on DuckDB.

sqlglot translates the spelling. What is here is where its translation would run and silently
give another number; what has no translation that means the same is refused by name. Each entry
of PORTABLE has its cases in tests/spark/test_dialect.py, which runs them on both engines.
"""

from typing import ClassVar

import sqlglot
from sqlglot import exp
from sqlglot.dialects.spark import Spark
from sqlglot.errors import ErrorLevel, SqlglotError
from sqlglot.generators.spark import SparkGenerator

from pipeline.errors import ModelError
from pipeline.warehouse import macros

# Functions, operators that may mean another thing, and casts that agree on both engines.
PORTABLE = frozenset(
    """
    abs add argmax argmin case cast:bigint cast:boolean cast:date cast:decimal cast:double
    cast:int cast:text cast:timestampntz cast:tinyint coalesce concatws count datediff denserank
    div epoch_us exists exp greatest groupconcat if intdiv interval lag lastvalue lead least
    length like ln logicaland logicalor lower max md5 median min mod mul neg nullif nullsafeeq
    nullsafeneq pow rank regexpextract regexpreplace replace round rownumber splitpart sqrt sub
    substring sum unixtotime window
    """.split()  # noqa: SIM905 - a list of one name a line would be 50 lines long
)
_PLAIN = (exp.Connector, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.Dot)


class _Writer(SparkGenerator):
    """Writes what differs; see the functions below for each difference."""

    TRANSFORMS: ClassVar = {
        **SparkGenerator.TRANSFORMS,
        exp.Anonymous: lambda self, e: _microseconds(self, e),
        exp.ArgMax: lambda self, e: _of_known(self, e, "MAX_BY"),
        exp.ArgMin: lambda self, e: _of_known(self, e, "MIN_BY"),
        exp.DateDiff: lambda self, e: _time_between(self, e),
        exp.Div: lambda self, e: _quotient(self, e),
        exp.RegexpReplace: lambda self, e: _every_match(self, e),
        exp.UnixToTime: lambda self, e: _moment(self, e),
    }


class DuckDBOnSpark(Spark):
    """Spark SQL that keeps the meaning of DuckDB's."""

    Generator = _Writer


def transpiled(sql: str, name: str) -> str:
    """Write a select of DuckDB's for Spark; ModelError names what has no equal there."""
    try:
        tree = macros.written_out(sqlglot.parse_one(sql, dialect="duckdb"))
        strange = sorted(functions(tree) - PORTABLE)
        if strange:
            raise ModelError(
                f"{name}: {', '.join(strange)} is not known to mean the same on Spark; see"
                " docs/SCALING.md for the list and how to add to it"
            )
        return tree.sql(dialect=DuckDBOnSpark, unsupported_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        raise ModelError(f"{name}: cannot be written for Spark: {error}") from None


def functions(tree: exp.Expr) -> set[str]:
    """Name the functions, arithmetic and casts a query uses, as PORTABLE does."""
    used = tree.find_all(exp.Func, exp.Binary, exp.Neg, exp.Interval, exp.Window)
    return {_name(node) for node in used if not isinstance(node, _PLAIN)}


def _name(node: exp.Expr) -> str:
    if isinstance(node, exp.Cast):
        return f"cast:{node.to.this.name.lower()}"
    return node.name.lower() if isinstance(node, exp.Anonymous) else node.key


def _of_known(writer: SparkGenerator, node: exp.ArgMax | exp.ArgMin, name: str) -> str:
    """Pass over rows whose value is null, as DuckDB does; Spark would give the null."""
    if isinstance(node.parent, exp.Filter | exp.Window) or node.args.get("count"):
        writer.unsupported(f"{name} with a filter, a window or a count")
    value = writer.sql(node, "this")
    return f"{name}({value}, {writer.sql(node, 'expression')}) FILTER (WHERE {value} IS NOT NULL)"


def _time_between(writer: SparkGenerator, node: exp.DateDiff) -> str:
    """Count midnights or seconds passed; Spark's form with a unit counts whole units only."""
    end, start = writer.sql(node, "this"), writer.sql(node, "expression")
    match node.text("unit").upper():
        case "DAY":
            return f"CAST(DATEDIFF({end}, {start}) AS BIGINT)"
        case "SECOND":
            moments = (f"UNIX_SECONDS(CAST({moment} AS TIMESTAMP))" for moment in (end, start))
            return f"({' - '.join(moments)})"
    writer.unsupported("date_diff of anything but days and seconds")
    return ""


def _microseconds(writer: SparkGenerator, node: exp.Anonymous) -> str:
    """Give the microseconds of a moment since 1970, which stands for UTC as it does on DuckDB."""
    if node.name.lower() != "epoch_us":
        return writer.anonymous_sql(node)
    return f"UNIX_MICROS(CAST({writer.sql(node.expressions[0])} AS TIMESTAMP))"


def _moment(writer: SparkGenerator, node: exp.UnixToTime) -> str:
    """Give the moment of so many microseconds since 1970, without a zone."""
    if node.text("scale") != "6":
        writer.unsupported("make_timestamp of anything but microseconds")
    return f"CAST(TIMESTAMP_MICROS({writer.sql(node, 'this')}) AS TIMESTAMP_NTZ)"


def _quotient(writer: SparkGenerator, node: exp.Div) -> str:
    """Divide as doubles; Spark would give a decimal, rounded, for decimals."""
    parts = (f"CAST({writer.sql(part)} AS DOUBLE)" for part in (node.left, node.right))
    return " / ".join(parts)


def _every_match(writer: SparkGenerator, node: exp.RegexpReplace) -> str:
    """Replace every match, which is all that Spark does; DuckDB does it with the option `g`."""
    if node.text("modifiers") != "g":
        writer.unsupported("regexp_replace without the option 'g', which replaces the first match")
    parts = (node.this, node.expression, node.args.get("replacement"))
    return str(writer.func("REGEXP_REPLACE", *parts))
