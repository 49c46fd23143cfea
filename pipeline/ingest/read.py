"""Bytes of a delivered file -> grids of text. The bytes say what it is, never its name."""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from pipeline.ingest.container import Container, FileRefused
from pipeline.ingest.json_file import read_json
from pipeline.ingest.parquet_file import read_parquet
from pipeline.ingest.source import FILE
from pipeline.ingest.text_files import decode, read_csv, read_html
from pipeline.ingest.workbook import read_xls, read_xlsx

LARGEST_FILE = 2 * 1024**3
_HTML = re.compile(r"\s*<(html|table|!doctype html|\?xml)", re.IGNORECASE)


def read(path: Path) -> Container:
    """Read a file into grids of text; the name of the file stands beside each.

    Raises FileRefused, with what was found and what to do, for anything that cannot be read.
    """
    container = read_bytes(load(path))
    # macOS writes an accented letter in two characters.
    beside = {FILE: unicodedata.normalize("NFC", path.name)}
    return replace(container, grids=tuple(replace(g, around=beside) for g in container.grids))


def load(path: Path) -> bytes:
    """Take a file's bytes; FileRefused where it is too large or cannot be opened."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileRefused(
                f"a file of {path.stat().st_size:,} bytes",
                f"at most {LARGEST_FILE:,}",
                "deliver it in parts",
            )
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(
            f"a file that cannot be opened ({error.strerror})",
            "a readable file",
            "check its permissions",
        ) from None


def read_bytes(data: bytes) -> Container:
    """Read the bytes of a file into grids of text; errors as for `read`."""
    if not data.strip():
        raise FileRefused("an empty file", "an export with a header", "export it again")
    if data.startswith(b"PK\x03\x04"):
        return read_xlsx(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return read_xls(data)
    if data.startswith(b"PAR1"):
        return read_parquet(data)
    text = decode(data)
    if text.lstrip().startswith(("{", "[")):
        return read_json(text)
    if _HTML.match(text):
        return read_html(text)
    return read_csv(text)
