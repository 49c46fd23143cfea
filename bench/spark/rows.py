"""Whether two builds hold the same rows: whole numbers and texts alike, doubles to nine digits."""

from pathlib import Path

import duckdb

from pipeline.warehouse.model import read_models


def differing_tables(here: Path, there: Path) -> int:
    """Count the tables of two workspaces whose rows differ."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{here / 'analysis.duckdb'}' as here (read_only)")
        connection.execute(f"attach '{there / 'analysis.duckdb'}' as there (read_only)")
        return sum(_differs(connection, model.name) for model in read_models())


def _differs(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    columns = ", ".join(
        f'format(\'{{:.9g}}\', "{column}") as "{column}"' if kind == "DOUBLE" else f'"{column}"'
        for column, kind, *_ in connection.execute(f"describe here.{name}").fetchall()
        if not name.endswith(".run") or column != "publish_id"
    )
    one, other = f"select {columns} from here.{name}", f"select {columns} from there.{name}"
    either = f"({one} except all {other}) union all ({other} except all {one})"
    return bool(connection.execute(f"select 1 from ({either}) limit 1").fetchall())
