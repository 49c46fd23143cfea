"""A file of any length -> blocks of rows of text, each row with the line it starts on.

Arrow reads what RFC 4180 writes. Where a block is written otherwise (a quote within an unquoted
cell, a line that ends in a bare carriage return), Python's reader takes the file from there on,
slower: it is the one whose opinion counts.
"""

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TextIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from pipeline.ingest.parquet_file import text_column
from pipeline.ingest.text_files import LARGEST_FIELD, records
from pipeline.ingest.volume.layout import Layout, Unsuited

BLOCK = 16 * 1024**2
ROWS = 100_000
_CACHED = 128 * 1024
ROWS_BY_PYTHON = 20_000
_SPACE = "".join(chr(i) for i in range(0x10000) if chr(i).isspace())
_NEWLINE, _QUOTE, _COMMA, _RETURN = 10, 34, 44, 13


@dataclass(frozen=True)
class Block:
    """Consecutive rows of a file.

    columns: the cells below each wanted header, stripped, of rows as wide as the header.
    lines: the line each of them starts on.
    rest: (line, cells) of the other rows, as they are.
    read: bytes of the file read so far; of Parquet the same share as of its rows.
    """

    columns: dict[str, pa.Array]
    lines: npt.NDArray[np.int32]
    rest: Sequence[tuple[int, Sequence[str]]]
    read: int


def blocks(layout: Layout, headers: Sequence[str]) -> Iterator[Block]:
    """Read a file block by block; only the cells below `headers` are given, but see `rest`.

    Raises Unsuited for text that is not UTF-8, FileRefused where a record cannot be read.
    """
    return _parquet(layout, headers) if layout.form == "parquet" else _csv(layout, headers)


def _parquet(layout: Layout, headers: Sequence[str]) -> Iterator[Block]:
    done = 0
    places = [layout.found.at[header] for header in headers]
    with pq.ParquetFile(layout.path) as file:
        names = [file.schema_arrow.names[place] for place in places]
        bytes_a_row = layout.size / max(1, file.metadata.num_rows)
        for batch in file.iter_batches(ROWS, columns=names):
            table = pa.Table.from_batches([batch])
            columns = {
                header: _stripped(text_column(name, table[name]).combine_chunks())
                for header, name in zip(headers, names, strict=True)
            }
            lines = np.arange(done + 1, done + 1 + len(batch), dtype=np.int32)
            done += len(batch)
            yield Block(columns, lines, (), int(done * bytes_a_row))


def _csv(layout: Layout, headers: Sequence[str]) -> Iterator[Block]:
    line, begins = layout.line, layout.begins
    with layout.path.open("rb") as file:
        file.seek(begins)
        for data in _cuts(file):
            _refuse_odd_text(data)
            newlines = _newlines(data)
            lines = _lines(data, line, newlines)
            if (
                not data
                or lines is None
                or (block := _parse(data, lines, layout, headers, begins)) is None
            ):
                break
            yield block
            line += newlines
            begins += len(data)
        else:
            return
        file.seek(begins)
        yield from _by_python(file, line)


def _cuts(file: BinaryIO) -> Iterator[bytes]:
    """Cut a file behind whole records: at newlines outside quotes; b"" says it cannot be cut."""
    rest = b""
    while chunk := file.read(BLOCK):
        data = rest + chunk
        end = _last_record_end(data)
        if end:
            yield data[:end]
        elif len(data) > BLOCK + LARGEST_FIELD:
            yield b""  # no record is that long: the quotes are not in pairs
        rest = data[end:]
    if rest:
        yield rest


def _last_record_end(data: bytes) -> int:
    """Give the place behind the last newline outside quotes, 0 where there is none."""
    if b'"' not in data:
        return data.rfind(b"\n") + 1
    quotes = data.count(b'"')
    end = len(data)
    while (newline := data.rfind(b"\n", 0, end)) >= 0:
        quotes -= data.count(b'"', newline, end)
        if quotes % 2 == 0:
            return newline + 1
        end = newline
    return 0


def _refuse_odd_text(data: bytes) -> None:
    if b"\x00" in data:
        raise Unsuited
    if not data.isascii():
        try:
            data.decode()
        except UnicodeDecodeError:
            raise Unsuited from None


