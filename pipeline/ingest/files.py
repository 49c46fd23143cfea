"""Writing below the workspace: private to the user, and whole or not at all."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.files import private, temporary_name


def write_parquet(path: Path, table: pa.Table) -> None:
    """Write a table under a temporary name, then rename it: readers see all of it or none."""
    temporary = temporary_name(path)
    with open_private(temporary) as sink:
        pq.write_table(table, sink, compression="zstd")
    temporary.replace(path)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines of text in UTF-8 under a temporary name, then rename it."""
    temporary = temporary_name(path)
    with open_private(temporary) as sink:
        sink.write("".join(line + "\n" for line in lines).encode())
    temporary.replace(path)


def open_private(path: Path) -> BinaryIO:
    """Open a file for writing, for the user alone (0600)."""
    return open(path, "wb", opener=private)
