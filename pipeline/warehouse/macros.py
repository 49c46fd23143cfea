"""Functions of our own that models call: macros on DuckDB, written out where they are translated.

`wilson_low(rate, n)` and `wilson_high(rate, n)` are the ends of the Wilson 95 % interval of a rate
among n (pipeline/funnels/wilson.py has the source); null where there is no rate.
"""

import duckdb
import sqlglot
from sqlglot import exp

from pipeline.funnels.wilson import Z95

_PARAMETERS = ("rate", "n")
# At 0 and 1 it touches the end exactly. Plain literals would be decimals, whose products are too
# long for many persons.
_WILSON = f"""
    case
        when rate = {{end}} then {{end}}e0
        when rate is not null and n > 0
            then least(1e0, greatest(0e0, (
                rate + {Z95**2}e0 / (2 * n)
                {{sign}} {Z95}e0 * sqrt(rate * (1 - rate) / n + {Z95**2}e0 / (4e0 * n * n))
            ) / (1 + {Z95**2}e0 / n)))
    end
"""
MACROS = {
    "wilson_low": _WILSON.format(sign="-", end=0),
    "wilson_high": _WILSON.format(sign="+", end=1),
}
"""What each gives, by its name; all take the same two arguments."""


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Make them known to a database that is empty yet; they stay with it, for its analysts."""
    for name, body in MACROS.items():
        connection.execute(f"create macro {name}({', '.join(_PARAMETERS)}) as {body}")


def written_out(tree: exp.Expr) -> exp.Expr:
    """Put what each macro stands for in its place in a query."""
    return tree.transform(_written_out)


def _written_out(node: exp.Expr) -> exp.Expr:
    if not isinstance(node, exp.Anonymous) or node.name.lower() not in MACROS:
        return node
    given = dict(zip(_PARAMETERS, node.expressions, strict=True))
    body = sqlglot.parse_one(MACROS[node.name.lower()], dialect="duckdb")
    return body.transform(
        lambda part: exp.paren(given[part.name].copy()) if isinstance(part, exp.Column) else part
    )
