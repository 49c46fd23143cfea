"""CSV files: whole ones as platforms write them, growing ones for the bank's deliveries."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.sample.writers.workbook import Cell

BOM = "utf-8-sig"
GB18030 = "gb18030"


@dataclass(frozen=True)
class Dialect:
    """How one system writes CSV."""

    encoding: str = BOM
    line_end: str = "\n"
    quote_text: bool = False  # text always in quotes, numbers bare


class CsvFile:
    """A CSV file that takes rows in portions; the header is written when it is opened."""

    def __init__(self, path: Path, header: Sequence[str], dialect: Dialect) -> None:
        """Open the file and write its header row."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding=dialect.encoding, newline="")
        self._writer = csv.writer(
            self._file,
            quoting=csv.QUOTE_NONNUMERIC if dialect.quote_text else csv.QUOTE_MINIMAL,
            lineterminator=dialect.line_end,
        )
        self._writer.writerow(header)

    def append(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows in the order of the header; None becomes an empty field."""
        self._writer.writerows(rows)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], dialect: Dialect
) -> None:
    """Write a whole CSV file."""
    file = CsvFile(path, header, dialect)
    file.append(rows)
    file.close()
