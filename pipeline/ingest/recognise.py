"""Which declared tables a file holds: found by the names in its header, never by place or name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.ingest.container import Container, FileRefused, Grid
from pipeline.ingest.secret_columns import refuse_secret_columns
from pipeline.ingest.sections import split
from pipeline.ingest.source import BESIDE, HEADER, SHEET, ByName, Source
from pipeline.ingest.tidy import tidy
from pipeline.privacy.free_text import mask_identities

HEADER_ROWS = 6
"""A header is looked for in this many rows: banners, titles and blank rows may stand above it."""

ALIKE = 0.6
"""With this share of a declaration's headers, a table that fits none is taken for a broken one."""


@dataclass(frozen=True)
class Found:
    """A declared table in a grid.

    at: header in the declaration's first spelling -> column of the grid (0-based).
    header_row: index of the header in the grid's rows; the data are the rows below.
    """

    source: Source
    grid: Grid
    header_row: int
    at: dict[str, int]

    @property
    def where(self) -> str:
        """The place, for messages."""
        sheet = f", sheet {self.grid.sheet}" if self.grid.sheet else ""
        return f"row {self.grid.lines[self.header_row]}{sheet}"

    def is_sum(self, row: Sequence[str]) -> bool:
        """Whether a row is declared to be the sum of the others: its first filled cell says so."""
        first = next(filter(None, map(str.strip, row)), "")
        return first in self.source.not_entities

    @property
    def sums(self) -> int:
        """How many rows are sums of the others."""
        return sum(self.is_sum(row) for row in self.grid.rows[self.header_row + 1 :])


@dataclass(frozen=True)
class Recognised:
    """What a file holds. unknown_columns and unknown_sheets are not landed, only reported."""

    tables: tuple[Found, ...]
    unknown_columns: tuple[str, ...]
    unknown_sheets: tuple[str, ...]


def recognise(container: Container, sources: Sequence[Source]) -> Recognised:
    """Find the declared tables of a file.

    No table at all gives an empty result. Raises FileRefused when a table lacks a required
    column, repeats one, fits two declarations, or is declared as a lookalike, and SecretColumn
    where any table, recognised or not, has a column that must not be here.
    """
    tables: list[Found] = []
    columns: list[str] = []
    sheets: list[str] = []
    titles = {title for source in sources for title in source.sections}
    for grid in (part for whole in container.grids for part in split(whole, titles)):
        if not any(any(row) for row in grid.rows[:HEADER_ROWS]):
            continue
        found = _tables(grid, sources)
        named = [grid.rows[found[0].header_row]] if found else grid.rows[:HEADER_ROWS]
        refuse_secret_columns(name for row in named for name in row)
        tables += found
        if found:
            columns += _unclaimed(grid, found)
        elif name := grid.section or grid.sheet:
            sheets.append(name)
    return Recognised(
        tuple(tables),
        tuple(dict.fromkeys(columns)),
        tuple(sheet for sheet in sheets if not _inherited(sheet, tables)),
    )


def _inherited(name: str, tables: Iterable[Found]) -> bool:
    """Whether a list of JSON stands whole in the rows of a list within it that was found."""
    return any((table.grid.section or "").startswith(name + ".") for table in tables)


