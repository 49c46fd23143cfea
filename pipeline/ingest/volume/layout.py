"""Whether a file can be read in blocks, and where its header and its data are."""

import io
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest.container import Container, FileRefused, Grid
from pipeline.ingest.mapping import mappings_for
from pipeline.ingest.parquet_file import text_column
from pipeline.ingest.recognise import HEADER_ROWS, Found, Recognised, recognise
from pipeline.ingest.source import ByName, Source
from pipeline.ingest.text_files import records

_HEAD = 256 * 1024
_BOM = b"\xef\xbb\xbf"


class Unsuited(Exception):
    """The file is not one to be read in blocks: it is read whole, which decides about it."""


@dataclass(frozen=True)
class Layout:
    """A file that holds one table, whose rows can be taken in blocks.

    found: its header and first rows. begins: the byte, line: the physical line the data begin
    at; for Parquet the number of the first data row and no byte.
    """

    path: Path
    form: str
    recognised: Recognised
    begins: int
    line: int

    @property
    def found(self) -> Found:
        """The table."""
        return self.recognised.tables[0]

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        return self.path.stat().st_size

    @property
    def header(self) -> list[str]:
        """The cells of the header."""
        return list(self.found.grid.rows[self.found.header_row])


def layout(path: Path, top: Path, declared: Sequence[Source]) -> Layout:
    """Look at the beginning of a file.

    top: the folder up to which mapping files count; what they name is read whole.
    Raises Unsuited where it is no UTF-8 text or Parquet with one table of a source that can be
    read in blocks; FileRefused as `recognise` does.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    grid = _parquet_head(path) if head.startswith(b"PAR1") else _csv_head(head)
    form = "parquet" if head.startswith(b"PAR1") else "csv"
    container = Container(form, (grid,))
    mappings = mappings_for(path, top)
    if mappings.feeds or recognise(container, mappings.sources).tables:
        raise Unsuited
    recognised = recognise(container, [source for source in declared if not source.by_mapping])
    if len(recognised.tables) != 1 or not _in_blocks(recognised.tables[0].source):
        raise Unsuited
    row = recognised.tables[0].header_row
    if form == "parquet":
        return Layout(path, form, recognised, 0, 1)
    if row + 1 >= len(grid.lines):
        raise Unsuited
    line = grid.lines[row + 1]
    begins = 0
    for _ in range(line - 1):
        begins = head.index(b"\n", begins) + 1
    return Layout(path, form, recognised, begins, line)


def _in_blocks(source: Source) -> bool:
    """Whether rows of one key can be told from their text: the key is one column of free text."""
    key = [c for c in source.columns if not isinstance(c, ByName) and c.name in source.key]
    return (
        source.of_bank
        and len(source.key) == 1
        and all(getattr(c, "type", None) is not None and c.type.free for c in key)  # type: ignore[union-attr]
        and source.partition_by[0] != "exported_at"
        and not source.not_entities
        and not any(isinstance(c, ByName) for c in source.columns)
    )


def _csv_head(head: bytes) -> Grid:
    """Read the first records; the last of them may be cut and is left out."""
    whole = head[: head.rfind(b"\n") + 1]
    if b"\r" in whole.replace(b"\r\n", b""):
        raise Unsuited
    try:
        text = whole.removeprefix(_BOM).decode()
        rows = list(itertools.islice(records(io.StringIO(text, newline="")), HEADER_ROWS + 1))
    except (UnicodeDecodeError, FileRefused):
        raise Unsuited from None
    return Grid(None, [row for _, row in rows], [line for line, _ in rows])


def _parquet_head(path: Path) -> Grid:
    try:
        with pq.ParquetFile(path) as file:
            batch = next(file.iter_batches(HEADER_ROWS), None)
            if batch is None:
                raise Unsuited
            table = pa.Table.from_batches([batch])
            columns = [
                text_column(n, table[i]).to_pylist() for i, n in enumerate(table.schema.names)
            ]
    except (pa.ArrowException, OSError, ValueError, TypeError, LookupError, FileRefused):
        raise Unsuited from None
    rows = [list(table.schema.names), *zip(*columns, strict=True)]
    return Grid(None, rows, range(len(rows)))
