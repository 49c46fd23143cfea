"""The parts of a table: files by day, week or month, named by what made them and what they hold.

Whether a part must be built is whether its file is there. Late rows, restated exports, a withdrawn
delivery, an erased person or another query all change the name of exactly the parts they touch.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.files import temporary_name
from pipeline.settings import Settings
from pipeline.warehouse.model import Model
from pipeline.warehouse.spans import Span, span
from pipeline.warehouse.state import Made, State

EMPTY = "none"
"""The part of no rows: it gives a table its columns when nothing was delivered yet."""


@dataclass(frozen=True)
class Part:
    """One part of a model, as it is kept in a file."""

    made: Made
    file: Path

    @property
    def span(self) -> Span | None:
        """The days it covers; None for EMPTY."""
        return None if self.made.partition == EMPTY else span(self.made.partition)


class Shelf:
    """The parts of one model that are kept, whatever build made them.

    A file is named `<label>.<fingerprint>.<rows>.<content>.parquet`: the fingerprint stands for the
    query and all it read, the content for what came of it.
    """

    def __init__(self, settings: Settings, model: Model) -> None:
        # Views name their files: wherever somebody opens the database, these are found.
        self._folder = (settings.parts / model.name).absolute()
        self._files = {
            (label, fingerprint): file
            for file in self._folder.glob("[!.]*.parquet")
            for label, fingerprint, *_ in [file.name.split(".")]
        }

    def find(self, made: Made) -> Part | None:
        """Give the part that was made just so; None where it must be built."""
        file = self._files.get((made.partition, made.fingerprint))
        if file is None:
            return None
        _, _, rows, content, _ = file.name.split(".")
        return Part(made.holding(int(rows), content), file)

    @contextmanager
    def draft(self, made: Made) -> Iterator[Path]:
        """Give a folder to write parts in, of which this is the first; it is gone afterwards."""
        draft = temporary_name(self._folder / f"{made.partition}.{made.fingerprint}")
        _remove(draft)
        draft.mkdir(mode=0o700)
        try:
            yield draft
        finally:
            _remove(draft)

    def keep(self, draft: Path, made: Made) -> None:
        """Give a part that is written its name."""
        name = f"{made.partition}.{made.fingerprint}.{made.rows}.{made.content}.parquet"
        file = self._folder / name
        draft.chmod(0o600)
        draft.replace(file)
        before = self._files.get((made.partition, made.fingerprint), file)
        if before != file:
            before.unlink(missing_ok=True)
        self._files[made.partition, made.fingerprint] = file

    def get(self, made: Made) -> Part:
        """Give a part that is there."""
        part = self.find(made)
        assert part is not None, f"{made.model} {made.partition} was not built"
        return part


def remove_others(settings: Settings, *used: State) -> None:
    """Remove the files of all parts but those in use, and what a killed run left half written."""
    kept = {(made.model, made.partition, made.fingerprint) for s in used for made in s.values()}
    for file in settings.parts.glob("*/*"):
        label, fingerprint, *_ = f"{file.name}.".split(".")
        if file.name.startswith(".") or (file.parent.name, label, fingerprint) not in kept:
            _remove(file)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
