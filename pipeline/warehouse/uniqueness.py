"""What a query guarantees by itself: that no two of its rows share their grain."""

from collections.abc import Sequence

from sqlglot import exp

_MORE_ROWS = (exp.Unnest, exp.Explode, exp.Pivot)


def is_unique(tree: exp.Select, grain: Sequence[str]) -> bool:
    """Whether a select groups by its grain, or keeps one row of each.

    Where that can't be seen, the rows have to be counted.
    """
    if not grain or any(find for kind in _MORE_ROWS if (find := tree.find(kind))):
        return False
    if tree.args.get("joins") or tree.args.get("laterals"):
        return _groups_by(tree, grain)
    return _groups_by(tree, grain) or _keeps_one_of(tree, grain) or _passes_on(tree, grain)


def _groups_by(tree: exp.Select, grain: Sequence[str]) -> bool:
    group = tree.args.get("group")
    if not group or not group.args.get("all"):
        return False
    keys = {column.alias_or_name for column in tree.selects if not _is_aggregate(column)}
    return keys <= set(grain)


def _is_aggregate(column: exp.Expr) -> bool:
    """Whether a column is worked out of all rows of a group; a query within asks other rows."""
    return column.find(exp.Query) is None and column.find(exp.AggFunc) is not None


def _keeps_one_of(tree: exp.Select, grain: Sequence[str]) -> bool:
    qualify = tree.args.get("qualify")
    condition = qualify.this if qualify else None
    if not isinstance(condition, exp.EQ) or not isinstance(condition.this, exp.Window):
        return False
    window, one = condition.this, condition.expression
    kept = {column.name for column in window.args.get("partition_by") or []}
    is_first = isinstance(window.this, exp.RowNumber) and one.name == "1"
    return is_first and kept == set(grain) and kept <= _named_as_they_were(tree)


def _passes_on(tree: exp.Select, grain: Sequence[str]) -> bool:
    """Whether it only names the columns of a query before it that is unique by the same."""
    source = tree.args["from_"].this if tree.args.get("from_") else None
    if not isinstance(source, exp.Table) or source.db:
        return False
    before = {cte.alias: cte for cte in tree.ctes}.get(source.name)
    if before is None or not isinstance(before.this, exp.Select):
        return False
    renamed = any(named and named.columns for named in map(_alias, (source, before)))
    if renamed or not set(grain) <= _named_as_they_were(tree):
        return False
    return is_unique(before.this, grain)


def _alias(named: exp.Expr) -> exp.TableAlias | None:
    alias = named.args.get("alias")
    return alias if isinstance(alias, exp.TableAlias) else None


def _named_as_they_were(tree: exp.Select) -> set[str]:
    """Give the columns that are passed on under the name they had."""
    return {
        column.alias_or_name
        for column in tree.selects
        if isinstance(column.unalias(), exp.Column)
        and column.unalias().name == column.alias_or_name
    }
