"""A bank's database and a workspace that reads it."""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from adbc_driver_postgresql import dbapi

from pipeline import ingest
from pipeline.ingest import IngestReport
from pipeline.settings import Settings
from tests.ingest.conftest import KEY, Workspace
from tests.ingest.database.server import PASSWORD, READER, running

URI = "TESTS_CORE_URI"
COLUMNS = "event_id, occurred_at, customer_id, event_type, amount"
SOURCE = {
    "dataset": "bank_events",
    "uri_env": URI,
    "query": f"select {COLUMNS}, updated_at from events",
    "watermark": "updated_at",
    "lookback": 60,
}


@pytest.fixture(scope="session")
def server() -> Iterator[Path]:
    with running() as folder:
        with closing(dbapi.connect(_uri(folder, "admin"), autocommit=True)) as connection:
            cursor = connection.cursor()
            cursor.execute(f"create role {READER} login password '{PASSWORD}'")
            cursor.execute("grant create, usage on schema public to public")
            cursor.close()
        yield folder


def _uri(folder: Path, user: str) -> str:
    return f"postgresql://{user}@/postgres?host={folder}"


@dataclass
class Bank:
    """The bank's database, and a home folder that lands what is new in it."""

    socket: Path
    workspace: Workspace
    source: dict[str, Any] = field(default_factory=lambda: dict(SOURCE))

    def sql(self, *statements: str) -> None:
        """Run statements as the bank, each committed."""
        connection = dbapi.connect(_uri(self.socket, "admin"), autocommit=True)
        with closing(connection), closing(connection.cursor()) as cursor:
            for statement in statements:
                cursor.execute(statement)

    @property
    def settings(self) -> Settings:
        home = self.workspace.home
        sources = {"core_events": self.source}
        return Settings(home=home, reports=home / "reports", token_key=KEY, sources=sources)

    def read(self, only: tuple[str, ...] = ("core_events",)) -> IngestReport:
        return ingest.run(self.settings, only=only)

    def rows(self, columns: str, order: str = "exported_at, source_line") -> list[Any]:
        return self.workspace.rows("bank_events", columns, order)

    def ledger(self) -> list[Any]:
        columns = "delivered, landed, repeated, refused"
        return self.workspace.rows("deliveries", columns, "exported_at")

    def insert(self, numbers: range, at: str, **other: str) -> None:
        """Write one event for each number, customers C1000… , all with one watermark."""
        values = {
            "event_id": "'e' || n",
            "occurred_at": "timestamptz '2026-11-02 08:00+08' + n * interval '1 minute'",
            "customer_id": "'CUST' || (10000000 + n)",
            "event_type": "'login'",
            "amount": "n + 0.50",
            "updated_at": f"'{at}'",
        } | other
        self.sql(
            f"insert into events ({', '.join(values)}) select {', '.join(values.values())}"
            f" from generate_series({numbers.start}, {numbers.stop - 1}) n"
        )


@pytest.fixture
def bank(server: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Bank:
    """A table of events, empty, and nothing read of it."""
    monkeypatch.setenv(URI, uri_of(server))
    bank = Bank(server, workspace)
    bank.sql(
        "drop table if exists events",
        "create table events (event_id text, occurred_at timestamptz, customer_id text,"
        " event_type text, amount numeric(18, 2), updated_at timestamptz)",
        f"grant select on events to {READER}",
    )
    return bank


def uri_of(socket: Path, password: str = PASSWORD) -> str:
    return f"postgresql://{READER}:{password}@/postgres?host={socket}"


def everything_written(home: Path) -> bytes:
    """Every byte of every file below the home."""
    files = sorted(path for path in home.rglob("*") if path.is_file())
    return b"".join(os.fsencode(path) + path.read_bytes() for path in files)
