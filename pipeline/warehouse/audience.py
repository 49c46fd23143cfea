"""Who of the persons in each part of a table is let through: those who consented.

Parts hold everybody. An aggregate of theirs is made of those who consented, so it is made again
where somebody in it consents, or no longer does, and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb

from pipeline.warehouse.lake_parts import files
from pipeline.warehouse.model import CONSENTED, Model
from pipeline.warehouse.parts import Part


@dataclass
class Audience:
    """Stands for the persons in the parts of a model who consented; they are looked at once."""

    connection: duckdb.DuckDBPyConnection
    model: Model
    parts: Sequence[Part]

    def stamp(self, part: Part) -> str:
        """Stand for those in one part."""
        return self._stamps.get(part.file, "")

    @cached_property
    def _stamps(self) -> dict[Path, str]:
        person = self.model.consent
        found = self.connection.execute(
            f"select filename, sum(hash({person}))::varchar from read_parquet(?, filename = true)"
            f" where {person} in (select customer_token from {CONSENTED}) group by filename",
            [[str(file) for file in files(self.parts)]],
        ).fetchall()
        return {Path(name): persons for name, persons in found}
