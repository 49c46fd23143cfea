"""One file opened: its grids, and which tables they hold, as the mapping files beside it say."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.ingest.container import Container
from pipeline.ingest.convert import Token
from pipeline.ingest.feeds import read_events
from pipeline.ingest.mapping import mappings_for
from pipeline.ingest.read import read
from pipeline.ingest.recognise import Recognised, recognise
from pipeline.ingest.source import Source


def open_file(
    path: Path, top: Path, token: Token, declared: Sequence[Source]
) -> tuple[Container, Recognised]:
    """Read a file and find its tables; what an operator mapped by hand goes before declarations.

    top: the folder up to which mapping files count. token: see `read_events`.
    Raises FileRefused where the file, or a mapping file that counts for it, cannot be used.
    """
    mappings = mappings_for(path, top)
    logs = (read_events(path, feed, token) for feed in mappings.feeds)
    container = next((log for log in logs if log is not None), None) or read(path)
    if mappings.sources:
        recognised = recognise(container, mappings.sources)
        if recognised.tables:
            return container, recognised
    return container, recognise(container, [source for source in declared if not source.by_mapping])
