"""What a query guarantees by itself: that no two of its rows share their grain."""

from collections.abc import Sequence

from sqlglot import exp


def is_unique(tree: exp.Select, grain: Sequence[str]) -> bool:
    """Whether a select groups by its grain, or keeps one row of each.

    Where that can't be seen, the rows have to be counted.
    """
    if not grain or tree.args.get("joins") or tree.args.get("laterals"):
        return bool(grain) and _groups_by(tree, grain)
    return _groups_by(tree, grain) or _keeps_one_of(tree, grain) or _passes_on(tree, grain)


def _groups_by(tree: exp.Select, grain: Sequence[str]) -> bool:
    group = tree.args.get("group")
    if not group or not group.args.get("all"):
        return False
    keys = {column.alias_or_name for column in tree.selects if not column.find(exp.AggFunc)}
    return keys <= set(grain)


def _keeps_one_of(tree: exp.Select, grain: Sequence[str]) -> bool:
    qualify = tree.args.get("qualify")
    condition = qualify.this if qualify else None
    if not isinstance(condition, exp.EQ) or not isinstance(condition.this, exp.Window):
        return False
    window, one = condition.this, condition.expression
    kept = {column.name for column in window.args.get("partition_by") or []}
    return isinstance(window.this, exp.RowNumber) and one.name == "1" and kept == set(grain)


def _passes_on(tree: exp.Select, grain: Sequence[str]) -> bool:
    """Whether it only names the columns of a query before it that is unique by the same."""
    source = tree.args["from_"].this if tree.args.get("from_") else None
    before = {cte.alias: cte.this for cte in tree.ctes}.get(source.name) if source else None
    if not isinstance(before, exp.Select) or tree.args.get("distinct") or tree.find(exp.Unnest):
        return False
    named = {c.alias_or_name for c in tree.selects if isinstance(c.unalias(), exp.Column)}
    return set(grain) <= named and is_unique(before, grain)
