"""Files written again without some of what they held: whole or not at all, each by itself."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.files import temporary_name
from pipeline.ingest.files import open_private, write_lines


def rewrite_parquet(
    file: Path, change: Callable[[pa.Table], pa.Table], marks: Mapping[str, str] | None = None
) -> None:
    """Write a file again, a row group at a time, as `change` gives its rows.

    It is renamed over the old one once it is complete; a file of no rows is removed. marks: what
    is written beside its schema, for `marks_of`.
    """
    temporary = temporary_name(file)
    rows = 0
    with (
        pq.ParquetFile(file) as old,
        open_private(temporary) as sink,
        pq.ParquetWriter(sink, _marked(old.schema_arrow, marks), compression="zstd") as writer,
    ):
        for number in range(old.num_row_groups):
            if (table := change(old.read_row_group(number))).num_rows:
                writer.write_table(table.replace_schema_metadata(writer.schema.metadata))
                rows += table.num_rows
    _settle(file, temporary, rows)


def marks_of(file: Path) -> dict[str, str]:
    """Give what stands beside a Parquet file's schema."""
    marks = pq.read_schema(file).metadata or {}
    return {name.decode(): value.decode() for name, value in marks.items()}


def rewrite_lines(file: Path, change: Callable[[str], str | None]) -> None:
    """Write a file of lines again as `change` gives each of them; None leaves it out."""
    lines = [changed for line in lines_of(file) if (changed := change(line)) is not None]
    if lines:
        write_lines(file, lines)
    else:
        file.unlink()


def lines_of(file: Path) -> list[str]:
    """Give the lines of a text file in UTF-8."""
    return file.read_text(encoding="utf-8").splitlines()


def rows_in(file: Path) -> int:
    """Count the rows of a Parquet file or the lines of another; none where it is gone."""
    if not file.is_file():
        return 0
    if file.suffix == ".parquet":
        return int(pq.read_metadata(file).num_rows)
    return len(lines_of(file))


def sha256_of(file: Path) -> str | None:
    """Give the SHA-256 of a file's bytes; None where it is gone."""
    if not file.is_file():
        return None
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _marked(schema: pa.Schema, marks: Mapping[str, str] | None) -> pa.Schema:
    return schema.with_metadata((schema.metadata or {}) | dict(marks)) if marks else schema


def _settle(file: Path, temporary: Path, rows: int) -> None:
    if rows:
        temporary.replace(file)
    else:
        file.unlink()
        temporary.unlink()
