"""A look at a PostgreSQL database: one read-only snapshot, its rows as Arrow batches.

What the server says is passed on only where it cannot hold a password or a row's values.
"""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pyarrow as pa

from pipeline.errors import ConfigurationError
from pipeline.ingest.container import FileRefused

CONNECT_SECONDS = 10
_SQLSTATE = re.compile(r"SQLSTATE: (\w{5})")
_SAID = re.compile(r"ERROR:\s+(.*)")
_SYNTAX_OR_ACCESS = "42"
"""How the SQLSTATEs begin whose words name columns, tables and rights, but no value."""

_CONSTANT = re.compile(
    r"canceling statement due to [a-z ]+|cannot execute [A-Z ]+ in a read-only transaction"
    r"|division by zero"
)
"""Words that are the same whatever the rows hold; amid the rows no SQLSTATE comes with them."""

_CAUSES = {
    "password authentication failed": "a database that refuses the user or the password",
    "no password supplied": "a database that asks for a password, and an address without one",
    "no pg_hba.conf entry": "a database that does not let this user in from this machine",
    "does not exist": "a database server without that user or database",
    "could not translate host name": "a host that is not known",
    "Connection refused": "a host where no database answers at that port",
    "No such file or directory": "a host where no database answers at that port",
    "timeout expired": "a host that does not answer",
    "SSL": "a connection that could not be encrypted as asked",
}


class Snapshot:
    """A database as it stands at one moment; made by `snapshot`."""

    def __init__(self, cursor: Any, failures: tuple[type[Exception], ...]) -> None:
        self._cursor = cursor
        self._failures = failures

    def batches(self, sql: str) -> Iterator[pa.RecordBatch]:
        """Give the rows of a query as the server sends them; FileRefused for what it refuses."""
        try:
            self._cursor.execute(sql)
            yield from self._cursor.fetch_record_batch()
        except self._failures as error:
            raise _failed(str(error)) from None

    def table(self, sql: str) -> pa.Table:
        """Give the few rows of a query; errors as for `batches`."""
        try:
            self._cursor.execute(sql)
            return self._cursor.fetch_arrow_table()
        except self._failures as error:
            raise _failed(str(error)) from None


@contextmanager
def snapshot(uri: str, timeout_seconds: int, where: str) -> Iterator[Snapshot]:
    """Connect, and hold one read-only snapshot until the end.

    timeout_seconds: for each statement. where: what holds the address, for messages.
    Raises FileRefused where the database cannot be reached, ConfigurationError without the driver.
    """
    driver = _driver()
    try:
        connection = driver.connect(_with_timeout(uri))
    except driver.Error as error:
        raise _unreachable(str(error), where) from None
    failures = (driver.Error, pa.ArrowException, OSError)
    with closing(connection), closing(connection.cursor()) as cursor:
        try:
            cursor.execute("set transaction isolation level repeatable read, read only")
            cursor.execute(f"set local statement_timeout = '{timeout_seconds}s'")
        except failures as error:
            raise _failed(str(error)) from None
        yield Snapshot(cursor, failures)


def _driver() -> Any:
    try:
        from adbc_driver_postgresql import dbapi
    except ImportError:
        raise ConfigurationError(
            "读数据库需要扩展 postgres，尚未安装 · the extra postgres is not installed\n"
            "  pip install 'follower-funnel[postgres]'"
        ) from None
    return dbapi


def _with_timeout(uri: str) -> str:
    if "connect_timeout=" in uri:
        return uri
    return f"{uri}{'&' if '?' in uri else '?'}connect_timeout={CONNECT_SECONDS}"


def _unreachable(said: str, where: str) -> FileRefused:
    """Say why there is no connection; the driver's words may hold parts of a password."""
    found = next((words for sign, words in _CAUSES.items() if sign in said), "no connection")
    return FileRefused(
        found,
        "a PostgreSQL database that can be read",
        f"correct the address in {where}, or run again when the database answers",
    )


def _failed(said: str) -> FileRefused:
    """Say what became of a statement; most of the server's words may quote a row's values."""
    state = match[1] if (match := _SQLSTATE.search(said)) else ""
    words = match[1].strip() if (match := _SAID.search(said)) else ""
    if not state.startswith(_SYNTAX_OR_ACCESS) and not _CONSTANT.fullmatch(words):
        words = f"SQLSTATE {state}" if state else "its words may quote a row and are not repeated"
    return FileRefused(
        f"a query that the database ended ({words})",
        "a query that runs read-only within timeout_seconds",
        "try the query in psql, correct it in funnel.toml, and run again",
    )
