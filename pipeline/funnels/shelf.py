"""The definitions that are counted every night: those that ship, and the bank's own."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigurationError, InputError
from pipeline.funnels.definition import Funnel, read_definition

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Definition:
    """A funnel as a file declares it. key: the file's name without .toml."""

    key: str
    file: Path
    funnel: Funnel

    @property
    def version(self) -> str:
        """Stand for what the definition means, however its file is laid out."""
        return hashlib.sha256(self.funnel.model_dump_json().encode()).hexdigest()[:12]


def shipped_folder() -> Path:
    """Give the folder of the definitions that ship: in the wheel, or at the top of a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "shipped_funnels"
    return installed if installed.is_dir() else package.parent / "funnels"


def read_definitions(home: Path | None = None) -> list[Definition]:
    """Read the definitions that ship and those in `<home>/funnels`, by key.

    One of the home takes the place of one that ships under the same key. ConfigurationError names
    the file and the key that cannot be used.
    """
    folders = [shipped_folder(), *([home / "funnels"] if home else [])]
    found = {file.stem: file for folder in folders for file in sorted(folder.glob("*.toml"))}
    return list(_read(sorted(found.items())))


def _read(files: Iterable[tuple[str, Path]]) -> Iterator[Definition]:
    for key, file in files:
        if not _KEY.fullmatch(key):
            raise ConfigurationError(
                f"{file}: a funnel is known by its file's name; expected small letters, digits and"
                " _, from a letter, at most 40, before .toml"
            )
        try:
            yield Definition(key, file, read_definition(file))
        except InputError as error:
            raise ConfigurationError(str(error)) from None
