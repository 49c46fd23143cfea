"""Models that are built by the lake's day or month: what each part is made of, and where it lies.

A part is named by what made it, so whether it must be built is whether its file is there. Late
rows, restated exports, a withdrawn delivery, an erased person or another query all change the
name of exactly the parts they touch.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipeline.settings import Settings
from pipeline.warehouse import checks, duckdb_engine
from pipeline.warehouse.lake import Dataset, Partition, digest
from pipeline.warehouse.model import Model
from pipeline.warehouse.state import Made

EMPTY = "none"
"""The part of no rows: it gives a table its columns when nothing was delivered yet."""


@dataclass(frozen=True)
class Part:
    """One part of a model: the files of the lake it reads, and the file it is kept in."""

    made: Made
    reads: tuple[Path, ...]
    file: Path

    @property
    def is_there(self) -> bool:
        """Whether it was built from the same already."""
        return self.file.exists()


def folder(settings: Settings, model: Model) -> Path:
    """Give the folder that keeps a model's parts."""
    return settings.parts / model.name


def parts(model: Model, dataset: Dataset, settings: Settings) -> list[Part]:
    """Give the parts that a model consists of now, by label.

    EMPTY comes last: the engine guesses how many rows there are from the first file.
    """
    empty = Partition(EMPTY, (), "")
    return [
        _part(model, dataset, partition, settings)
        for partition in (*dataset.partitions.values(), empty)
    ]


def build(connection: duckdb.DuckDBPyConnection, model: Model, part: Part) -> None:
    """Build one part from the files that are shown as its dataset; nobody is left out yet.

    Consent is asked where a part is read: a withdrawal then counts at once, in every day.
    """
    everybody = replace(model, consent=None)
    with written(part.file) as draft:
        duckdb_engine.copy(connection, everybody, draft)
        duckdb_engine.show_files(connection, "parts.draft", [draft])
        checks.check_grain(connection, replace(model, schema="parts", table="draft"))


@contextmanager
def written(file: Path) -> Iterator[Path]:
    """Give a place beside a file to write it in; it gets its name when it is whole."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{file.name}.tmp")
    yield draft
    draft.chmod(0o600)
    draft.replace(file)


def rows(part: Part) -> int:
    """Count the rows of a part that is there."""
    return int(pq.read_metadata(part.file).num_rows)


def remove_others(settings: Settings, used: Iterable[Made]) -> None:
    """Remove the files of all parts but those in use, and what a killed run left half written."""
    kept = {(made.model, made.fingerprint) for made in used}
    for file in settings.parts.glob("*/*"):
        _, _, fingerprint = file.stem.rpartition(".")
        if file.name.startswith(".") or (file.parent.name, fingerprint) not in kept:
            file.unlink()


def _part(model: Model, dataset: Dataset, partition: Partition, settings: Settings) -> Part:
    as_of = _as_far_as_it_matters(settings.as_of, partition.label)
    made = Made(
        model.name,
        partition.label,
        model.definition,
        digest(dataset.columns_stamp, partition.stamp, as_of),
    )
    name = f"{partition.label}.{made.fingerprint}.parquet"
    return Part(made, partition.files, folder(settings, model) / name)


def _as_far_as_it_matters(as_of: dt.date, label: str) -> str:
    """Give the run's day, or the day after a partition where the run is later still.

    A staging model leaves out what a run must not see yet; once its days have passed, it leaves
    out nothing, whatever the day of the run.
    """
    if label == EMPTY:
        return ""
    _, _, time = label.partition("=")
    year, month, *day = (int(number) for number in time.split("-"))
    last = dt.date(year, month, *day or [calendar.monthrange(year, month)[1]])
    return min(as_of, last + dt.timedelta(days=1)).isoformat()
