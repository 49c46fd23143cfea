"""Who of the persons in each part of a table is let through: those who consented.

Parts hold everybody. An aggregate of theirs is made of those who consented, so it is made again
where somebody in it consents, or no longer does, and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.warehouse.model import CONSENTED, Model
from pipeline.warehouse.parts import Part

_NOBODY = "0"


@dataclass
class Audience:
    """Stands for the persons in the parts of a model who consented; they are looked at once.

    stamps: what stands for those in each part, by its file; at first what is known of parts that
    stayed, where nobody changed their mind.
    """

    connection: duckdb.DuckDBPyConnection
    model: Model
    parts: Sequence[Part]
    stamps: dict[Path, str]

    def stamp(self, part: Part) -> str:
        """Stand for those in one part."""
        if part.file not in self.stamps:
            self._look()
        return self.stamps[part.file]

    def _look(self) -> None:
        """Look at the persons in all parts that nothing is known of."""
        new = [part for part in self.parts if part.file not in self.stamps]
        person = self.model.consent
        found = self.connection.execute(
            f"select filename, sum(hash({person}))::varchar from read_parquet(?, filename = true)"
            f" where {person} in (select customer_token from {CONSENTED}) group by filename",
            [[str(part.file) for part in new]],
        ).fetchall()
        self.stamps |= {part.file: _NOBODY for part in new}
        self.stamps |= {Path(name): persons for name, persons in found}
