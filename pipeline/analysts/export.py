"""A published table as a file that opens in Excel, or that a program reads.

What is withheld in the database is withheld here: nothing but published tables can be taken.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from pipeline.analysts.tables import SCHEMA, Table, table
from pipeline.analysts.workbook import write_workbook
from pipeline.databases import opened
from pipeline.errors import InputError

_RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What makes a spreadsheet take a text for a formula; a Chinese one also in full width.

Source: OWASP, CSV Injection.
"""

_BOM = "\ufeff"


def export(
    database: Path,
    name: str,
    to: Path,
    taken: Callable[[str, int], None] = lambda table, rows: None,
) -> int:
    """Write a published table as .csv, .xlsx or .parquet; give the number of its rows.

    CSV: UTF-8 with a byte order mark, the database's column names. Workbook: Chinese headers, a
    sheet that says what the columns mean. In both a text that a spreadsheet would take for a
    formula stays text. Parquet: the database's own types. The file appears when it is whole and
    `taken` was told of the table and its rows; where that raises, there is none.
    Raises InputError for an unknown table or kind of file.
    """
    writers = {".csv": _write_csv, ".xlsx": write_workbook, ".parquet": _write_parquet}
    if to.suffix not in writers:
        raise InputError(f"{to}：只写 .csv、.xlsx、.parquet（expected one of these）")
    found = table(database, name)
    with opened(database) as connection:
        rows = connection.sql(f"select * from {SCHEMA}.{found.name}").to_arrow_table()
    draft = to.with_name(f".{to.name}.draft")
    try:
        writers[to.suffix](found, rows, draft)
        taken(f"{SCHEMA}.{found.name}", int(rows.num_rows))
        draft.replace(to)
    except OSError as error:
        raise InputError(f"{to}：写不了（cannot be written）：{error}") from None
    finally:
        draft.unlink(missing_ok=True)
    return int(rows.num_rows)


def _write_parquet(_: Table, rows: pa.Table, to: Path) -> None:
    pq.write_table(rows, to, compression="zstd")


def _write_csv(_: Table, rows: pa.Table, to: Path) -> None:
    columns = [_harmless(column) if _is_text(column) else column for column in rows.columns]
    with to.open("wb") as file:
        file.write(_BOM.encode())
        pa_csv.write_csv(pa.table(columns, names=rows.column_names), file)


def _is_text(column: pa.ChunkedArray) -> bool:
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


def _harmless(column: pa.ChunkedArray) -> pa.Array:
    return pa.array([_as_text(value) for value in column.to_pylist()], pa.string())


def _as_text(value: Any) -> Any:
    """Put an apostrophe before a text that would be a formula."""
    return f"'{value}" if value is not None and value.startswith(_RISKY) else value
