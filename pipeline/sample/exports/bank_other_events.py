"""other-events.parquet: what the loan and the booking systems recorded, in one file at the end."""

from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.sample.exports.bank_events import ParquetMonth
from pipeline.sample.exports.bank_files import bank_folder, customer_id, instants, yuan
from pipeline.sample.timeline import Timeline


class OtherEvents:
    """The file, open; portions of people are added to it."""

    def __init__(self, inbox: Path, timeline: Timeline) -> None:
        """Name it in the last delivery."""
        self._file = ParquetMonth(bank_folder(inbox, timeline.end) / "other-events")
        self._count = 0

    def append(self, events: pd.DataFrame, first_person: int) -> None:
        """Write events in order of time; persons are numbered from `first_person` in the bank."""
        if events.empty:  # of a small bank: its columns have no types
            return
        begin, self._count = self._count, self._count + len(events)
        ids = [customer_id(first_person + int(person)) for person in events["person"]]
        amounts = np.array(yuan(events["cents"].to_numpy()), dtype=object)
        ready = events.assign(
            event_id=[f"L{begin + n:07d}" for n in range(len(events))],
            occurred_at=instants(events["at"].to_numpy()),
            customer_id=np.array(ids, dtype=object),
            amount=amounts,
            currency=events["cents"].map(lambda cents: "CNY" if cents else None),
            cooling_off=None,
        )
        self._file.append(ready)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
