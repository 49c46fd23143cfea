"""The words a source is declared with.

A source is one table of one kind of file: its columns, their units, its key, where its rows are
kept. A declaration holds no code; reading, converting and landing are the same for every source.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from pipeline.ingest.units import TIME, Type

SHEET = "‹sheet›"
"""Stands for the name of the sheet where a `ByName` takes its name from there."""

HEADER = "‹header›"
"""Stands for the header of the value, where a `ByName` takes its name from there."""

FILE = "‹file›"
TITLE = "‹title›"
SECTION = "‹section›"
"""Headers of columns whose one value stands beside the table: in the name of the file, in the
first row above stacked sections, in the title of the section."""

BESIDE = (FILE, TITLE, SECTION)

BANK = "bank"


@dataclass(frozen=True)
class Column:
    """One column of the file and of the lake.

    header: its name in the file, or a tuple of spellings seen.
    optional: the file may lack the column; its values are then NULL.
    nullable: a cell may hold a missing marker; its value is then NULL.
    note: what a reader of the bank's file schema should know, in a sentence.
    """

    name: str
    header: str | tuple[str, ...]
    type: Type
    optional: bool = False
    nullable: bool = False
    note: str = ""
    example: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """Every spelling of the header."""
        return (self.header,) if isinstance(self.header, str) else self.header


@dataclass(frozen=True)
class Identity:
    """A column of customer ids; only the token of an id ever leaves the file."""

    header: str | tuple[str, ...] = "customer_id"
    name: str = "customer_token"
    optional: bool = False
    nullable: bool = False
    note: str = "becomes a keyed token; the id itself is never stored"
    example: str = "C20260000123"

    @property
    def headers(self) -> tuple[str, ...]:
        """Every spelling of the header."""
        return (self.header,) if isinstance(self.header, str) else self.header


@dataclass(frozen=True)
class ByName:
    """A long table: a name says which metric a row's value is, and so its unit.

    names: `SHEET`, or the header of the column that holds the name, or `HEADER`: every column
        headed by one of the metrics lands, so one file may hold one of them or many.
    value: the header of the value, or a tuple of spellings; `HEADER` where it is the name.
    metrics: name in the file -> (metric, type); lands as `metric` and `value`.
    """

    names: str
    value: str | tuple[str, ...]
    metrics: Mapping[str, tuple[str, Type]]
    optional: bool = False
    nullable: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """Every spelling of the header of the value; with `HEADER` any of the metrics'."""
        if self.names == HEADER:
            return tuple(self.metrics)
        return (self.value,) if isinstance(self.value, str) else self.value


Field = Column | Identity | ByName


@dataclass(frozen=True)
class Lookalike:
    """A table that is easily taken for the source's, known by its header, and refused.

    headers: all of them stand in its header row.
    found: what it is; action: what the deliverer can do.
    """

    headers: tuple[str, ...]
    found: str
    action: str


@dataclass(frozen=True)
class Source:
    """One declared table.

    platform: the platform's name, or `BANK`.
    one_row_is: the grain in words; key: the columns that make a row unique within an account.
    partition_by: the column and the length of time that name a row's folder in the lake.
    sheets: patterns (regular expressions, whole name); none means any sheet.
    sections: titles of stacked sections, or paths of lists in JSON; none means no such table.
    without: headers that make a table another one: with one of them it is not this.
    beside: the table stands beside others in one sheet and is found by its header sequence.
    missing: texts that stand for "no value" in columns that are not free text.
    ignore: columns that are known and deliberately not landed.
    post_key: where a row is a post, the columns that know it again in another export.
    post_parts: a pattern of the parts of the key that stay, where the rest of it changes.
    lifetime: each export lists every post so far, up to `row_limit` rows where there is one.
    ignore_rest: every column that is not declared is deliberately not landed.
    by_mapping: the names of its columns come from an operator's mapping file, see mapping.py.
    declared_in: the file a new form is declared in, where it is not the platform's module.
    not_entities: texts in the first filled cell that mark a row as the sum of the others; such rows
        are no data, are not counted as delivered, and the run says how many it left out.
    lookalikes: tables that are not this one, refused with a reason.
    title, where, container, quirks, evidence: for docs/SOURCES.md.
    """

    name: str
    title: str
    platform: str
    one_row_is: str
    key: tuple[str, ...]
    columns: tuple[Field, ...]
    partition_by: tuple[str, Literal["day", "month"]]
    sheets: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    beside: bool = False
    missing: tuple[str, ...] = ("", "-")
    ignore: tuple[str, ...] = ()
    post_key: tuple[str, ...] = ()
    post_parts: str | None = None
    lifetime: bool = False
    row_limit: int | None = None
    ignore_rest: bool = False
    by_mapping: bool = False
    declared_in: str = ""
    not_entities: tuple[str, ...] = ()
    lookalikes: tuple[Lookalike, ...] = ()
    where: str = ""
    container: str = ""
    quirks: tuple[str, ...] = ()
    evidence: str = ""

    @property
    def of_bank(self) -> bool:
        """Whether the bank delivers it; such files belong to no account."""
        return self.platform == BANK

    @property
    def identities(self) -> tuple[Identity, ...]:
        """The columns that hold customer ids; a source with any is person-level."""
        return tuple(c for c in self.columns if isinstance(c, Identity))

    @property
    def utc_columns(self) -> frozenset[str]:
        """The columns that hold instants in UTC; every other time is local."""
        return frozenset(c.name for c in self.columns if isinstance(c, Column) and c.type.utc)

    @property
    def module(self) -> str:
        """The file a new form is declared in."""
        if self.declared_in:
            return self.declared_in
        folder = "bank" if self.of_bank else "platforms"
        stem = self.name.removeprefix("bank_") if self.of_bank else self.platform
        return f"pipeline/ingest/{folder}/{stem}.py"

    def schema(self) -> pa.Schema:
        """The columns of the lake, provenance last."""
        account = [] if self.of_bank else [pa.field("account_id", pa.string())]
        values = [part for field in self.columns for part in lake_fields(field)]
        return pa.schema([*account, *values, *PROVENANCE])


PROVENANCE = (
    pa.field("exported_at", TIME),
    pa.field("source_file", pa.string()),
    pa.field("source_sheet", pa.string()),
    pa.field("source_line", pa.int32()),
    pa.field("delivery_id", pa.string()),
)
"""Where a row comes from; every row of the lake ends with these."""


def lake_fields(field: Field) -> pa.Schema:
    """The lake columns that one declared column becomes."""
    if isinstance(field, Identity):
        return pa.schema([pa.field(field.name, pa.uuid())])
    if isinstance(field, ByName):
        return pa.schema([pa.field("metric", pa.string()), pa.field("value", pa.float64())])
    return pa.schema([pa.field(field.name, field.type.arrow)])
