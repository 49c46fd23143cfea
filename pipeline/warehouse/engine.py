"""What a build asks of an engine; DuckDB and Spark answer."""

from typing import Protocol

from pipeline.warehouse.model import Check, Model


class Engine(Protocol):
    """Makes the tables of a draft, one model after another."""

    def create(self, model: Model) -> int:
        """Make a model's table and give its rows; a published one is then in the draft.

        Raises ModelError naming the file of a model that fails.
        """

    def check(self, check: Check) -> None:
        """Run one check; ModelError gives its rule and the first rows that break it."""
