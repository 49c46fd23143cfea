"""Rows that share their key with another: kept aside on disk until the whole file is read."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest.convert import Refusal
from pipeline.ingest.files import open_private
from pipeline.ingest.repeats import drop_repeats
from pipeline.ingest.source import Source
from pipeline.ingest.volume.survey import Hasher

AT_A_TIME = 200_000
"""Rows compared at a time; all rows of one key are among them."""


class Held:
    """Converted rows, tokens in place of ids, in a temporary file."""

    def __init__(self, path: Path, source: Source, hasher: Hasher) -> None:
        self._path = path
        self._source = source
        self._hasher = hasher
        self._writer: pq.ParquetWriter | None = None
        self._rows = 0

    def add(self, table: pa.Table) -> None:
        """Take rows aside."""
        if not table.num_rows:
            return
        key = table[self._source.key[0]].combine_chunks()
        table = table.append_column("bucket", pa.array(self._hasher.hashes(key)))
        if self._writer is None:
            self._sink = open_private(self._path)
            self._writer = pq.ParquetWriter(self._sink, table.schema, compression="zstd")
        self._writer.write_table(table)
        self._rows += table.num_rows

    def settled(self) -> Iterator[tuple[pa.Table, int, list[Refusal]]]:
        """Give, some keys at a time, the rows that land, the repeats and the contradictions."""
        if self._writer is None:
            return
        self._writer.close()
        self._sink.close()
        buckets = 1 + self._rows // AT_A_TIME
        for bucket in range(buckets):
            yield drop_repeats(self._source, self._read(bucket, buckets))

    def _read(self, bucket: int, buckets: int) -> pa.Table:
        with pq.ParquetFile(self._path) as file:
            parts = []
            for batch in file.iter_batches():
                table = pa.Table.from_batches([batch])
                mine = table["bucket"].to_numpy() % np.uint64(buckets) == bucket
                parts.append(table.filter(pa.array(mine)).drop_columns("bucket"))
        return pa.concat_tables(parts).combine_chunks().sort_by("source_line")

    def close(self) -> None:
        """Leave nothing behind."""
        if self._writer is not None:
            self._writer.close()
            self._sink.close()
            self._path.unlink(missing_ok=True)
