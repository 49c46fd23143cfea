"""Parquet files that grow by portions."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.sample.arrays import Ints

MONEY = pa.decimal128(18, 2)


def money(cents: Ints) -> pa.Array:
    """Return whole cents as an exact decimal(18,2) column."""
    words = np.empty((len(cents), 2), dtype=np.int64)
    words[:, 0] = cents
    words[:, 1] = np.where(cents < 0, -1, 0)  # the high word of a 128-bit integer is its sign
    return pa.Array.from_buffers(MONEY, len(cents), [None, pa.py_buffer(words.tobytes())])


class ParquetFile:
    """A Parquet file that takes tables of one schema in portions; nothing is opened before."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        self._path = path
        self._writer: pq.ParquetWriter | None = None

    def append(self, table: pa.Table) -> None:
        """Write a portion as one row group."""
        if self._writer is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(
                self._path, table.schema, compression="zstd", compression_level=9
            )
        self._writer.write_table(table)

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()