def _lines(data: bytes, first: int, newlines: int) -> npt.NDArray[np.int32] | None:
    """Give the line each record starts on; None where quotes or line ends are not as they should.

    In order, quotes open and close: an opening one stands at the start of a cell, a closing one
    at its end; a doubled one closes and opens again.
    """
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return None
    at_end = 0 if data.endswith(b"\n") else 1
    if b'"' not in data:
        records = newlines + at_end
        return np.arange(first, first + records, dtype=np.int32)
    cells = np.frombuffer(b"\n" + data + b"\n", np.uint8)
    quotes = np.flatnonzero(cells == _QUOTE)
    if len(quotes) % 2:
        return None
    before, after = cells[quotes[::2] - 1], cells[quotes[1::2] + 1]
    opens = (before == _COMMA) | (before == _NEWLINE) | (before == _QUOTE)
    closes = (after == _COMMA) | (after == _NEWLINE) | (after == _RETURN) | (after == _QUOTE)
    if not (opens.all() and closes.all()):
        return None
    ends = np.flatnonzero(cells == _NEWLINE)[: None if at_end else -1]
    outside = np.searchsorted(quotes, ends) % 2 == 0
    return (first + np.flatnonzero(outside)[:-1]).astype(np.int32)


def _newlines(data: bytes) -> int:
    """Count newlines, a few at a time: what fits the processor's cache is counted ten times faster.

    bytes.count looks at one byte after the other.
    """
    cells = np.frombuffer(data, np.uint8)
    parts = range(0, len(cells), _CACHED)
    return sum(int(np.count_nonzero(cells[at : at + _CACHED] == _NEWLINE)) for at in parts)


def _parse(
    data: bytes, lines: npt.NDArray[np.int32], layout: Layout, headers: Sequence[str], begins: int
) -> Block | None:
    """Let Arrow read a block; None where it sees other records than the line ends say."""
    narrow: list[arrow_csv.InvalidRow] = []
    names = [str(place) for place in range(len(layout.header))]
    wanted = [names[layout.found.at[header]] for header in headers]

    def set_aside(row: arrow_csv.InvalidRow) -> str:
        narrow.append(row)
        return "skip"

    table = arrow_csv.read_csv(
        pa.BufferReader(data),
        read_options=arrow_csv.ReadOptions(
            use_threads=False, block_size=len(data) + 1, column_names=names
        ),
        parse_options=arrow_csv.ParseOptions(
            newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=set_aside
        ),
        convert_options=arrow_csv.ConvertOptions(
            check_utf8=False,
            include_columns=wanted,
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
        ),
    ).combine_chunks()
    if table.num_rows + len(narrow) != len(lines):
        return None
    places = [row.number - 1 for row in narrow]
    rest = [
        (int(lines[place]), next(csv.reader([row.text], strict=True), []))
        for place, row in zip(places, narrow, strict=True)
    ]
    columns = {h: _stripped(_one(table[n])) for h, n in zip(headers, wanted, strict=True)}
    return Block(columns, np.delete(lines, places), rest, begins + len(data))


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _stripped(texts: pa.Array) -> pa.Array:
    """Strip a column where any cell begins or ends with a space of any kind, as str.strip does."""
    _, offsets, cells = texts.buffers()
    if cells is None or not len(texts):
        return texts
    places = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    data = np.frombuffer(cells, np.uint8)
    written = data[places[0] : places[-1]]
    if not len(written) or (written.min() > ord(" ") and written.max() < 0x80):
        return texts
    filled = places[1:] > places[:-1]
    edges = (data[places[:-1][filled]], data[places[1:][filled] - 1])
    if any(((edge <= ord(" ")) | (edge >= 0x80)).any() for edge in edges):
        return pc.utf8_trim(texts, characters=_SPACE)
    return texts


def _by_python(file: BinaryIO, line: int) -> Iterator[Block]:
    with io.TextIOWrapper(file, encoding="utf-8", newline="") as text:
        rows = records(_sound(text), line)
        while part := list(itertools.islice(rows, ROWS_BY_PYTHON)):
            yield Block({}, np.empty(0, np.int32), part, file.tell())


def _sound(text: TextIO) -> Iterator[str]:
    try:
        for line in text:
            if "\x00" in line:
                raise Unsuited
            yield line
    except UnicodeDecodeError:
        raise Unsuited from None
