"""What the templates are given: sections made of tiles, tables and figures, all words settled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import Any

from pipeline.report.formats import Cell


@dataclass(frozen=True)
class Table:
    """A table of cells; the first column names the row. Numbers stand right."""

    id: str
    title: str
    head: tuple[str, ...]
    rows: list[list[Cell]]
    note: str = ""
    metric: str = ""  # whose definition the title links to
    sortable: bool = False
    folded: bool = False  # long tables open on a click
    listed: bool = False  # with a search box, the first rows only, and a download
    # What the page's filter chooses from: the tier of each column after the first, None for all of
    # them; tier and platform of each row.
    tiers: tuple[str | None, ...] = ()
    rows_of: Sequence[tuple[str | None, str | None]] = ()
    kind: str = "table"

    @property
    def numeric(self) -> list[bool]:
        """For each column, whether every row holds a number there."""
        return [all(row[i].number for row in self.rows) for i in range(len(self.head))]

    @property
    def told(self) -> bool:
        """Whether there is a number in it, shown or withheld; or rows, where all are words."""
        numbers = [cell for row in self.rows for cell in row if cell.number]
        return bool(self.rows) and (not numbers or any(c.state != "missing" for c in numbers))

    @property
    def withheld(self) -> bool:
        """Whether a number of it may not be shown."""
        return any(cell.state == "suppressed" for row in self.rows for cell in row)

    @property
    def followed(self) -> bool:
        """Whether the page's filter chooses among its columns, rows or cells."""
        cells = (cell for row in self.rows for cell in row)
        return bool(self.tiers or self.rows_of) or any(cell.of for cell in cells)

    def reasons(self, common: Sequence[str]) -> dict[str, str]:
        """Why cells hold no plain number, each with its mark: a, b, … in the order of the cells.

        `common` are the reasons that stand once on the page, and need no mark; nor do blank cells,
        which the note below the table explains.
        """
        found = dict.fromkeys(
            cell.why for row in self.rows for cell in row if cell.why and cell.text
        )
        own = [why for why in found if why not in common]
        return {why: _mark(at) for at, why in enumerate(own)}


def _mark(at: int) -> str:
    letter = ascii_lowercase[at % 26]
    return letter if at < 26 else _mark(at // 26 - 1) + letter


@dataclass(frozen=True)
class Figure:
    """A plotly figure with its title, caption, and the table of the same numbers."""

    id: str
    title: str
    caption: str
    spec: dict[str, Any]
    data: Table
    metric: str = ""
    mark: str = ""  # the tier whose marker stands before the title
    kind: str = "figure"

    @property
    def height(self) -> int:
        """Pixels the figure needs; the page keeps them free until it is drawn."""
        return int(self.spec["layout"]["height"])

    @property
    def told(self) -> bool:
        """Whether there is a number behind it, shown or withheld."""
        return self.data.told

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw: a mark that has a place, or a label."""
        seen = [trace for trace in self.spec["data"] if trace.get("visible") is not False]
        places = (pair for trace in seen for pair in _places(trace))
        return any(None not in pair for pair in places) or bool(
            self.spec["layout"].get("annotations")
        )


def _places(trace: dict[str, Any]) -> Iterator[tuple[object, object]]:
    return zip(trace.get("x") or (), trace.get("y") or (), strict=False)


@dataclass(frozen=True)
class Tile:
    """One key figure of the week."""

    id: str
    label: str
    group: str
    value: Cell
    raw: str  # the stored number, for machines; empty when it is missing or withheld
    compared: str
    rate: str = ""  # the rate of the step before, or who reports
    spark: str = ""  # SVG path over the weeks of the trend
    usual: str = ""  # SVG path at the height of the usual value
    pill: str = ""
    metric: str = ""


@dataclass(frozen=True)
class Slice:
    """The key figures of a tier, a platform or both; None stands for all of them."""

    tier: str | None
    platform: str | None
    tiles: list[Tile]

    @property
    def key(self) -> str:
        """How the page's filters name it."""
        return f"{self.tier or ''}|{self.platform or ''}"


@dataclass(frozen=True)
class Finding:
    """One sentence worth reading, and where its evidence stands."""

    kind: str  # attention, finding or data
    title: str
    words: str
    evidence: str  # the id of the chart or table that shows it
    n: int  # how many it is said of
    check: str = ""  # what to look at first; of the top point for attention only


@dataclass(frozen=True)
class Section:
    """A part of the page: rows of blocks beside each other."""

    id: str
    kicker: str
    title: str
    lede: str = ""
    metric: str = ""
    blocks: list[list[Table | Figure]] = field(default_factory=list)
    ranges: list[int] = field(default_factory=list)  # of weeks its charts can be set to
    follows: bool = False  # whether the page's filter by tier and platform changes it


@dataclass(frozen=True)
class Briefing:
    """What a page says of its week, whatever surface it is then shown on."""

    headline: str
    coverage: Cell
    findings: list[Finding]
    tiles: list[Tile]
    sections: list[Section]
