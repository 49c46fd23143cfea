"""A model's query as a part runs it: each table is a view of the days that the part sees of it."""

from sqlglot import exp


def view(name: str) -> str:
    """Name the view that stands for a table."""
    return f"seen.{name.replace('.', '_')}"


def query(text: str, tree: exp.Expr) -> str:
    """Write the views in the place of the tables; `tree` is of the text as it stands.

    A table without another name keeps its own, by which columns may be called.
    """
    written, after = [], len(text)
    for start, end, table in sorted(map(_place, _stored(tree)), key=lambda at: -at[0]):
        named = "" if table.alias else f" as {table.name}"
        written += [text[end:after], f"{view(f'{table.db}.{table.name}')}{named}"]
        after = start
    return "".join(reversed([*written, text[:after]]))


def _stored(tree: exp.Expr) -> list[exp.Table]:
    return [table for table in tree.find_all(exp.Table) if table.db]


def _place(table: exp.Table) -> tuple[int, int, exp.Table]:
    """Say from which character of the text to which a table is named."""
    return table.args["db"].meta["start"], table.this.meta["end"] + 1, table
