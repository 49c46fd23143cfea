"""What a file of the inbox came to, as its report says it."""

import re
from collections.abc import Iterator, Sequence

from pipeline.ingest.container import Container
from pipeline.ingest.convert import Refusal
from pipeline.ingest.quarantine import word
from pipeline.ingest.recognise import Recognised
from pipeline.ingest.report import DatasetCounts, FileReport, refused_share
from pipeline.privacy.masking import MASK

SHOWN_REFUSALS = 3
_NUMBER = re.compile(r"\d(?:[ -]?\d){4,}")
"""A phone, an id, a card; also a date, which tells little of what a file is."""


def file_report(
    source_file: str,
    known_as: str,
    account: str | None,
    recognised: Recognised,
    counted: Sequence[DatasetCounts],
    refusals: Sequence[Refusal],
    limit: float,
) -> FileReport:
    """Say what lands; nothing does where more than `limit` of the rows are refused.

    counted: by dataset, as if everything landed; refusals: at least the first few.
    """
    share = refused_share(counted)
    whole = share > limit
    counts = {
        c.dataset: DatasetCounts(c.dataset, c.delivered, 0, 0, c.delivered) if whole else c
        for c in counted
    }
    modules = {found.source.name: found.source.module for found in recognised.tables}
    report = FileReport(
        source_file,
        "refused" if whole else "landed",
        known_as,
        account,
        datasets=list(counts.values()),
        unknown_columns=recognised.unknown_columns,
        refusals=[
            word(refusal, source_file, counts[refusal.dataset], modules[refusal.dataset])
            for refusal in refusals[:SHOWN_REFUSALS]
        ],
    )
    if whole:
        report.reasons.append(
            f"{share:.0%} of its rows are refused; expected at most {limit:.0%}: "
            "nothing of it landed; correct the export and deliver it again"
        )
    report.warnings.extend(_warnings(recognised))
    return report


def note_erased(report: FileReport, rows: int) -> None:
    """Say in a report that rows stayed out because their persons were erased."""
    if rows:
        report.warnings.append(f"rows of erased persons were left out: {rows:,}")


def _warnings(recognised: Recognised) -> Iterator[str]:
    if recognised.unknown_columns:
        names = ", ".join(recognised.unknown_columns)
        yield f"columns that are not declared were not landed: {names}"
    for found in recognised.tables:
        if found.sums:
            words = ", ".join(found.source.not_entities)
            yield f"rows that are the sum of the others ({words}) were left out: {found.sums}"
    for sheet in recognised.unknown_sheets:
        yield f"sheet {sheet} fits no declared source and was not landed"


def unknown_reason(container: Container) -> str:
    """Say what an unrecognised file holds: its form and the first row with text.

    Without a header the first row is one of data, and may name a person: one that holds a long
    number or an address is not shown.
    """
    rows = (row for grid in container.grids for row in grid.rows[:6])
    first = next((cells for row in rows if (cells := [c for c in row if c.strip()])), [])
    is_data = any(_NUMBER.search(cell) or "@" in cell for cell in first)
    shown = MASK if is_data else " | ".join(cell.strip()[:20] for cell in first[:8])
    return (
        f"{container.form} that fits no declared source, beginning with: {shown or 'nothing'}; "
        "expected one of docs/SOURCES.md or docs/BANK_FILES.md: remove it, name its columns in a "
        "mapping file (docs/MAPPING.md), or declare it in pipeline/ingest/platforms"
    )
