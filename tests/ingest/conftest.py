"""A workspace on disk, and the lake's rows as plain values."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import ingest
from pipeline.ingest import FileReport, IngestReport
from pipeline.settings import Settings

KEY = "a key only for the tests of ingest"


@dataclass
class Workspace:
    """A home folder: deliver files, run, look at the lake."""

    home: Path
    key: str = KEY

    @property
    def settings(self) -> Settings:
        # Files are delivered and read in one breath here.
        return Settings(
            home=self.home, reports=self.home / "reports", token_key=self.key, rest_seconds=0
        )

    def deliver(self, name: str, data: bytes) -> Path:
        path = self.home / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def run(self, **options: Any) -> IngestReport:
        return ingest.run(self.settings, **options)

    def land(self, name: str, data: bytes) -> FileReport:
        """Deliver one file, run, and give what came of it."""
        self.deliver(name, data)
        return next(file for file in self.run().files if file.file == name)

    def rows(self, dataset: str, columns: str = "*", order: str = "source_line") -> list[Any]:
        """Rows of a dataset as tuples, in the order of the file."""
        files = self.home / "lake" / dataset / "**" / "*.parquet"
        query = f"select {columns} from read_parquet('{files}', union_by_name=true, "
        query += f"hive_partitioning=false) order by {order}"
        with duckdb.connect() as connection:
            return connection.execute(query).fetchall()

    def bytes_of(self, *folders: str) -> dict[str, bytes]:
        """Every file below the folders: what a byte-for-byte comparison looks at."""
        return {
            path.relative_to(self.home).as_posix(): path.read_bytes()
            for folder in folders
            for path in sorted((self.home / folder).rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A new home folder with an empty inbox."""
    home = tmp_path / "home"
    (home / "inbox").mkdir(parents=True)
    return Workspace(home)
