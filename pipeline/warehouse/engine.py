"""What a build asks of an engine; DuckDB and Spark answer."""

from dataclasses import dataclass
from typing import Protocol

from pipeline.warehouse.model import Check, Model


@dataclass(frozen=True)
class Built:
    """One table as it was built: its name, rows, the seconds it took, and what was new of it.

    made: the parts that were built, of so many; a model that is built whole is one part.
    """

    name: str
    rows: int
    seconds: float
    made: int = 1
    parts: int = 1


class Engine(Protocol):
    """Makes the tables of a draft, one model after another."""

    def make(self, model: Model) -> Built:
        """Make a model's table with its notes; a published one is then in the draft, protected.

        Raises ModelError naming the file of a model that fails, or rows that share its grain.
        """

    def check(self, check: Check) -> None:
        """Run one check; ModelError gives its rule and the first rows that break it."""
