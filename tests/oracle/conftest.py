"""The oracle over the sample's lake, and the published tables it is compared with."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from pipeline.settings import Settings
from tests.oracle.lake import Lake
from tests.oracle.persons import Persons
from tests.oracle.places import Places

PATH = ("tier", "unit_id", "account_id")


@pytest.fixture(scope="session")
def lake(sample_run: Settings) -> Lake:
    return Lake(sample_run.lake, sample_run.as_of)


@pytest.fixture(scope="session")
def places(lake: Lake) -> Places:
    return Places(lake)


@pytest.fixture(scope="session")
def persons(lake: Lake, places: Places) -> Persons:
    return Persons(lake, places)


@pytest.fixture(scope="session")
def published(sample_run: Settings) -> Callable[[str], list[dict[str, Any]]]:
    """Read a published table as rows, each with the `path` of its level, as Places names it."""

    def read(table: str) -> list[dict[str, Any]]:
        with duckdb.connect(str(sample_run.published_database), read_only=True) as connection:
            found = connection.execute(f"from published.{table}")
            names = [column[0] for column in found.description]
            rows = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
        for row in rows:
            row["path"] = tuple(row[name] for name in PATH if row.get(name) is not None)
            if row.get("level") == "platform":
                row["path"] = ("on", row["platform"])
        return rows

    return read