def headers(source: Source) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Give each header of a declaration: its first spelling, all of them, whether it is needed."""
    for field in source.columns:
        if field.headers[0] in BESIDE:
            continue
        if isinstance(field, ByName) and field.names not in (SHEET, HEADER):
            yield field.names, (tidy(field.names),), True
        yield field.headers[0], tuple(tidy(h) for h in field.headers), not field.optional


def _tables(grid: Grid, sources: Sequence[Source]) -> list[Found]:
    fitting = [source for source in sources if _sheet_fits(source, grid)]
    for index, row in enumerate(grid.rows[:HEADER_ROWS]):
        cells = [tidy(cell) for cell in row]
        found = [
            Found(part, grid, index, at)
            for source in fitting
            for part in _parts(source, cells)
            if (at := _locate(part, cells)) is not None
        ]
        if found:
            _refuse_overlap(found)
            _refuse_nearly(grid, index, _left_over(cells, found), fitting, found)
            return found
    for index, row in enumerate(grid.rows[:HEADER_ROWS]):
        cells = [tidy(cell) for cell in row]
        _refuse_lookalike(grid, index, cells, fitting)
        _refuse_nearly(grid, index, cells, fitting, [])
    return []


def _parts(source: Source, cells: list[str]) -> Iterator[Source]:
    """Give the source, or where headers are its metrics one for each of them in the row.

    A day beside some metric is any platform's table: such a source fits only a row it knows whole.
    """
    field = next((f for f in source.columns if isinstance(f, ByName) and f.names == HEADER), None)
    if field is None:
        yield source
        return
    known = {tidy(header) for column in source.columns for header in column.headers}
    if set(cells) - known - {""}:
        return
    for header, metric in field.metrics.items():
        if tidy(header) in cells:
            one = replace(field, value=header, metrics={header: metric})
            columns = tuple(one if f is field else f for f in source.columns)
            yield replace(source, columns=columns)


def _sheet_fits(source: Source, grid: Grid) -> bool:
    if (grid.section or "") not in (source.sections or ("",)):
        return False
    if not source.sheets:
        return True
    return any(re.fullmatch(pattern, grid.sheet or "") for pattern in source.sheets)


def _locate(source: Source, cells: list[str]) -> dict[str, int] | None:
    """Give header -> column where the row holds every required header, else None."""
    if source.beside:
        return _locate_sequence(source, cells)
    if set(source.without).intersection(cells):
        return None
    at: dict[str, int] = {}
    for name, spellings, required in headers(source):
        places = [i for i, cell in enumerate(cells) if cell in spellings]
        if not places and required:
            return None
        if places:
            at[name] = places[0]
    _refuse_repeats(source, cells)
    return at


def _locate_sequence(source: Source, cells: list[str]) -> dict[str, int] | None:
    """Find the headers one after another: neighbours may have columns of the same name."""
    wanted = list(headers(source))
    for start in range(len(cells) - len(wanted) + 1):
        if all(cells[start + i] in spellings for i, (_, spellings, _) in enumerate(wanted)):
            return {name: start + i for i, (name, _, _) in enumerate(wanted)}
    return None


def _refuse_repeats(source: Source, cells: list[str]) -> None:
    for name, spellings, _ in headers(source):
        if sum(cell in spellings for cell in cells) > 1:
            raise FileRefused(
                f"the column {name} more than once ({source.name})",
                "each column once",
                "export it again, and do not edit it by hand",
            )


def _refuse_overlap(found: list[Found]) -> None:
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            if one.source.name == other.source.name:
                continue
            beside = one.source.beside and other.source.beside
            if not beside or set(one.at.values()) & set(other.at.values()):
                raise FileRefused(
                    f"a table that fits two declarations, {one.source.name} and "
                    f"{other.source.name} (header in {one.where})",
                    "one that fits one",
                    "tell the declarations apart, by a sheet pattern or a required column",
                )


def _left_over(cells: list[str], found: list[Found]) -> list[str]:
    claimed = {place for table in found for place in table.at.values()}
    return [cell for i, cell in enumerate(cells) if i not in claimed]


def _refuse_lookalike(grid: Grid, index: int, cells: list[str], sources: Iterable[Source]) -> None:
    for source in sources:
        for table in source.lookalikes:
            if {tidy(header) for header in table.headers} <= set(cells):
                raise FileRefused(
                    f"{table.found} (header in row {grid.lines[index]})",
                    f"{source.title} ({source.name})",
                    table.action,
                )


def _refuse_nearly(
    grid: Grid, index: int, cells: list[str], sources: Iterable[Source], found: list[Found]
) -> None:
    """Refuse a row that holds most of a declaration's headers, but not all that are required."""
    present = set(cells) - {""}
    already = {table.source.name for table in found}
    for source in sources:
        required = [(name, words) for name, words, needed in headers(source) if needed]
        lacking = [name for name, words in required if not present.intersection(words)]
        another = present.intersection(source.without)
        enough = not another and len(required) > 2 and len(lacking) <= (1 - ALIKE) * len(required)
        if enough and lacking and source.name not in already:
            raise FileRefused(
                f"a header like that of {source.name} in row {grid.lines[index]} without "
                + ", ".join(lacking),
                "every required column",
                "export it again with all columns, or declare the new form in " + source.module,
            )


def _unclaimed(grid: Grid, found: list[Found]) -> list[str]:
    if any(table.source.ignore_rest for table in found):
        return []
    ignored = {tidy(name) for table in found for name in table.source.ignore}
    cells = [tidy(cell) for cell in grid.rows[found[0].header_row]]
    left = (cell for cell in _left_over(cells, found) if cell and cell not in ignored)
    return [mask_identities(cell) for cell in left]
