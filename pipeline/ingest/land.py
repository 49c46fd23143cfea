"""Typed rows -> partitions of the lake; the delivery's own file, written last, is the commit."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.files import private_folder
from pipeline.ingest.files import write_parquet
from pipeline.ingest.ledger import DELIVERIES, delivery_rows
from pipeline.ingest.source import Source
from pipeline.ingest.waiting import WAITING_FILES, WAITING_SCHEMA

_SHANGHAI_OFFSET = 8 * 3600
"""Seconds ahead of UTC; there is no daylight saving time."""


Admit = Callable[[Source, pa.Table], pa.Table]
"""Gives, of rows with their provenance, those that may lie in the lake."""


def everybody(source: Source, table: pa.Table) -> pa.Table:
    """Admit every row."""
    return table


@dataclass(frozen=True)
class Delivery:
    """One file, once. exported_at: naive Shanghai; exported_at_from: what says so.

    mapping_id: of the mapping files it was read by, None without any.
    """

    delivery_id: str
    source_file: str
    account_id: str | None
    exported_at: datetime
    exported_at_from: str
    token_key_id: str | None
    mapping_id: str | None = None


@dataclass(frozen=True)
class Dataset:
    """The rows of one file that belong to one dataset, complete but for their provenance."""

    source: Source
    table: pa.Table
    delivered: int
    repeated: int
    refused: int


def with_provenance(dataset: Dataset, delivery: Delivery) -> pa.Table:
    """Give the rows as they stand in the lake, in the order of the source's schema."""
    rows = dataset.table.num_rows
    constant = {
        "exported_at": delivery.exported_at,
        "source_file": delivery.source_file,
        "delivery_id": delivery.delivery_id,
    }
    if not dataset.source.of_bank:
        constant["account_id"] = delivery.account_id
    schema = dataset.source.schema()
    columns = [
        pa.repeat(pa.scalar(constant[field.name], field.type), rows)
        if field.name in constant
        else dataset.table[field.name].combine_chunks()
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def land(
    lake: Path, delivery: Delivery, datasets: Iterable[Dataset], admit: Admit = everybody
) -> list[dict[str, Any]]:
    """Write a delivery's rows, then its commit; give the rows of the ledger.

    Partition files are named by the delivery, so a run that was killed halfway and is run again
    overwrites what it left. Rows that `admit` leaves out count as landed and erased.
    """
    landed = [(dataset, with_provenance(dataset, delivery)) for dataset in datasets]
    summaries = []
    for dataset, table in landed:
        kept = admit(dataset.source, table)
        for partition, part in partitions(dataset.source, kept):
            folder = lake / dataset.source.name / partition
            write_parquet(folder / f"{delivery.delivery_id}.parquet", part)
        erased = {"erased": table.num_rows - kept.num_rows}
        summaries.append(_summary(dataset) | _span(dataset.source, table) | erased)
    return commit(lake, delivery, summaries)


def commit(
    lake: Path, delivery: Delivery, datasets: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Write a delivery's own file, after which its rows count; give the rows of the ledger.

    datasets: for each its name and counts, and the first and last day it speaks of.
    """
    rows = [vars(delivery) | dataset for dataset in datasets]
    write_parquet(lake / DELIVERIES / f"{delivery.delivery_id}.parquet", delivery_rows(rows))
    return rows


def partitions(source: Source, table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Split rows by the day or month of their partition column, in Shanghai; order is kept."""
    _, every = source.partition_by
    days = local_days(source, table).combine_chunks()
    if every == "month":
        days = pc.floor_temporal(days, unit="month")
    if not _is_sorted(days):
        order = pc.sort_indices(days)
        table, days = table.take(order), days.take(order)
    start = 0
    for run in pc.run_end_encode(days).run_ends.to_pylist():
        label = (
            days[start].as_py().isoformat()[: len("YYYY-MM-DD" if every == "day" else "YYYY-MM")]
        )
        yield f"{every}={label}", table.slice(start, run - start)
        start = run


def _is_sorted(days: pa.Array) -> bool:
    """Whether days come in order, as in most files of events: nothing has to be moved then."""
    ordered = pc.less_equal(days.slice(0, max(0, len(days) - 1)), days.slice(1))
    return pc.all(ordered).as_py() is not False


def write_schemas(lake: Path, sources: Iterable[Source]) -> None:
    """Give every dataset a file without rows, so that reading it never lacks a column."""
    schemas = {source.name: source.schema() for source in sources}
    schemas[DELIVERIES] = delivery_rows([]).schema
    schemas[WAITING_FILES] = WAITING_SCHEMA
    for name, schema in schemas.items():
        write_parquet(lake / name / "schema.parquet", schema.empty_table())


def remove_rows(lake: Path, delivery_id: str) -> None:
    """Remove a delivery's commit and rows, before it is landed in another way."""
    (lake / DELIVERIES / f"{delivery_id}.parquet").unlink(missing_ok=True)
    for file in lake.glob(f"*/*/{delivery_id}.parquet"):
        file.unlink()


def remove_orphans(lake: Path, committed: set[str]) -> None:
    """Remove what a killed run left: partition files without their commit, temporary files."""
    private_folder(lake)
    for file in lake.glob("*/*/*.parquet"):
        if file.stem not in committed:
            file.unlink()
    for file in lake.rglob(".*.tmp"):
        file.unlink()


def _summary(dataset: Dataset) -> dict[str, Any]:
    return {
        "dataset": dataset.source.name,
        "delivered": dataset.delivered,
        "landed": dataset.table.num_rows,
        "repeated": dataset.repeated,
        "refused": dataset.refused,
    }


def _span(source: Source, table: pa.Table) -> dict[str, Any]:
    """Give the first and last day that rows of a time series speak of."""
    if source.partition_by[0] == "exported_at" or not table.num_rows:
        return {"first_day": None, "last_day": None}
    days = pc.min_max(local_days(source, table)).as_py()
    return {"first_day": days["min"], "last_day": days["max"]}


def local_days(source: Source, table: pa.Table) -> pa.ChunkedArray:
    """Give the day, in Shanghai, of each row's partition column."""
    column = source.partition_by[0]
    values = table[column]
    if column in source.utc_columns:
        values = pc.add(values, pa.scalar(_SHANGHAI_OFFSET, pa.duration("s")))
    return values.cast(pa.date32(), safe=False)
