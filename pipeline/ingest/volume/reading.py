"""A large file -> a draft of what lands: once over it to look, once to read."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.files import temporary_name
from pipeline.ingest.container import Grid
from pipeline.ingest.convert import Refusal, convert
from pipeline.ingest.erasure.door import Door
from pipeline.ingest.recognise import Found
from pipeline.ingest.report import DatasetCounts, Phase, Progress
from pipeline.ingest.source import Column
from pipeline.ingest.volume.blocks import Block, blocks
from pipeline.ingest.volume.draft import Draft, Target
from pipeline.ingest.volume.held import Held
from pipeline.ingest.volume.layout import Layout
from pipeline.ingest.volume.partition_files import PartitionFiles
from pipeline.ingest.volume.plain_rows import plain_rows
from pipeline.ingest.volume.quarantine_file import QuarantineFile
from pipeline.ingest.volume.survey import Mask, Survey, survey
from pipeline.ingest.volume.token_book import TokenBook
from pipeline.privacy.tokens import Tokens

SHOWN = 3
FEW_RUNS = 500

Row = tuple[int, Sequence[str]]


@dataclass
class _Count:
    """A file's rows by outcome, and the first refusals."""

    delivered: int = 0
    landed: int = 0
    repeated: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    def of(self, dataset: str) -> DatasetCounts:
        return DatasetCounts(dataset, self.delivered, self.landed, self.repeated, self.refused)


def read_at_volume(
    layout: Layout, target: Target, tokens: Tokens, door: Door, progress: Progress | None = None
) -> Draft:
    """Read a file, in memory that does not grow with its rows but for 16 bytes each.

    Kept, the draft leaves quarantine and lake as `digest` and `land` would; the order of a
    partition's rows may differ. Raises Unsuited and FileRefused, and leaves nothing then.
    """
    source = layout.found.source
    surveyed = survey(layout, _Teller("survey", layout.size, progress))
    aside = temporary_name(target.lake / source.name / target.delivery.delivery_id, target.mark)
    with (
        closing(PartitionFiles(target, source, door.admit)) as files,
        closing(Held(aside, source, surveyed.hasher)) as held,
        closing(QuarantineFile(target)) as refused,
    ):
        run = _Pass(layout, surveyed, tokens, door, files, held, refused)
        run.over(_Teller("land", layout.size, progress))
        counts, refusals = run.count.of(source.name), run.count.refusals
        partitions = files.finish()
        return Draft(counts, refusals, *files.days, partitions, refused.finish(), files.erased)


class _Pass:
    """The second time through the file."""

    def __init__(
        self,
        layout: Layout,
        surveyed: Survey,
        tokens: Tokens,
        door: Door,
        files: PartitionFiles,
        held: Held,
        refused: QuarantineFile,
    ) -> None:
        self.layout = layout
        self.source = layout.found.source
        self.surveyed = surveyed
        self.tokens, self.door = tokens, door
        self.book = TokenBook(tokens, len(surveyed.ids))
        self.files = files
        self.held = held
        self.refused = refused
        self.count = _Count()
        at = layout.found.at
        free = [c for c in self.source.columns if isinstance(c, Column) and c.type.free]
        self.key = next(c.headers[0] for c in free if c.name in self.source.key)
        self.free = [c.headers[0] for c in free if c.headers[0] in at]
        self.identities = {header for i in self.source.identities for header in i.headers}

    def over(self, tell: Callable[[Block], None]) -> None:
        """Land every row that nothing is wrong with; write the others down."""
        for block in blocks(self.layout, list(self.layout.found.at)):
            self._block(block)
            tell(block)
        contradictions: list[Refusal] = []
        for kept, repeated, contradicting in self.held.settled():
            self._land(kept)
            self.count.repeated += repeated
            contradictions += contradicting
        self.count.refused += len(contradictions)
        self._refuse(sorted(contradictions, key=lambda refusal: refusal.line))

    def _block(self, block: Block) -> None:
        rest = list(block.rest)
        if len(block.lines):
            table, good = plain_rows(self.source, block, self.book)
            for header in self.free:
                good &= ~self.surveyed.may_be_id(block.columns[header])
            again = good & self.surveyed.stands_again(block.columns[self.key])
            self.count.delivered += int(good.sum())
            self.held.add(_where(again, table))
            self._land(_where(good & ~again, table))
            rest += self._rows(block, np.flatnonzero(~good))
        if rest:
            self._odd(sorted(rest))

    def _rows(self, block: Block, indices: npt.NDArray[np.int64]) -> list[Row]:
        """Give rows of a block as the file has them, blank where no declared column is."""
        at = self.layout.found.at
        cells = {h: block.columns[h].take(pa.array(indices)).to_pylist() for h in at}
        rows: list[Row] = []
        for number, line in enumerate(block.lines[indices].tolist()):
            row = [""] * len(self.layout.header)
            for header, place in at.items():
                row[place] = cells[header][number]
            rows.append((line, row))
        return rows

    def _odd(self, rows: Sequence[Row]) -> None:
        """Let rows go the way of those of a small file."""
        found = self.layout.found
        header = found.grid.rows[found.header_row]
        grid = Grid(None, [header, *(row for _, row in rows)], [0, *(line for line, _ in rows)])
        places = [place for name, place in found.at.items() if name not in self.identities]
        cells = (row[place] for _, row in rows for place in places if place < len(row))
        masker = self.surveyed.masker(cells)
        converted = convert(Found(found.source, grid, 0, found.at), self.tokens.token, masker)
        self.count.delivered += converted.delivered
        self.count.refused += converted.refused_rows
        self.held.add(converted.table)
        self._refuse(converted.refusals)

    def _land(self, table: pa.Table) -> None:
        self.files.add(table)
        self.count.landed += table.num_rows

    def _refuse(self, refusals: Sequence[Refusal]) -> None:
        self.refused.add(self.door.refusals(refusals))
        self.count.refusals += refusals[: SHOWN - len(self.count.refusals)]


def _where(mask: Mask, table: pa.Table) -> pa.Table:
    """Give some rows of a table; runs of them, where few are left out, without copying."""
    edges = np.flatnonzero(np.diff(mask, prepend=False, append=False))
    if len(edges) > 2 * FEW_RUNS:
        return table.filter(pa.array(mask))
    runs = [table.slice(a, b - a) for a, b in edges.reshape(-1, 2).tolist()]
    return pa.concat_tables(runs or [table.slice(0, 0)])


class _Teller:
    """Says how far a phase is, block by block."""

    def __init__(self, phase: Phase, size: int, progress: Progress | None) -> None:
        self._phase: Phase = phase
        self._size, self._progress = size, progress
        self._rows = 0

    def __call__(self, block: Block) -> None:
        self._rows += len(block.lines) + len(block.rest)
        if self._progress:
            self._progress.within(self._phase, self._rows, block.read, self._size)
