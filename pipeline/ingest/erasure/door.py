"""The way into the lake for persons who were erased: shut, until they grant consent anew.

A row of an erased person that speaks of a day up to that of the erasure stays out for ever: what
was erased does not come back with a file that is delivered again. A row of a later day is let in
once the person has granted consent on a later day, for that is a new beginning. What they refused
before comes with it, whenever it is delivered again: it protects them.
"""

import datetime as dt
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.ingest.bank.consents import CONSENTS
from pipeline.ingest.convert import Refusal
from pipeline.ingest.land import local_days
from pipeline.ingest.source import Source
from pipeline.privacy.tokens import Tokens
from pipeline.settings import Settings

Mask = npt.NDArray[np.bool_]


class Door:
    """Tells which rows are of persons who were erased."""

    def __init__(
        self,
        tokens: Tokens,
        erased: Mapping[str, dt.date],
        purposes: Container[str] = (),
        granted: Iterable[bytes] = (),
    ) -> None:
        """Know the erased by their marks, and those of them who granted consent since.

        purposes: those that a grant has to be of.
        """
        self._tokens = tokens
        self._tokens.watch(erased)
        self.erased = erased
        self.purposes = purposes
        self.granted = set(granted)

    def learn(self, lake: Path) -> "Door":
        """Learn from the lake who has granted consent since; gives itself."""
        if self.erased:
            first = min(self.erased.values()).strftime("month=%Y-%m")
            for file in sorted((lake / CONSENTS.name).glob("*/*.parquet")):
                if file.parent.name >= first:
                    self.gone(CONSENTS, pq.ParquetFile(file).read())
        return self

    def admit(self, source: Source, table: pa.Table) -> pa.Table:
        """Give the rows, with their provenance, that may lie in the lake."""
        gone = self.gone(source, table)
        return table.filter(pa.array(~gone)) if gone.any() else table

    def gone(self, source: Source, table: pa.Table) -> Mask:
        """Say which rows, with their provenance, must not lie in the lake."""
        mask = np.zeros(table.num_rows, np.bool_)
        places, persons, days = self._of_erased(source, table)
        is_later = self._later(persons, days)
        refuses = [False] * len(places)
        if source.name == CONSENTS.name and places:
            said = table.select(["purpose", "action"]).take(pa.array(places)).to_pylist()
            refuses = [row["action"] == "withdraw" for row in said]
            grants = zip(persons, said, is_later, strict=True)
            self.granted |= {p for p, row, later in grants if later and self._grants(row)}
        for place, person, *lets_in in zip(places, persons, is_later, refuses, strict=True):
            mask[place] = not (any(lets_in) and person in self.granted)
        return mask

    def _grants(self, row: Mapping[str, str]) -> bool:
        return row["action"] == "grant" and row["purpose"] in self.purposes

    def refusals(self, refusals: Sequence[Refusal]) -> Sequence[Refusal]:
        """Leave out what was refused of erased persons."""
        if not self.erased:
            return refusals
        tokens = {UUID(refusal.person).bytes for refusal in refusals if refusal.person}
        out = {str(UUID(bytes=token)) for token in self.days_of(tokens).keys() - self.granted}
        return [refusal for refusal in refusals if refusal.person not in out]

    def days_of(self, tokens: Iterable[bytes]) -> dict[bytes, dt.date]:
        """Give those of some persons who were erased, and the day of it."""
        if not self.erased:
            return {}
        again = self._tokens.returned
        marks = ((token, self._tokens.erasure_mark(token)) for token in tokens)
        days = {t: self.erased.get(mark, again.get(t)) for t, mark in marks}
        return {token: day for token, day in days.items() if day is not None}

    def _of_erased(
        self, source: Source, table: pa.Table
    ) -> tuple[list[int], list[bytes], list[dt.date]]:
        """Give the places of the rows of erased persons, whose they are, and their days."""
        if not self.erased or not source.identities or not table.num_rows:
            return [], [], []
        tokens = stored(table[source.identities[0].name])
        found = self.days_of(pc.unique(tokens).drop_null().to_pylist())
        if not found:
            return [], [], []
        mine = pc.is_in(tokens, pa.array(list(found), tokens.type))
        places = np.flatnonzero(mine.to_numpy(zero_copy_only=False))
        days = local_days(source, table).take(pa.array(places)).to_pylist()
        return places.tolist(), tokens.take(pa.array(places)).to_pylist(), days

    def _later(self, persons: Sequence[bytes], days: Sequence[dt.date]) -> list[bool]:
        """Say of rows whether their day is after that of their person's erasure."""
        erased_on = self.days_of(set(persons))
        return [day > erased_on[person] for person, day in zip(persons, days, strict=True)]


def purposes_of(settings: Settings) -> frozenset[str]:
    """Give the purposes that rows of persons are used for."""
    parameters = settings.parameters
    return frozenset({parameters.consent_purpose, parameters.merchant_purpose} - {""})


def stored(tokens: pa.ChunkedArray) -> pa.Array:
    """Give a column of tokens as the bytes they are."""
    column = tokens.combine_chunks()
    return column.storage if column.type == pa.uuid() else column
