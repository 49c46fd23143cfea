"""other-events.csv: what the loan and the booking systems recorded, in one file at the end."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from pipeline.sample.exports.bank_events import HEADER
from pipeline.sample.exports.bank_files import bank_folder, customer_id, instants, yuan
from pipeline.sample.timeline import Timeline
from pipeline.sample.writers.delimited import BOM, CsvFile, Dialect
from pipeline.sample.writers.workbook import Cell


class OtherEvents:
    """The file, open; portions of people are added to it."""

    def __init__(self, inbox: Path, timeline: Timeline) -> None:
        """Open it in the last delivery."""
        path = bank_folder(inbox, timeline.end) / "other-events.csv"
        self._file = CsvFile(path, HEADER, Dialect(BOM))
        self._count = 0

    def append(self, events: pd.DataFrame, first_person: int) -> None:
        """Write events in order of time; persons are numbered from `first_person` in the bank."""
        self._file.append(self._rows(events, first_person))

    def close(self) -> None:
        """Finish the file."""
        self._file.close()

    def _rows(self, events: pd.DataFrame, first_person: int) -> Iterator[tuple[Cell, ...]]:
        moments = instants(events["at"].to_numpy())
        amounts = yuan(events["cents"].to_numpy())
        words = events[["person", "event_type", "source_code", "product_line"]]
        for moment, amount, (person, kind, code, line) in zip(
            moments, amounts, words.itertuples(index=False, name=None), strict=True
        ):
            number = f"L{self._count:07d}"
            customer, currency = customer_id(first_person + int(person)), "CNY" if amount else None
            yield (number, moment, customer, kind, code, line, amount, currency, None)
            self._count += 1
