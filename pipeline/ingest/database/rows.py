"""Arrow batches of a query -> blocks of rows of text, as the bank's Parquet files give them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipeline.ingest.container import FileRefused
from pipeline.ingest.parquet_file import text_column


@dataclass(frozen=True)
class Block:
    """Rows that follow each other. watermarks: of each row; texts: its cells, blank for NULL."""

    watermarks: list[Any]
    texts: list[tuple[str, ...]]


def refuse_odd_columns(schema: pa.Schema) -> None:
    """Refuse the types that have no text of their own in Arrow, or another than PostgreSQL's."""
    for field in schema:
        kind = field.type
        stored = kind.storage_type if _is_text_inside(kind) else kind
        name = (field.metadata or {}).get(b"POSTGRESQL:type", b"").decode()
        if name == "money" or not _has_text(stored):
            raise FileRefused(
                f"column {field.name} of type {name or kind}",
                "text, numbers, truths, days or times",
                f"write it as {field.name}::{'numeric' if name == 'money' else 'text'}",
            )


def _is_text_inside(kind: pa.DataType) -> bool:
    """Whether text stands for a type that Arrow has no word for, as for numeric and json."""
    return isinstance(kind, pa.BaseExtensionType) and pa.types.is_string(kind.storage_type)


def _has_text(kind: pa.DataType) -> bool:
    return kind == pa.uuid() or any(
        holds(kind)
        for holds in (
            pa.types.is_string,
            pa.types.is_integer,
            pa.types.is_floating,
            pa.types.is_decimal,
            pa.types.is_boolean,
            pa.types.is_date,
            pa.types.is_time,
            pa.types.is_timestamp,
            pa.types.is_null,
        )
    )


def blocks(
    batches: Iterable[pa.RecordBatch], watermark: str, rows: int, whole_upto: Any
) -> Iterator[Block]:
    """Cut a query's batches, in the order of the watermark, into blocks of `rows` rows.

    Everything up to the watermark `whole_upto` (None: no such) is in one block with what follows,
    so that one block meets all the rows that were read before.
    """
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        start = 0
        while start < batch.num_rows:
            part = batch.slice(start, rows - count if count < rows else rows)
            start += part.num_rows
            count += part.num_rows
            held.append(part)
            beyond = whole_upto is None or part.column(watermark)[-1].as_py() > whole_upto
            if count >= rows and beyond:
                yield _block(held, watermark)
                held, count = [], 0
    if held:
        yield _block(held, watermark)


def _block(held: list[pa.RecordBatch], watermark: str) -> Block:
    table = pa.Table.from_batches(held)
    try:
        columns = [
            text_column(field.name, _plain(column)).to_pylist()
            for field, column in zip(table.schema, table.columns, strict=True)
        ]
        return Block(table[watermark].to_pylist(), list(zip(*columns, strict=True)))
    except (pa.ArrowException, ValueError, OverflowError) as error:
        raise FileRefused(
            f"a value that cannot be read ({type(error).__name__})",
            "days and times of the years 1 to 9999",
            "leave infinity and the like out in the query",
        ) from None


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Take what comes as text, as numeric does, as that text, and a uuid as it is written."""
    kind = column.type
    if kind == pa.uuid():
        texts = [None if value is None else str(value) for value in column.to_pylist()]
        return pa.chunked_array([texts], pa.string())
    if _is_text_inside(kind):
        return column.cast(kind.storage_type)
    return column
