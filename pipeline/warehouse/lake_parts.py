"""Parts of staging models: what each is made of in the lake, and building many at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import sqlglot
from sqlglot import exp

from pipeline.settings import Settings
from pipeline.warehouse import checks, duckdb_engine
from pipeline.warehouse.lake import Dataset, digest
from pipeline.warehouse.model import Model
from pipeline.warehouse.parts import EMPTY, Part, Shelf
from pipeline.warehouse.spans import label, span
from pipeline.warehouse.state import Made
from pipeline.warehouse.writing import PART, Written, in_batches

KEY = "_key"
"""The column that holds the hash of a key that may move."""

_BATCH_BYTES = 2**18
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
    """Write parts that are read together; nobody is left out yet.

    Consent is asked where a part is read: a withdrawal then counts at once, in every day.
    Raises ModelError where the query fails or two rows of a part share the model's grain.
    """
    labels = {file: part.made.partition.partition("=")[2] for part in some for file in part.reads}
    of_no_row = next(iter(labels.values()), EMPTY)
    duckdb_engine.show_lake(connection, model.dataset, {schema: of_no_row} | labels)
    made = {part.made.partition: part.made for part in some}
    with shelf.draft(some[0].made) as folder:
        written = Written(connection, model, folder)
        # A single delivery seldom repeats a key, and to look is cheaper than to choose.
        is_guess = model.is_unique_by_itself and all(len(part.reads) <= 1 for part in some)
        written.write(_labelled(model.sql, model.moves, choose=not is_guess), list(made))
        if is_guess and written.repeats():
            written.write(_labelled(model.sql, model.moves, choose=True), list(made))
        if not model.is_unique_by_itself and written.repeats():
            checks.run(connection, checks.grain(model, written.query()))
        for label, file in written.files(list(made)):
            rows = pq.read_metadata(file).num_rows
            # What a delivery brings is named by its files: its rows need not be looked at.
            shelf.keep(file, made[label].holding(rows, made[label].fingerprint))


def batches(some: Sequence[Wanted]) -> Iterator[list[Wanted]]:
    """Put parts together that are small enough to be read at once."""
    sizes = [(p.made.partition, sum(f.stat().st_size for f in p.reads)) for p in some]
    for labels in in_batches(sizes, _BATCH_BYTES):
        yield [part for part in some if part.made.partition in labels]


@cache
def _labelled(model_sql: str, moves: str | None, *, choose: bool) -> str:
    """Give a query that names the part of each row, and drops repeats within each part only.

    Unless it is to `choose`, it leaves repeats of a key as they are.
    """
    tree = sqlglot.parse_one(model_sql, dialect="duckdb", into=exp.Select)
    if not choose:
        for choice in list(tree.find_all(exp.Qualify)):
            choice.pop()
    for window in tree.find_all(exp.Window):
        if window.args.get("partition_by"):
            window.append("partition_by", exp.column(PART))
    sql = tree.select(exp.column(PART)).sql(dialect="duckdb", comments=False)
    return f"select *, hash({moves}) as {KEY} from (\n{sql}\n)" if moves else sql


def files(parts: Iterable[Part]) -> list[Path]:
    """Give the files of parts that hold rows, and the one that holds the columns, last."""
    return [part.file for part in parts if part.made.rows or part.made.partition == EMPTY]
