"""What came of a run of ingest, for the command line to print and the run record to keep."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

Outcome = Literal["landed", "repeated", "refused", "unknown", "held"]
WAITING: tuple[Outcome, ...] = ("refused", "unknown", "held")
"""Outcomes that leave a file in the inbox until somebody acts."""


Phase = Literal["survey", "land"]
"""A large file is read twice: once to look, once to land."""

DATABASE = "database/"
"""How the name of everything begins that is read from a database: database/<source>/<span>."""


class Progress(Protocol):
    """Told what is being read, and how far the run is; it prints nothing of its own accord."""

    def describe(self, text: str) -> None:
        """Say what is being read now."""

    def advance(self, done: int, total: int) -> None:
        """Say how many of the files are done."""

    def within(self, phase: Phase, rows: int, read: int, size: int) -> None:
        """Say how far a large file is: rows and bytes read, of `size` bytes."""


@dataclass(frozen=True)
class DatasetCounts:
    """The rows of one dataset in one file; delivered = landed + repeated + refused."""

    dataset: str
    delivered: int
    landed: int
    repeated: int
    refused: int


def refused_share(counts: Sequence[DatasetCounts]) -> float:
    """The share of a file's rows that are refused."""
    delivered = sum(c.delivered for c in counts)
    return sum(c.refused for c in counts) / delivered if delivered else 0.0


@dataclass
class FileReport:
    """One file of the inbox, or one delivery of a database source.

    outcome: landed (rows may still be refused), repeated (these bytes were landed before),
        refused (nothing landed, reasons say why), unknown (fits no declaration), held (fits, but
        looks like a mistake: nothing landed until somebody accepts it).
    datasets: of a held file, as they will land once it is accepted.
    refusals: the first few, worded; all of them are in quarantine.
    rule: the rule of protection that refused it, see `secret_columns`.
    """

    file: str
    outcome: Outcome
    delivery_id: str
    account_id: str | None = None
    datasets: Sequence[DatasetCounts] = ()
    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    unknown_columns: Sequence[str] = ()
    rule: str | None = None

    @property
    def of_database(self) -> bool:
        """Whether it is no file of the inbox, but what a database source came to."""
        return self.file.startswith(DATABASE)


@dataclass(frozen=True)
class IngestReport:
    """Every file of the inbox, in the order it was read."""

    files: Sequence[FileReport]

    @property
    def outcomes(self) -> Counter[str]:
        """How many files had each outcome."""
        return Counter(file.outcome for file in self.files)

    @property
    def rows(self) -> DatasetCounts:
        """The rows of the files that landed in this run, over all datasets."""
        counts = [c for file in self.files if file.outcome == "landed" for c in file.datasets]
        return DatasetCounts(
            "all",
            sum(c.delivered for c in counts),
            sum(c.landed for c in counts),
            sum(c.repeated for c in counts),
            sum(c.refused for c in counts),
        )
