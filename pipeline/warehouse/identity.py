"""What a build is made of, in a word: to publish it under, and to see that nothing changed."""

import hashlib
from collections.abc import Mapping, Sequence

import pyarrow.parquet as pq

from pipeline.funnels import read_definitions
from pipeline.privacy import catalogue
from pipeline.settings import Settings
from pipeline.warehouse import review_tables
from pipeline.warehouse.lake import Dataset, digest
from pipeline.warehouse.model import Model, code, query_files


def inputs(settings: Settings, datasets: Mapping[str, Dataset]) -> str:
    """Stand for everything that a build reads: where it is the same, there is nothing to do.

    Queries are taken as text: to read them costs more than all the rest of a night without news.
    """
    files = query_files()
    return digest(
        f"{settings.engine} {settings.as_of} {settings.bank_name} {settings.parts.absolute()}",
        settings.parameters.model_dump_json(),
        catalogue.text(settings),
        code("review"),
        *(f"{file.parent.name}.{file.stem} {file.read_text(encoding='utf-8')}" for file in files),
        *_funnels(settings),
        *review_tables.stamps(settings),
        *(f"{name} {dataset.stamp}" for name, dataset in datasets.items()),
    )


def publish_id(settings: Settings, models: Sequence[Model]) -> str:
    """Name what is published by what it is made of: SQL, parameters, date, deliveries, waiting."""
    digest = hashlib.sha256(f"{settings.as_of} {settings.bank_name}".encode())
    digest.update(settings.parameters.model_dump_json().encode())
    for model in models:
        digest.update(model.sql.encode())
    for text in (*_funnels(settings), *review_tables.stamps(settings)):
        digest.update(text.encode())
    for delivery in sorted(settings.lake.glob("deliveries/*.parquet")):
        digest.update(delivery.name.encode())
    for waiting in sorted(settings.lake.glob("waiting_files/*.parquet")):
        digest.update(str(pq.ParquetFile(waiting).read().to_pylist()).encode())
    return digest.hexdigest()[:12]


def _funnels(settings: Settings) -> list[str]:
    """Stand for the funnels, whose names and optional steps are published beside their counts."""
    return [f"{each.key} {each.version}" for each in read_definitions(settings.home)]
