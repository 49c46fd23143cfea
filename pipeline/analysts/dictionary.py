"""The dictionary of the published tables, as Markdown, written from the database itself."""

from pathlib import Path

from pipeline.analysts.names import chinese
from pipeline.analysts.tables import SCHEMA, Table, tables
from pipeline.databases import opened

_METRICS = """
    select name_zh, name_en, version, meaning_zh, meaning_en, unit, base, table_name, column_name
    from published.definitions
    order by table_name, column_name, metric, version
"""
_HEAD = """# Dictionary

Every published table and column, and every metric, as the database's own comments and
`published.definitions` say them.
Written by `funnel dictionary > docs/dictionary.md`; a test holds it to the models.
"""


def dictionary(database: Path) -> str:
    """Give the dictionary of a published database. InputError where there is none."""
    parts = [_HEAD, _metrics(database), *(_table(each) for each in tables(database))]
    return "\n".join(parts)


def _metrics(database: Path) -> str:
    with opened(database) as connection:
        rows = connection.execute(_METRICS).fetchall()
    lines = ["## Metrics 口径", "", "| metric | version | means | unit | stands in |", _rule(5)]
    for zh, en, version, meaning_zh, meaning_en, unit, base, table, column in rows:
        means = f"{meaning_zh}<br>{meaning_en}"
        of = f", of {base}" if base else ""
        place = f"[`{table}`](#{SCHEMA}{table}).`{column}`"
        lines.append(_row(f"{zh} {en}", str(version), means, f"{unit}{of}", place))
    return "\n".join([*lines, ""])


def _table(table: Table) -> str:
    lines = [f"## {SCHEMA}.{table.name}", "", table.purpose, ""]
    lines += ["| column | 中文 | type | means |", _rule(4)]
    for column in table.columns:
        lines.append(_row(f"`{column.name}`", chinese(column.name), column.kind, column.note))
    return "\n".join([*lines, ""])


def _rule(columns: int) -> str:
    return "|" + " --- |" * columns


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
