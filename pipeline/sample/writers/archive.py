"""Zip archives whose bytes depend on nothing but their parts."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can state


def write_archive(path: Path, parts: Mapping[str, str]) -> None:
    """Write the parts (name -> text) in their order, deflated, without timestamps."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, text.encode("utf-8"), compresslevel=9)
