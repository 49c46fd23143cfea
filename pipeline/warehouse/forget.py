"""After an erasure: nothing that was built before it stays, not even for who still reads it."""

import shutil
from pathlib import Path

from pipeline.settings import Settings
from pipeline.warehouse import parts, state
from pipeline.warehouse.build import draft_folder
from pipeline.warehouse.outside import drafts


def forget(settings: Settings) -> None:
    """Remove parts that the databases do not read, drafts, and what DuckDB wrote beside them.

    A build keeps the parts of the one before for its readers, and leaves alone what others do. A
    log beside a database that was swapped in belongs to the one before.
    """
    parts.remove_others(settings, state.read(settings).made)
    for left in (draft_folder(settings), settings.home / ".spark", drafts(settings)):
        shutil.rmtree(left, ignore_errors=True)
    for database in databases(settings):
        database.with_name(f"{database.name}.wal").unlink(missing_ok=True)
        shutil.rmtree(database.with_name(f"{database.name}.tmp"), ignore_errors=True)


def rows_of_tables(settings: Settings) -> dict[str, int]:
    """Give the number of rows of each table that is built, as the last build left them."""
    made = state.read(settings).made
    return {name: entry.rows for (name, part), entry in made.items() if not part and entry.rows}


def databases(settings: Settings) -> tuple[Path, Path]:
    """Give the files of both databases."""
    return settings.analysis_database, settings.published_database
