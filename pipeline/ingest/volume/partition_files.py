"""Many rows -> one file a partition, written as the rows come, under temporary names."""

from datetime import date
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.files import temporary_name
from pipeline.ingest.container import FileRefused
from pipeline.ingest.files import open_private
from pipeline.ingest.land import (
    Admit,
    Dataset,
    everybody,
    local_days,
    partitions,
    with_provenance,
)
from pipeline.ingest.source import Source
from pipeline.ingest.volume.draft import Target, Written

BUFFERED = 1_500_000
"""Rows held until they are written: enough for row groups worth reading, some 200 MB."""

MOST_PARTITIONS = 800
"""Each is an open file until the end; most systems allow a process 1,024."""


class PartitionFiles:
    """The partitions of one delivery. erased: rows that were not admitted."""

    def __init__(self, target: Target, source: Source, admit: Admit = everybody) -> None:
        self._admit = admit
        self.erased = 0
        self._folder = target.lake / source.name
        self._source = source
        self._delivery = target.delivery
        self._mark = target.mark
        self._waiting: dict[str, list[pa.Table]] = {}
        self._buffered = 0
        self._open: dict[Path, tuple[BinaryIO, pq.ParquetWriter]] = {}
        self._first: date | None = None
        self._last: date | None = None

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day the rows speak of."""
        return self._first, self._last

    def add(self, table: pa.Table) -> None:
        """Take rows, complete but for their provenance; FileRefused for too many partitions."""
        if not table.num_rows:
            return
        for partition, part in partitions(self._source, table):
            self._waiting.setdefault(partition, []).append(part)
        if len(self._waiting.keys() | {path.parent.name for path in self._open}) > MOST_PARTITIONS:
            raise FileRefused(
                f"rows of more than {MOST_PARTITIONS} partitions in one large file",
                "fewer",
                "deliver it in parts, a year each",
            )
        span = pc.min_max(local_days(self._source, table)).as_py()
        self._first = min(self._first or span["min"], span["min"])
        self._last = max(self._last or span["max"], span["max"])
        self._buffered += table.num_rows
        if self._buffered >= BUFFERED:
            self.flush()

    def flush(self) -> None:
        """Write what waits. All of it: a slice that stayed would hold the whole block it is of."""
        for partition in sorted(self._waiting):
            table = pa.concat_tables(self._waiting.pop(partition))
            rows = with_provenance(Dataset(self._source, table, 0, 0, 0), self._delivery)
            kept = self._admit(self._source, rows)
            self.erased += rows.num_rows - kept.num_rows
            if kept.num_rows:
                self._writer(partition).write_table(kept)
        self._buffered = 0

    def finish(self) -> tuple[Written, ...]:
        """Give the files, complete; they are the caller's from now on."""
        self.flush()
        self._close()
        written = tuple(
            Written(temporary, path, temporary.stat().st_size)
            for path in self._open
            for temporary in [self._temporary(path)]
        )
        self._open.clear()
        return written

    def close(self) -> None:
        """Leave nothing that was not finished."""
        self._waiting.clear()
        self._close()
        for path in self._open:
            self._temporary(path).unlink(missing_ok=True)

    def _close(self) -> None:
        for sink, writer in self._open.values():
            writer.close()
            sink.close()

    def _temporary(self, path: Path) -> Path:
        return temporary_name(path, self._mark)

    def _writer(self, partition: str) -> pq.ParquetWriter:
        path = self._folder / partition / f"{self._delivery.delivery_id}.parquet"
        if path not in self._open:
            self._open[path] = open_writer(self._temporary(path), self._source)
        return self._open[path][1]


def open_writer(path: Path, source: Source) -> tuple[BinaryIO, pq.ParquetWriter]:
    """Open a file for rows of the lake.

    A key repeats nowhere: a dictionary of it is all cost. So are the least and the greatest of
    texts and tokens, which every group of rows has alike.
    """
    schema = source.schema()
    texts = [field.name for field in schema if field.type == pa.string()]
    repeating = [name for name in texts if name not in source.key]
    spread = [*texts, *(identity.name for identity in source.identities)]
    sink = open_private(path)
    writer = pq.ParquetWriter(
        sink,
        schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=repeating,
        write_statistics=[name for name in schema.names if name not in spread],
    )
    return sink, writer
