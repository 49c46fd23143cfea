"""Read the published database, and nothing else, into dataclasses."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

import duckdb

from pipeline.errors import InputError

Row = TypeVar("Row", bound="Published")


class Published(Protocol):
    """A dataclass whose fields are columns of the published table it names."""

    table: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published database for reading; InputError says what to run when there is none."""
    if not path.is_file():
        raise InputError(f"没有发布库 {path}：请先运行 funnel build（或 make run），再生成周报。")
    connection = duckdb.connect(str(path), read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def select(
    connection: duckdb.DuckDBPyConnection,
    row: type[Row],
    where: str = "true",
    parameters: Sequence[object] = (),
    order: str = "all",
) -> list[Row]:
    """Return the rows of one published table as dataclasses, in a fixed order.

    `where` and `order` are SQL over the table's columns; values travel as `parameters`.
    """
    columns = [field.name for field in fields(row)]
    query = f"select {', '.join(columns)} from published.{row.table} where {where} order by {order}"
    return [row(*values) for values in connection.execute(query, list(parameters)).fetchall()]
