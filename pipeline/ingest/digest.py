"""A file that was read and recognised -> its datasets: typed, without repeats, refusals beside."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from pipeline.ingest.convert import Converted, Refusal, Token, convert, customer_ids
from pipeline.ingest.land import Dataset
from pipeline.ingest.recognise import Found
from pipeline.ingest.repeats import drop_repeats
from pipeline.ingest.report import DatasetCounts
from pipeline.ingest.source import Source
from pipeline.privacy.masking import Masker


@dataclass(frozen=True)
class Digest:
    """The datasets of one file, and every refusal in them."""

    datasets: tuple[Dataset, ...]
    refusals: tuple[Refusal, ...]

    @property
    def counts(self) -> list[DatasetCounts]:
        """The rows of each dataset by outcome."""
        return [
            DatasetCounts(d.source.name, d.delivered, d.table.num_rows, d.repeated, d.refused)
            for d in self.datasets
        ]


def digest(tables: Iterable[Found], token: Token) -> Digest:
    """Convert the tables of one file; several sheets of one dataset become one.

    token: customer id -> 16 bytes.
    """
    tables = list(tables)
    masker = Masker(set().union(*(customer_ids(found) for found in tables)))
    by_source: dict[str, tuple[Source, list[Converted]]] = {}
    for found in tables:
        entry = by_source.setdefault(found.source.name, (found.source, []))
        entry[1].append(convert(found, token, masker))
    datasets: list[Dataset] = []
    refusals: list[Refusal] = []
    for source, parts in by_source.values():
        kept, repeated, contradictions = drop_repeats(
            source, pa.concat_tables(part.table for part in parts)
        )
        refused = sum(part.refused_rows for part in parts) + len(contradictions)
        delivered = sum(part.delivered for part in parts)
        datasets.append(Dataset(source, kept, delivered, repeated, refused))
        refusals += [refusal for part in parts for refusal in part.refusals] + contradictions
    return Digest(tuple(datasets), tuple(refusals))
