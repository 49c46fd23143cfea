"""Tables stacked in one sheet, each below a row that holds its title alone -> a grid for each."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from pipeline.ingest.container import Grid
from pipeline.ingest.source import SECTION, TITLE
from pipeline.ingest.tidy import tidy


def split(grid: Grid, titles: Collection[str]) -> Iterator[Grid]:
    """Cut a grid at the rows that hold one of the titles and nothing else.

    Each part keeps its lines and knows its section and the text of the first row above all
    sections. A grid without such a row, or of JSON, comes back as it is.
    """
    starts = [
        (index, name)
        for index, row in enumerate(grid.rows)
        if len(filled := [tidy(cell) for cell in row if cell.strip()]) == 1
        and (name := filled[0]) in titles
    ]
    if grid.section is not None or not starts:
        yield grid
        return
    above = [cell.strip() for row in grid.rows[: starts[0][0]] for cell in row if cell.strip()]
    ends = [index for index, _ in starts[1:]] + [len(grid.rows)]
    for (index, name), end in zip(starts, ends, strict=True):
        yield replace(
            grid,
            rows=grid.rows[index + 1 : end],
            lines=grid.lines[index + 1 : end],
            section=name,
            around={**grid.around, TITLE: above[0] if above else "", SECTION: name},
        )
