"""docs/BANK_FILES.md and docs/SOURCES.md, written from the declarations.

Run `python -m pipeline.ingest.documents docs` after a declaration changed; a test compares.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.ingest.catalogue import BANK_SOURCES, PLATFORM_SOURCES
from pipeline.ingest.source import HEADER, SHEET, ByName, Column, Field, Identity, Source

_BANK_INTRO = """\
# The bank's files: a schema for each

Written from the declarations in `pipeline/ingest/bank/`; do not edit.

Deliver into `inbox/bank/`, in a folder named by the day of export where possible
(`inbox/bank/2026-11-16/events.csv`). A file is recognised by its header, whatever its name.

- **CSV** in UTF-8 (with or without BOM) or GB18030, separated by commas, text in double quotes
  where it holds a comma, a quote or a newline; or **Parquet**, with typed or text columns.
- The header holds the names below, lower case, in any order. A missing required column refuses
  the file. A column that is not listed is not landed, and the run names it.
- Blank and `\\N` mean no value. A value that does not fit refuses its row, which waits in
  quarantine with line, column and reason; when more than half of the rows are refused,
  nothing of the file lands.
- The same bytes delivered again change nothing. A key that stands twice in one file with the
  same values is a repeat; with other values the later row is refused.
- Customer ids become keyed tokens while the file is read. Ids are compared after NFKC,
  stripping and upper case. Put an id into no other column.
"""

_SOURCES_INTRO = """\
# Platform exports that are read

Written from the declarations in `pipeline/ingest/platforms/`; do not edit.

The bytes of a file decide what it is, never its name; the header is looked for in the first six
rows, so that a banner, a title or blank rows above it do no harm. Columns may stand in any order,
but for tables side by side in one sheet. Units are fixed for each column of each export. Local
times are those of Asia/Shanghai. "may lack" marks a column that some forms of the export lack;
"may be blank" one whose cells may hold no value. ‹file›, ‹title› and ‹section› stand beside the
table: the name of the file, the first row above stacked sections, the title of the section.
What the evidence calls a GUESS nobody has confirmed: ask for one redacted file before relying on
it.
"""


def bank_files() -> str:
    """Write docs/BANK_FILES.md."""
    return "\n".join([_BANK_INTRO, *(_bank_file(source) for source in BANK_SOURCES)])


def platform_exports() -> str:
    """Write docs/SOURCES.md."""
    return "\n".join([_SOURCES_INTRO, *(_platform_export(source) for source in PLATFORM_SOURCES)])


def _bank_file(source: Source) -> str:
    rows = [
        [
            " / ".join(f"`{header}`" for header in field.headers),
            _needed(field),
            _accepted(field),
            _note(field),
            f"`{example}`" if (example := getattr(field, "example", "")) else "",
        ]
        for field in source.columns
    ]
    return "\n".join(
        [
            f"## {source.name}: {source.title}\n",
            f"One row is {source.one_row_is}. Key: {_key(source)}. "
            f"Lake: `lake/{source.name}/`, by {_partition(source)}.\n",
            *_table(["column", "required", "accepted", "remarks", "example"], rows),
            "",
        ]
    )


def _platform_export(source: Source) -> str:
    rows = [row for field in source.columns for row in _export_rows(field)]
    return "\n".join(
        [
            f"## {source.name}\n",
            f"**{source.title}** ({source.platform}): one row is {source.one_row_is}.\n",
            f"- Where: {source.where}",
            f"- Container: {source.container}",
            f"- Key within an account: {_key(source)}",
            f"- Lake: `lake/{source.name}/`, by {_partition(source)}",
            f"- Evidence: {source.evidence}",
            *(f"- Quirk: {quirk}" for quirk in source.quirks),
            *(f"- Refused: {table.found}; {table.action}" for table in source.lookalikes),
            *(f"- Left out: rows {', '.join(s)}" for s in [source.not_entities] if s),
            "",
            *_table(["in the file", "in the lake", "holds", "remarks"], rows),
            "",
        ]
    )


def _export_rows(field: Field) -> list[list[str]]:
    if isinstance(field, ByName):
        place = {SHEET: "sheet", HEADER: "column"}.get(field.names, field.names)
        return [
            [f"{place} {name}", f"`{metric}`", kind.words, ""]
            for name, (metric, kind) in field.metrics.items()
        ]
    remarks = [
        text
        for text, applies in (("may lack", field.optional), ("may be blank", field.nullable))
        if applies
    ]
    remarks += filter(None, [_note(field)])
    return [[" / ".join(field.headers), f"`{field.name}`", _accepted(field), ", ".join(remarks)]]


def _accepted(field: Field) -> str:
    if isinstance(field, Column):
        return field.type.words
    return "the bank's customer id, as text" if isinstance(field, Identity) else "by its name"


def _needed(field: Field) -> str:
    if field.optional:
        return "no"
    return "yes, may be blank" if field.nullable else "yes"


def _note(field: Field) -> str:
    return "" if isinstance(field, ByName) else field.note


def _key(source: Source) -> str:
    return ", ".join(f"`{name}`" for name in source.key)


def _partition(source: Source) -> str:
    column, every = source.partition_by
    return f"{every} of `{column}`"


def _table(header: list[str], rows: Iterable[list[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


DOCUMENTS: dict[str, Callable[[], str]] = {
    "BANK_FILES.md": bank_files,
    "SOURCES.md": platform_exports,
}


def write(folder: Path) -> None:
    """Write both documents into a folder."""
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
