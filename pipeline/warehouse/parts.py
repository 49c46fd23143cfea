"""Models that are built by the lake's day or month: what each part is made of, and where it lies.

A part is named by what made it, so whether it must be built is whether its file is there. Late
rows, restated exports, a withdrawn delivery, an erased person or another query all change the
name of exactly the parts they touch.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

from pipeline.privacy.files import temporary_name
from pipeline.settings import Settings
from pipeline.warehouse import checks, duckdb_engine
from pipeline.warehouse.lake import Dataset, Partition, digest
from pipeline.warehouse.model import Model
from pipeline.warehouse.state import Made, State

EMPTY = "none"
"""The part of no rows: it gives a table its columns when nothing was delivered yet."""

LABEL, KEY = "_part", "_key"
"""The columns that say which part a row is of, and the hash of a key that may move."""

_TOGETHER = "parts.together"
_BATCH_BYTES = 32 * 2**20
"""Parts of so many bytes in the lake are read at once: a query costs more than a small file."""


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


def parts(model: Model, dataset: Dataset, settings: Settings) -> list[Part]:
    """Give the parts that a model consists of now, by label.

    EMPTY comes last: the engine guesses how many rows there are from the first file.
    """
    empty = Partition(EMPTY, (), "")
    return [
        _part(model, dataset, partition, settings)
        for partition in (*dataset.partitions.values(), empty)
    ]


def build(
    connection: duckdb.DuckDBPyConnection, model: Model, some: Sequence[Part], schema: Path
) -> None:
    """Write parts that were read together; nobody is left out yet.

    Consent is asked where a part is read: a withdrawal then counts at once, in every day.
    Raises ModelError where the query fails or two rows of a part share the model's grain.
    """
    labels = {file: part.made.partition for part in some for file in part.reads}
    duckdb_engine.show_lake(connection, model.dataset, {schema: EMPTY} | labels)
    labelled = _labelled(model)
    duckdb_engine.create(connection, labelled, _TOGETHER)
    checks.run(connection, checks.grain(replace(labelled, schema="parts", table="together")))
    key = f", hash({model.moves}) as {KEY}" if model.moves else ""
    for part in some:
        with written(part.file) as draft:
            duckdb_engine.copy(
                connection,
                f"select * exclude ({LABEL}){key} from {_TOGETHER}"
                f" where {LABEL} = {duckdb_engine.text(part.made.partition)}",
                draft,
            )
    connection.execute(f"drop table {_TOGETHER}")


def batches(some: Iterable[Part]) -> Iterator[list[Part]]:
    """Put parts together that are small enough to be read at once."""
    batch: list[Part] = []
    size = 0
    for part in some:
        batch.append(part)
        size += sum(file.stat().st_size for file in part.reads)
        if size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _labelled(model: Model) -> Model:
    """Give a model that keeps the part of each row, and drops repeats within each part only."""
    tree = sqlglot.parse_one(model.sql, dialect="duckdb", into=exp.Select)
    for window in tree.find_all(exp.Window):
        if window.args.get("partition_by"):
            window.append("partition_by", exp.column(LABEL))
    labelled = tree.select(exp.column(LABEL)).sql(dialect="duckdb", comments=False)
    return replace(model, sql=labelled, consent=None, grain=(LABEL, *model.grain))


@contextmanager
def written(file: Path) -> Iterator[Path]:
    """Give a place beside a file to write it in; it gets its name when it is whole."""
    draft = temporary_name(file)
    yield draft
    draft.chmod(0o600)
    draft.replace(file)


def remove_others(settings: Settings, *used: State) -> None:
    """Remove the files of all parts but those in use, and what a killed run left half written."""
    kept = {(made.model, made.fingerprint) for state in used for made in state.values()}
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
    return Part(made, partition.files, settings.parts / model.name / name)


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
