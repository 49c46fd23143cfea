"""How long rows of persons are kept, and which are past it."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.ingest.catalogue import sources
from pipeline.ingest.land import local_days
from pipeline.ingest.source import Source
from pipeline.privacy import catalogue
from pipeline.settings import Settings


def retention_days(settings: Settings) -> dict[str, int]:
    """Give, for each dataset whose rows end, for how many days they are kept.

    A row goes with the first of its columns whose days, as the catalogue has them, are over.
    """
    declared = catalogue.read(settings)
    found = {}
    for source in sources():
        columns = (declared.columns(source.name, name) for name in source.schema().names)
        days = [column.retention_days for column in columns if column and column.retention_days]
        if source.identities and days:
            found[source.name] = min(days)
    return found


def expiring(settings: Settings) -> dict[str, dt.date]:
    """Give the datasets that hold rows past their time, and the first day that stays of each."""
    named = {source.name: source for source in sources()}
    before = {
        name: settings.as_of - dt.timedelta(days=days)
        for name, days in sorted(retention_days(settings).items())
    }
    return {name: day for name, day in before.items() if files(settings, named[name], day)}


def files(settings: Settings, source: Source, before: dt.date) -> list[Path]:
    """Give the files of a dataset that hold rows of days before one."""
    found = sorted((settings.lake / source.name).glob("*/*.parquet"))
    return [file for file in found if holds(source, file, before)]


def holds(source: Source, file: Path, before: dt.date) -> bool:
    """Say whether a file holds rows of days before one."""
    return _begins(file) < before and _first_day(source, file) < before


def past(source: Source, table: pa.Table, before: dt.date) -> pa.ChunkedArray:
    """Say which rows are of days before one."""
    return pc.less(local_days(source, table), pa.scalar(before))


def _begins(file: Path) -> dt.date:
    """Give the first day of the partition a file lies in, `day=2026-11-15` or `month=2026-11`."""
    _, _, label = file.parent.name.partition("=")
    return dt.date.fromisoformat(label if label.count("-") == 2 else f"{label}-01")


def _first_day(source: Source, file: Path) -> dt.date:
    column = source.partition_by[0]
    days = local_days(source, pq.ParquetFile(file).read([column]))
    return pc.min(days).as_py() or dt.date.max
