"""What lies in the lake: the files of each dataset, by the day or month they are kept under."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.settings import Settings

SCHEMA = "schema.parquet"


@dataclass(frozen=True)
class Partition:
    """The files of one dataset and one `day=2026-11-15` or `month=2026-11` ("": of neither).

    stamp: changes whenever a file is added, removed or written again.
    """

    label: str
    files: tuple[Path, ...]
    stamp: str


@dataclass(frozen=True)
class Dataset:
    """One dataset: a file without rows that holds its columns, and its partitions by label."""

    name: str
    schema: Path
    partitions: dict[str, Partition]

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file, the one of the columns first."""
        return (self.schema, *(f for part in self.partitions.values() for f in part.files))

    @cached_property
    def stamp(self) -> str:
        """Changes with any of its files, or with its columns."""
        parts = (f"{part.label} {part.stamp}" for part in self.partitions.values())
        return digest(self.columns_stamp, *parts)

    @cached_property
    def columns_stamp(self) -> str:
        """Changes with its columns, however often the same ones are written again."""
        return hashlib.sha256(self.schema.read_bytes()).hexdigest()[:16]


def datasets(settings: Settings) -> dict[str, Dataset]:
    """Read the lake's folders: every dataset by its name; nothing is opened but the schemas."""
    found = {}
    for schema in sorted(settings.lake.glob(f"*/{SCHEMA}")):
        folder = schema.parent.absolute()
        found[folder.name] = Dataset(folder.name, folder / SCHEMA, _partitions(folder))
    return found


def columns(datasets: Mapping[str, Dataset]) -> dict[str, list[str]]:
    """Give the columns of some datasets by their names."""
    return {name: pq.read_schema(dataset.schema).names for name, dataset in datasets.items()}


def digest(*texts: str) -> str:
    """Give 16 hexadecimal digits that stand for some texts in their order."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def _partitions(folder: Path) -> dict[str, Partition]:
    found = {}
    for label in ["", *sorted(entry.name for entry in folder.iterdir() if entry.is_dir())]:
        files = [
            file
            for file in sorted((folder / label).glob("*.parquet"))
            if file.name != SCHEMA and not file.name.startswith(".")
        ]
        if files:
            found[label] = Partition(label, tuple(files), _stamp(files))
    return found


def _stamp(files: list[Path]) -> str:
    states = ((file.name, file.stat()) for file in files)
    return digest(*(f"{name} {state.st_size} {state.st_mtime_ns}" for name, state in states))
