"""Writing parts: the rows of one query, cut by a column into a file for each part."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from pipeline.warehouse import duckdb_engine
from pipeline.warehouse.model import Model

PART = "_part"
"""The column that names the part a row is of; it is not kept."""

MOST_PARTS = 64
"""So many files the engine writes at once without closing some of them."""


class Written:
    """A folder with the files of some parts, not yet in their places."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, model: Model, folder: Path) -> None:
        self._connection, self._model, self._folder = connection, model, folder
        self._empty = folder / "columns.parquet"
        self._files: dict[str, Path] = {}

    def write(self, sql: str, labels: Sequence[str]) -> None:
        """Write the rows of a query, a file for each value of the column PART.

        `labels` are those of the parts that rows can be of; the value is what stands in one
        behind `=`. Raises ModelError where the query fails.
        """
        kept = f"select * exclude ({PART}) from (\n{sql}\n)"
        if len(labels) == 1:
            self._files = {labels[0]: self._folder / f"{labels[0]}.parquet"}
            duckdb_engine.copy(self._connection, self._model, kept, self._files[labels[0]])
            return
        duckdb_engine.copy(self._connection, self._model, f"{kept} limit 0", self._empty)
        options = f", partition_by ({PART}), overwrite_or_ignore"
        duckdb_engine.copy(self._connection, self._model, sql, self._folder, options)
        self._files = {f"{self._model.per}={name}": file for name, file in self._written()}

    def _written(self) -> Iterator[tuple[str, Path]]:
        """Give the file of each part that has rows; the engine may have begun several for one."""
        for folder in sorted(self._folder.glob(f"{PART}=*")):
            files = sorted(folder.glob("*.parquet"))
            if len(files) > 1:
                together = folder / "together.parquet"
                rows = duckdb_engine.select_files(files)
                duckdb_engine.copy(self._connection, self._model, rows, together)
                files = [together]
            yield folder.name.removeprefix(f"{PART}="), files[0]

    def query(self) -> str:
        """Select all rows that were written."""
        return duckdb_engine.select_files(self._all())

    def repeats(self) -> bool:
        """Whether rows of one part seem to share the model's grain."""
        names = ", ".join(["filename", *(f'"{name}"' for name in self._model.grain)])
        found = self._connection.execute(
            f"select 1 from read_parquet(?, filename = true) group by hash({names})"
            " having count(*) > 1 limit 1",
            [[str(file) for file in self._all()]],
        )
        return found.fetchone() is not None

    def _all(self) -> list[Path]:
        return [*self._files.values(), *([self._empty] if self._empty.exists() else [])]

    def files(self, labels: Sequence[str]) -> Iterator[tuple[str, Path]]:
        """Give the file of each part; a part that has no rows gets one without."""
        for label in labels:
            file = self._files.get(label)
            if file is None:
                file = self._folder / f"{label}.parquet"
                file.write_bytes(self._empty.read_bytes())
            yield label, file


def in_batches(sizes: Sequence[tuple[str, int]], most: int) -> Iterator[set[str]]:
    """Put labels together up to a size and a number of files."""
    batch: set[str] = set()
    total = 0
    for label, size in sizes:
        batch.add(label)
        total += size
        if total >= most or len(batch) == MOST_PARTS:
            yield batch
            batch, total = set(), 0
    if batch:
        yield batch
