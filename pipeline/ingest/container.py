"""What every reader gives back, whatever the file is made of: grids of text, each row numbered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


class FileRefused(Exception):
    """A file cannot be read, or not as declared; it waits in the inbox.

    found, expected, action: what the file holds, what was expected, what the deliverer can do.
    rule: the rule of protection that refused it, for the audit trail.
    """

    rule: str | None = None

    def __init__(self, found: str, expected: str, action: str) -> None:
        """Say the three parts in one sentence."""
        super().__init__(f"{found}; expected {expected}: {action}")
        self.found = found
        self.expected = expected
        self.action = action

    def __reduce__(self) -> tuple[type["FileRefused"], tuple[str, str, str]]:
        """Let it travel between processes."""
        return type(self), (self.found, self.expected, self.action)


@dataclass(frozen=True)
class Grid:
    """One sheet or table, as text.

    sheet: the sheet's name in a workbook, else None.
    rows: the cells of each row; a blank cell is "".
    lines: for each row its 1-based row in the sheet, or the line of the file where it starts; in
        JSON the number of the record in its list.
    section: which table of several in one sheet or document: its title, or its path in JSON.
    around: what stands beside the table and not in it, by `FILE`, `TITLE` or `SECTION`.
    """

    sheet: str | None
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    section: str | None = None
    around: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Container:
    """A file, read.

    created: its own export stamp, naive Shanghai time, where it has one.
    notes: what whoever delivered it should know of it, a sentence each.
    """

    form: str
    grids: tuple[Grid, ...]
    created: datetime | None = None
    notes: tuple[str, ...] = ()
