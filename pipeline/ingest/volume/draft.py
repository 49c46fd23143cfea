"""A large file, read: all of it lies under temporary names until it may count.

A draft is plain data: a worker of a cluster hands it to the run that asked for it, and that run
alone gives files their names. A reading that was done again, or by two workers at once, leaves a
draft that nobody keeps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.ingest.convert import Refusal
from pipeline.ingest.land import Delivery
from pipeline.ingest.report import DatasetCounts


@dataclass(frozen=True)
class Target:
    """Where a delivery's files are made. mark: of one reading, in its temporary names."""

    lake: Path
    quarantine: Path
    delivery: Delivery
    mark: str = ""


@dataclass(frozen=True)
class Written:
    """A file under its temporary name, the name it gets when it counts, and its bytes."""

    temporary: Path
    path: Path
    size: int

    def keep(self) -> None:
        """Let it count, instead of what has its name."""
        self.temporary.replace(self.path)

    def drop(self) -> None:
        """Remove it, unless it counts."""
        self.temporary.unlink(missing_ok=True)


@dataclass(frozen=True)
class Draft:
    """What came of reading a large file, as if all of it lands.

    refusals: the first few. first_day, last_day: that its rows speak of. quarantine: of no bytes
    where nothing is refused. erased: rows that were left out, for their persons were erased.
    """

    counts: DatasetCounts
    refusals: Sequence[Refusal]
    first_day: date | None
    last_day: date | None
    partitions: Sequence[Written]
    quarantine: Written
    erased: int = 0

    @property
    def files(self) -> Iterator[Written]:
        """Everything that was written."""
        yield from self.partitions
        yield self.quarantine

    @property
    def summary(self) -> dict[str, object]:
        """What the ledger says of it."""
        span = {"first_day": self.first_day, "last_day": self.last_day}
        return vars(self.counts) | span | {"erased": self.erased}

    def keep_refusals(self) -> None:
        """Let the refusals count, instead of what an earlier reading had refused."""
        if self.quarantine.size:
            self.quarantine.keep()
        else:
            self.quarantine.path.unlink(missing_ok=True)

    def keep_rows(self) -> None:
        """Give the partitions their names; they count once the ledger says so."""
        for file in self.partitions:
            file.keep()

    def drop(self) -> None:
        """Remove what does not count."""
        for file in self.files:
            file.drop()
