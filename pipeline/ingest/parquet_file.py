"""Parquet with typed or text columns -> the same grid of text that a CSV gives."""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.ingest.container import Container, FileRefused, Grid


def read_parquet(data: bytes) -> Container:
    """Read a Parquet file; a row's line is its number among the data rows.

    The header is the grid's first row and has line 0. Times with a zone become ISO 8601 text with
    its offset; times without one stay without, so that a column that needs a zone refuses them.
    """
    try:
        table = pq.ParquetFile(pa.BufferReader(data)).read()
        columns = [
            text_column(name, table[i]).to_pylist() for i, name in enumerate(table.column_names)
        ]
    except (pa.ArrowException, OSError, ValueError, TypeError, LookupError) as error:
        why, _, _ = str(error).partition("\n")
        raise FileRefused(
            f"Parquet that cannot be read ({why})",
            "a whole Parquet file",
            "deliver it again",
        ) from None
    rows = [list(table.column_names), *zip(*columns, strict=True)]
    return Container("parquet", (Grid(None, rows, range(len(rows))),))


def text_column(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write a column as text, blank where there is nothing; FileRefused for what has no text."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_timestamp(kind):
        # Python writes the offset; Arrow's own cast leaves it out.
        times = column.cast(_micros(kind)).to_pylist()
        return pa.chunked_array([["" if t is None else t.isoformat() for t in times]], pa.string())
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        raise FileRefused(
            f"column {name} of type {kind}", "text, numbers, days or times", "deliver it as text"
        )
    return pc.fill_null(column.cast(pa.string()), "")


def _micros(kind: pa.TimestampType) -> pa.TimestampType:
    return pa.timestamp("us", tz=kind.tz)
