"""Parts of staging models: what each is made of in the lake, and building many at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

from pipeline.settings import Settings
from pipeline.warehouse import checks, duckdb_engine
from pipeline.warehouse.lake import Dataset, digest
from pipeline.warehouse.model import Model
from pipeline.warehouse.parts import EMPTY, Part, Shelf
from pipeline.warehouse.spans import label, span
from pipeline.warehouse.state import Made

LABEL, KEY = "_part", "_key"
"""The columns that say which part a row is of, and the hash of a key that may move."""

_TOGETHER = "parts.together"
_BATCH_BYTES = 32 * 2**20
"""Parts of so many bytes in the lake are read at once: a query costs more than a small file."""


@dataclass(frozen=True)
class Wanted:
    """A part as it should be, and the files of the lake that it is made of."""

    made: Made
    reads: tuple[Path, ...]


def wanted(model: Model, dataset: Dataset, settings: Settings) -> list[Wanted]:
    """Give the parts that a model consists of now, by label.

    EMPTY comes last: the engine guesses how many rows there are from the first file.
    """
    files: dict[str, list[Path]] = defaultdict(list)
    stamps: dict[str, list[str]] = defaultdict(list)
    for partition in dataset.partitions.values():
        name = label(str(model.per), span(partition.label).first)
        files[name] += partition.files
        stamps[name].append(partition.stamp)
    parts = [
        _wanted(model, dataset, settings, name, files[name], stamps[name]) for name in sorted(files)
    ]
    return [*parts, _wanted(model, dataset, settings, EMPTY, [], [])]


def _wanted(
    model: Model,
    dataset: Dataset,
    settings: Settings,
    name: str,
    files: Sequence[Path],
    stamps: Sequence[str],
) -> Wanted:
    as_of = _as_far_as_it_matters(settings.as_of, name)
    made = digest(dataset.columns_stamp, *stamps, as_of)
    return Wanted(Made(model.name, name, model.definition, made), tuple(files))


def _as_far_as_it_matters(as_of: dt.date, name: str) -> str:
    """Give the run's day, or the day after a part where the run is later still.

    A staging model leaves out what a run must not see yet; once its days have passed, it leaves
    out nothing, whatever the day of the run.
    """
    if name == EMPTY:
        return ""
    return min(as_of, span(name).last + dt.timedelta(days=1)).isoformat()


def build(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    shelf: Shelf,
    some: Sequence[Wanted],
    schema: Path,
) -> None:
    """Write parts that were read together; nobody is left out yet.

    Consent is asked where a part is read: a withdrawal then counts at once, in every day.
    Raises ModelError where the query fails or two rows of a part share the model's grain.
    """
    labels = {file: part.made.partition for part in some for file in part.reads}
    duckdb_engine.show_lake(connection, model.dataset, {schema: EMPTY} | labels)
    labelled = _labelled(model)
    duckdb_engine.create(connection, labelled, _TOGETHER)
    if not model.is_unique_by_itself:
        checks.run(connection, checks.grain(replace(labelled, schema="parts", table="together")))
    counted = connection.execute(f"select {LABEL}, count(*) from {_TOGETHER} group by all")
    rows = dict(counted.fetchall())
    key = f", hash({model.moves}) as {KEY}" if model.moves else ""
    for part in some:
        name = part.made.partition
        # What a delivery brings is named by its files: its rows need not be looked at.
        with shelf.written(part.made.holding(rows.get(name, 0), part.made.fingerprint)) as draft:
            duckdb_engine.copy(
                connection,
                f"select * exclude ({LABEL}){key} from {_TOGETHER}"
                f" where {LABEL} = {duckdb_engine.text(name)}",
                draft,
            )
    connection.execute(f"drop table {_TOGETHER}")


def batches(some: Iterable[Wanted]) -> Iterator[list[Wanted]]:
    """Put parts together that are small enough to be read at once."""
    batch: list[Wanted] = []
    size = 0
    for part in some:
        batch.append(part)
        size += sum(file.stat().st_size for file in part.reads)
        if size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def files(parts: Iterable[Part]) -> list[Path]:
    """Give the files of parts that hold rows, and the one that holds the columns, last."""
    return [part.file for part in parts if part.made.rows or part.made.partition == EMPTY]


def _labelled(model: Model) -> Model:
    """Give a model that keeps the part of each row, and drops repeats within each part only."""
    tree = sqlglot.parse_one(model.sql, dialect="duckdb", into=exp.Select)
    for window in tree.find_all(exp.Window):
        if window.args.get("partition_by"):
            window.append("partition_by", exp.column(LABEL))
    labelled = tree.select(exp.column(LABEL)).sql(dialect="duckdb", comments=False)
    return replace(model, sql=labelled, consent=None, grain=(LABEL, *model.grain))
