"""Where files of the workspace are made: for the user alone, under another name first."""

import os
from pathlib import Path


def private_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, for the user alone (0700)."""
    for missing in reversed([folder, *folder.parents]):
        if not missing.exists():
            missing.mkdir(mode=0o700, exist_ok=True)


def private(path: str, flags: int) -> int:
    """Open a file for the user alone (0600), as the `opener` of `open`."""
    return os.open(path, flags, 0o600)


def temporary_name(path: Path, mark: str = "") -> Path:
    """Name the file so that no pattern of Parquet files matches it.

    mark: tells apart the files of writers that may be at the same one at once.
    """
    private_folder(path.parent)
    return path.with_name(f".{path.name}.{mark}.tmp" if mark else f".{path.name}.tmp")
