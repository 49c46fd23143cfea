"""Rows of text -> typed columns, by declaration, with a reason for each cell that does not fit.

Vectorised by value: each distinct text of a column is converted once.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from pipeline.ingest.recognise import Found
from pipeline.ingest.source import BESIDE, HEADER, SHEET, ByName, Column, Identity
from pipeline.ingest.tidy import tidy
from pipeline.ingest.units import Type
from pipeline.privacy.masking import MASK, Masker

NO_VALUE = ("", "\\N")
"""What stands for no value in free text, where a dash is a text like any other."""

_ID_AS_FLOAT = re.compile(r"\d+\.\d*|\d(\.\d+)?[eE]\+?\d+")

Token = Callable[[str], bytes]


@dataclass(frozen=True)
class Refusal:
    """One cell (or, without a column, one row) that does not fit.

    line: as in the lake; column: the header as in the file; value: masked where it may name a
    person. person: the token of the row's customer, by which an erasure finds it.
    """

    dataset: str
    sheet: str | None
    line: int
    column: str | None
    value: str | None
    reason: str
    expected: str
    person: str | None = None


@dataclass
class Converted:
    """A table, converted.

    table: the good rows: the declared columns, source_sheet and source_line.
    delivered: data rows in the file, without wholly blank ones and sums of the others.
    refused_rows: how many of them are refused; a row may have several refusals.
    """

    table: pa.Table
    delivered: int
    refused_rows: int = 0
    refusals: list[Refusal] = field(default_factory=list)


@dataclass
class _Reason:
    """Stands among the converted values for one that did not fit."""

    reason: str
    expected: str


def convert(found: Found, token: Token, masker: Masker) -> Converted:
    """Convert one table of a file.

    token: customer id -> 16 bytes; masker: knows this file's customer ids.
    """
    rows = _Rows(found, masker)
    columns: dict[str, pa.Array] = {}
    for declared in found.source.columns:
        if isinstance(declared, ByName):
            columns |= rows.by_name(declared)
        elif isinstance(declared, Identity):
            columns[declared.name] = rows.identity(declared, token)
        else:
            columns[declared.name] = rows.column(declared)
    return rows.finish(columns)


class _Rows:
    """The data rows of one table, and what was refused of them so far."""

    def __init__(self, found: Found, masker: Masker) -> None:
        self.found = found
        self.masker = masker
        self.refusals: list[tuple[int, Refusal]] = []
        self.bad: set[int] = set()
        self.ragged: set[int] = set()
        places = list(found.at.values())
        after = found.header_row + 1
        grid = found.grid
        kept = [
            (row, line)
            for row, line in zip(grid.rows[after:], grid.lines[after:], strict=True)
            if any(row[i].strip() for i in places if i < len(row)) and not found.is_sum(row)
        ]
        self.rows: list[Sequence[str]] = [row for row, _ in kept]
        self.lines = [line for _, line in kept]
        self._refuse_ragged(len(grid.rows[found.header_row]))

    def _refuse_ragged(self, width: int) -> None:
        for index, row in enumerate(self.rows):
            if len(row) < width or any(cell.strip() for cell in row[width:]):
                reason = f"the row has {len(row)} cells, the header {width}"
                self.refuse(index, None, None, reason, "a row as wide as the header")
                self.ragged.add(index)

    def refuse(
        self, index: int, header: str | None, value: str | None, reason: str, expected: str
    ) -> None:
        """Note a refusal; the row will not land. header: as declared."""
        if index in self.ragged:
            return
        self.bad.add(index)
        source = self.found.source
        refusal = Refusal(
            source.name,
            self.found.grid.sheet,
            self.lines[index],
            self._as_in_file(header),
            self.masker.mask(value) if value else value,
            reason,
            expected,
        )
        self.refusals.append((index, refusal))

    def _as_in_file(self, header: str | None) -> str | None:
        if header not in self.found.at:
            return header
        return self.found.grid.rows[self.found.header_row][self.found.at[header]].strip()

    def texts(self, header: str) -> list[str]:
        """The cells below a header, stripped; blank where the row ends before it."""
        if header in BESIDE:
            return [self.found.grid.around.get(header, "")] * len(self.rows)
        place = self.found.at[header]
        return [row[place].strip() if place < len(row) else "" for row in self.rows]

    def column(self, declared: Column) -> pa.Array:
        """Convert an ordinary column; one that the file lacks is NULL throughout."""
        header = declared.headers[0]
        if header not in self.found.at and header not in BESIDE:
            return pa.nulls(len(self.rows), declared.type.arrow)
        check = self._no_id(declared.type) if self.found.source.identities else declared.type.parse
        missing = NO_VALUE if declared.type.free else self.found.source.missing

        def one(text: str) -> Any:
            return _value(text, declared, declared.type, check, missing)

        return self._distinct(header, self.texts(header), one, declared.type.arrow)

    def _no_id(self, kind: Type) -> Callable[[str], Any]:
        """Parse, but let no customer id pass in a column that is not declared to hold one."""

        def parse(text: str) -> Any:
            if kind.free and self.masker.is_id(text):
                raise ValueError("holds a customer id")
            return kind.parse(text)

        return parse

    def identity(self, declared: Identity, token: Token) -> pa.Array:
        """Convert customer ids to tokens; the refusals never show an id."""

        def one(text: str) -> Any:
            if text in self.found.source.missing:
                return None if declared.nullable else _Reason("missing", "a customer id")
            if _ID_AS_FLOAT.fullmatch(text):
                return _Reason("a number, not an id: digits may be lost", "a customer id as text")
            return token(text)

        header = declared.headers[0]
        if header not in self.found.at:
            return pa.nulls(len(self.rows), pa.uuid())
        # Of a row that is too long or too short nobody knows which cell is the id.
        texts = ["" if i in self.ragged else text for i, text in enumerate(self.texts(header))]
        tokens = self._distinct(header, texts, one, pa.binary(16))
        return pa.ExtensionArray.from_storage(pa.uuid(), tokens)

    def by_name(self, declared: ByName) -> dict[str, pa.Array]:
        """Convert a long table: the name beside each value says its metric and unit."""
        value = declared.headers[0]
        values = self.texts(value)
        if declared.names == SHEET:
            names = [self.found.grid.sheet or ""] * len(values)
        elif declared.names == HEADER:
            names = [value] * len(values)
        else:
            names = self.texts(declared.names)
        metrics: list[str | None] = []
        numbers: list[float | None] = []
        for index, (name, text) in enumerate(zip(names, values, strict=True)):
            spelled = name if name in declared.metrics else tidy(name)
            metric, kind = declared.metrics.get(spelled, (None, None))
            number = None
            if kind is None:
                self.refuse(index, declared.names, name, "unknown", "a declared metric")
            else:
                number = _value(text, declared, kind, kind.parse, self.found.source.missing)
            if isinstance(number, _Reason):
                self.refuse(index, value, text, number.reason, number.expected)
                number = None
            metrics.append(metric)
            numbers.append(None if number is None else float(number))
        return {
            "metric": pa.array(metrics, pa.string()),
            "value": pa.array(numbers, pa.float64()),
        }

    def _distinct(
        self, header: str, texts: list[str], one: Callable[[str], Any], kind: pa.DataType
    ) -> pa.Array:
        """Convert each distinct text once, and refuse the rows that hold one that does not fit."""
        encoded = pa.array(texts, pa.string()).dictionary_encode()
        distinct = encoded.dictionary.to_pylist()
        values = [one(text) for text in distinct]
        faults = {i: v for i, v in enumerate(values) if isinstance(v, _Reason)}
        if faults:
            values = [None if i in faults else value for i, value in enumerate(values)]
            for row, i in enumerate(encoded.indices.to_pylist()):
                if i in faults:
                    self._refuse_cell(row, header, distinct[i], faults[i])
        return pa.array(values, kind).take(encoded.indices)

    def _refuse_cell(self, row: int, header: str, text: str, fault: _Reason) -> None:
        identities = {h for i in self.found.source.identities for h in i.headers}
        shown = MASK if header in identities and text else text
        self.refuse(row, header, shown, fault.reason, fault.expected)

    def finish(self, columns: dict[str, pa.Array]) -> Converted:
        """Keep the rows that nothing was refused of."""
        table = pa.table(
            {
                **columns,
                "source_sheet": pa.array([self.found.grid.sheet] * len(self.rows), pa.string()),
                "source_line": pa.array(self.lines, pa.int32()),
            }
        )
        if self.bad:
            good = pa.array([i for i in range(len(self.rows)) if i not in self.bad], pa.int64())
            table = table.take(good)
        refusals = sorted(self._of_persons(columns), key=lambda refusal: refusal.line)
        return Converted(table, len(self.rows), len(self.bad), refusals)

    def _of_persons(self, columns: dict[str, pa.Array]) -> list[Refusal]:
        """Say of each refusal whose row it is of, where its customer id could be read."""
        tokens = [None] * len(self.rows)
        if self.refusals:
            for identity in self.found.source.identities:
                tokens = columns[identity.name].to_pylist()
        return [
            replace(refusal, person=str(token)) if (token := tokens[index]) else refusal
            for index, refusal in self.refusals
        ]


def _value(
    text: str,
    declared: Column | ByName,
    kind: Type,
    parse: Callable[[str], Any],
    missing: Sequence[str],
) -> Any:
    """Convert one text: a value, None where none is there, or the reason it does not fit."""
    if text in missing:
        if kind.blank:
            return ""
        if declared.nullable:
            return None
        return _Reason("missing", kind.words)
    try:
        return parse(text)
    except ValueError as error:
        return _Reason(str(error), kind.words)


def customer_ids(found: Found) -> set[str]:
    """Collect the raw customer ids of a table, for masking; they never leave memory."""
    ids: set[str] = set()
    for identity in found.source.identities:
        place = found.at.get(identity.headers[0])
        if place is not None:
            below = found.grid.rows[found.header_row + 1 :]
            ids.update(row[place] for row in below if place < len(row))
    return {i for i in ids if i.strip() not in found.source.missing}
