"""One mapping file, read: its keys, each refused by name where it does not say what is expected."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.ingest.container import FileRefused
from pipeline.ingest.tidy import tidy

LARGEST = 256 * 1024


@dataclass(frozen=True)
class MappingFile:
    """The keys of a mapping file. name: where it lies, for messages."""

    name: str
    keys: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path, top: Path) -> "MappingFile":
        """Read a mapping file; its name is relative to `top` where it lies below."""
        name = path.relative_to(top).as_posix() if path.is_relative_to(top) else path.as_posix()
        try:
            data = path.read_bytes()
            if len(data) > LARGEST:
                raise ValueError(f"more than {LARGEST:,} bytes")
            return cls(name, tomllib.loads(data.decode("utf-8-sig")))
        except (OSError, ValueError) as error:
            raise FileRefused(
                f"the mapping file {name} that cannot be read ({error})",
                "TOML in UTF-8",
                "correct it; docs/MAPPING.md shows one",
            ) from None

    @property
    def of_events(self) -> bool:
        """Whether it maps an event log and not a table of a platform."""
        return self.keys.get("kind") == "events"

    def refused(self, key: str, found: str, expected: str) -> FileRefused:
        """Say what is wrong with a key."""
        return FileRefused(
            f"the mapping file {self.name}, key {key}: {found}",
            expected,
            "correct the mapping file",
        )

    def only(self, names: Collection[str]) -> None:
        """Refuse any key that has no meaning."""
        self.known("", self.keys, names, "a key")

    def known(self, table: str, given: Iterable[str], names: Collection[str], what: str) -> None:
        """Refuse any key of a table that is not one of the names."""
        for key in given:
            if key not in names:
                place = f"{table}.{key}" if table else key
                raise self.refused(place, "not known", f"{what}: one of " + ", ".join(names))

    def text(self, key: str) -> str:
        """Give a text; refused where there is none."""
        value = self.keys.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.refused(key, "nothing" if value is None else repr(value), "a word")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; none where the key is absent."""
        value = self.keys.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self.refused(key, repr(value), "a list of texts")
        return tuple(value)

    def table(self, key: str) -> Mapping[str, Any]:
        """Give a table; an empty one where the key is absent."""
        value = self.keys.get(key, {})
        if not isinstance(value, dict):
            raise self.refused(key, repr(value), f"a table [{key}]")
        return value

    def headers(self, names: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Give the table [columns]: name -> the header or headers that an operator named for it."""
        columns = self.table("columns")
        self.known("columns", columns, names, "a column of this kind")
        headers: dict[str, tuple[str, ...]] = {}
        owners: dict[str, str] = {}
        for name, value in columns.items():
            spellings = [value] if isinstance(value, str) else value
            if not _are_headers(spellings):
                raise self.refused(f"columns.{name}", repr(value), "a header, or a list of headers")
            for header in map(tidy, spellings):
                if owners.setdefault(header, name) != name:
                    found = f"{header}, which {owners[header]} is already mapped to"
                    raise self.refused(f"columns.{name}", found, "each header once")
            headers[name] = tuple(spellings)
        return headers


def _are_headers(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(header, str) and header.strip() for header in value)
    )
