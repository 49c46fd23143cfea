"""Read published tables into dataclasses."""

from collections.abc import Sequence
from dataclasses import field, fields
from typing import Any, ClassVar, Protocol, TypeVar

import duckdb

Row = TypeVar("Row", bound="Published")


class Published(Protocol):
    """A dataclass whose fields are columns of the published table it names."""

    table: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


def select(
    connection: duckdb.DuckDBPyConnection,
    row: type[Row],
    where: str = "true",
    parameters: Sequence[object] = (),
    order: str = "all",
    part: str = "tier",
) -> list[Row]:
    """Return the rows of one published table as dataclasses, in a fixed order.

    `where` and `order` are SQL over the table's columns; values travel as `parameters`. `part` is
    SQL for the one field that is no column: which part of the page's place a row is of. Fields
    that the row's class lists as `absent` have no column in its table, and are None.
    """
    absent = dict.fromkeys(getattr(row, "absent", ()), "null")
    columns = [
        f"{({'part': part} | absent).get(field.name, field.name)} as {field.name}"
        for field in fields(row)
    ]
    query = f"select {', '.join(columns)} from published.{row.table} where {where} order by {order}"
    return [row(*values) for values in connection.execute(query, list(parameters)).fetchall()]


def none() -> Any:
    """Give the default of a field of rows that not every page reads: no rows."""
    return field(default_factory=list)
