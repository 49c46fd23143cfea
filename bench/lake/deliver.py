"""Rows drawn by DuckDB -> deliveries in the lake, written by what ingest writes them with."""

import datetime as dt
import hashlib
from contextlib import closing
from pathlib import Path
from typing import Self

import duckdb
import numpy as np
import pyarrow as pa

from bench.lake.year import day_of
from pipeline.ingest import sources
from pipeline.ingest.land import Dataset, Delivery, commit, land, write_schemas
from pipeline.ingest.source import Source
from pipeline.ingest.volume.draft import Target
from pipeline.ingest.volume.partition_files import PartitionFiles

ROWS_OF_A_LARGE_FILE = 40_000
"""From some 4 MiB on, ingest writes a file's rows as those of a large one."""


class Deliveries:
    """A lake that deliveries come into, each one query's rows."""

    def __init__(self, home: Path) -> None:
        self.lake = home / "lake"
        self._sources = {source.name: source for source in sources()}
        self._connection = duckdb.connect(config={"memory_limit": "1GB", "threads": 2})
        self._connection.execute("set enable_progress_bar = false")
        # Otherwise a token comes as text.
        self._connection.execute("set arrow_lossless_conversion = true")

    def __enter__(self) -> Self:
        """Give every dataset its columns."""
        if not self.lake.is_dir():
            write_schemas(self.lake, self._sources.values())
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the connection."""
        self._connection.close()

    def deliver_on(self, dataset: str, day: int, query: str) -> None:
        """Deliver what a day brought, in the night after it."""
        name = dataset.removeprefix("bank_")
        self.deliver(dataset, f"{name}_{day_of(day):%Y%m%d}_{_id(query)[:4]}.csv", day + 1, query)

    def deliver(self, dataset: str, file: str, night: int, query: str) -> None:
        """Deliver a query's rows, complete but for their provenance, as a file of a night."""
        source = self._sources[dataset]
        exported_at = dt.datetime.combine(day_of(night), dt.time(2, 30))
        source_file = f"bank/{file}"
        delivery = Delivery(_id(source_file), source_file, None, exported_at, "folder", _id("key"))
        rows = _complete(self._connection.sql(query).to_arrow_table(), source)
        is_register = source.partition_by[0] == "exported_at"
        if is_register or rows.num_rows < ROWS_OF_A_LARGE_FILE:
            land(self.lake, delivery, [Dataset(source, rows, rows.num_rows, 0, 0)])
        else:
            self._land_at_volume(source, delivery, rows)

    def _land_at_volume(self, source: Source, delivery: Delivery, rows: pa.Table) -> None:
        target = Target(self.lake, self.lake.parent / "quarantine", delivery)
        with closing(PartitionFiles(target, source)) as files:
            files.add(rows)
            for file in files.finish():
                file.keep()
            span = dict(zip(("first_day", "last_day"), files.days, strict=True))
        counts = {"delivered": rows.num_rows, "landed": rows.num_rows, "repeated": 0, "refused": 0}
        commit(self.lake, delivery, [{"dataset": source.name} | counts | span])


def _complete(rows: pa.Table, source: Source) -> pa.Table:
    """Give rows every column of the source in its type, and the lines they would have."""
    count = rows.num_rows
    lines = pa.chunked_array([pa.array(np.arange(2, count + 2, dtype=np.int32))])
    columns = {"source_line": lines}
    for field in source.schema():
        if field.name in rows.column_names:
            columns[field.name] = rows[field.name].cast(field.type)
        elif field.name not in columns:
            columns[field.name] = pa.chunked_array([pa.nulls(count, field.type)])
    return pa.table(columns)


def _id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
