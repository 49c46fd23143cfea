"""Columns that a measure fills in."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa


def filled(rows: pa.Table, columns: Mapping[str, Sequence[Any]]) -> pa.Table:
    """Give a table with values in place of those of some columns, whose types stay."""
    for name, values in columns.items():
        place = rows.schema.get_field_index(name)
        kind = rows.schema.types[place]
        rows = rows.set_column(place, rows.schema.field(name), pa.array(values, kind))
    return rows
