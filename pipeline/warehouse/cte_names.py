"""Common table expressions under names of their own, wherever in a query they are nested.

Spark's writer lifts all of them to the top, where two of one name would be taken for each other.
"""

from collections import Counter
from functools import cache

import sqlglot
from sqlglot import exp


@cache
def unique(sql: str, prefix: str) -> str:
    """Rename the common table expressions of a query so that no two share a name.

    Tables read by such a name keep it as their alias, so that columns are qualified as before.
    """
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    _rename(tree, {}, prefix, Counter())
    return tree.sql(dialect="duckdb", pretty=True)


def _rename(node: exp.Expr, outer: dict[str, str], prefix: str, seen: "Counter[str]") -> None:
    """Rename below a node; `outer` gives the new names of what stands around it."""
    here = dict(outer)
    named = node.args.get("with_")
    for cte in named.expressions if named else []:
        _rename(cte.this, here, prefix, seen)
        name = cte.alias
        seen[name] += 1
        here[name] = f"{prefix}_{name}" + (f"_{seen[name]}" if seen[name] > 1 else "")
        cte.args["alias"].set("this", exp.to_identifier(here[name]))
    for child in list(node.iter_expressions()):
        if child is named:
            continue
        _rename(child, here, prefix, seen)
        if isinstance(child, exp.Table) and not child.db and child.name in here:
            old = child.name
            child.set("this", exp.to_identifier(here[old]))
            if not child.alias:
                child.set("alias", exp.TableAlias(this=exp.to_identifier(old)))
