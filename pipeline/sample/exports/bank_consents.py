"""consents.csv: who allowed which use of their data, and who took it back."""

from pathlib import Path

from pipeline.sample.exports.bank_files import bank_folder, customer_id, instants
from pipeline.sample.people.consents import Consents
from pipeline.sample.people.instants import NEVER
from pipeline.sample.timeline import Timeline, shanghai
from pipeline.sample.writers.delimited import BOM, CsvFile, Dialect

HEADER = (
    "customer_id", "purpose", "action", "separate", "notice_version", "occurred_at", "valid_until",
)  # fmt: skip
NOTICE = "2026.1"


class ConsentDelivery:
    """The consent register, delivered once; portions of people are added to it."""

    def __init__(self, inbox: Path, timeline: Timeline) -> None:
        """Open the file of the last delivery."""
        self._file = CsvFile(
            bank_folder(inbox, timeline.end) / "consents.csv", HEADER, Dialect(BOM)
        )

    def append(self, consents: Consents, first_person: int) -> None:
        """Write a portion; persons are numbered from `first_person` in the bank."""
        columns = zip(
            consents.person,
            consents.purpose,
            consents.action,
            consents.separate,
            instants(consents.at),
            consents.valid_until,
            strict=True,
        )
        self._file.append(
            [
                customer_id(first_person + int(person)),
                purpose,
                action,
                "true" if separate else "false",
                NOTICE,
                at,
                None if until == NEVER else shanghai(int(until)).date().isoformat(),
            ]
            for person, purpose, action, separate, at, until in columns
        )

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
