"""The inbox: which files wait there, whose they are, and when they were exported."""

import hashlib
import os
import re
from datetime import date, datetime, time
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import pyarrow.parquet as pq

from pipeline.ingest.container import FileRefused
from pipeline.periods import SHANGHAI
from pipeline.privacy.free_text import mask_identities

BANK_FOLDER = "bank"
MAPPING = "mapping.toml"
"""How the names of mapping files end; they say how others are read and hold no rows."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_PASSED_OVER = ("thumbs.db", "desktop.ini")
_DAY_FOLDER = re.compile(r"\d{4}-\d{2}-\d{2}")
_ASCII_HEADER = re.compile(rb"[A-Za-z0-9_,\" ]+")
_UNIX_SPAN = re.compile(r"(?:tendency|total)_(\d{10})_(\d{10})(?!\d)")


def waiting(inbox: Path) -> list[Path]:
    """List the files of the inbox in a fixed order, those of the bank first.

    The bank's register says whose a platform's file is, so it has to be read before them. Hidden
    files and what Windows and Excel leave behind are passed over; links out of the inbox too. A
    folder that may not be opened stands in the list for what is in it.
    """
    closed: list[Path] = []
    found = [
        Path(folder, name)
        for folder, _, names in os.walk(
            inbox, onerror=lambda error: closed.append(Path(str(error.filename)))
        )
        for name in names
    ]
    files = [
        path
        for path in sorted([*(path for path in found if _may_be_file(path)), *closed])
        if not _is_passed_over(path, inbox)
    ]
    return sorted(files, key=lambda path: not may_be_of_bank(path))


def logs(folder: Path) -> list[Path]:
    """List the files of the review log, which lies beside the inbox and is read with it."""
    return sorted(folder.glob("*.jsonl"))


def source_name(path: Path, inbox: Path) -> str:
    """Name a file by its path in the inbox; one of a log by its folder and itself.

    The name is kept and shown, so a number or address of a person in it is masked, and nothing in
    it ends a line.
    """
    top = inbox if path.is_relative_to(inbox) else path.parent.parent
    return _CONTROL.sub("\ufffd", mask_identities(path.relative_to(top).as_posix()))


def may_be_of_bank(path: Path) -> bool:
    """Whether a file is worth reading first: Parquet, or text whose first line is plain ASCII.

    The bank's headers are English, every platform's are Chinese. Only the order depends on it.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError:
        return False
    line = start.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].strip()
    return start.startswith(b"PAR1") or bool(_ASCII_HEADER.fullmatch(line))


def _may_be_file(path: Path) -> bool:
    try:
        return path.is_file() and not path.is_symlink()
    except OSError:  # its folder lists it and will not say more: whoever opens it says why
        return True


def _is_passed_over(path: Path, inbox: Path) -> bool:
    parts = path.relative_to(inbox).parts
    hidden = any(part.startswith(".") for part in parts)
    name = path.name.lower()
    return hidden or name in _PASSED_OVER or name.startswith("~$") or name.endswith(MAPPING)


def delivery_id(path: Path) -> str:
    """Know a delivery by its bytes: the first 16 hex digits of their SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


class Register:
    """Whose a file is: the patterns of the bank's register first, then the file's first folder.

    lake: the latest delivery of each account in bank_accounts counts.
    """

    def __init__(self, lake: Path) -> None:
        """Read the register from the lake."""
        self._patterns: dict[str, list[str]] = {}
        latest: dict[tuple[str, date], tuple[datetime, str | None]] = {}
        for file in sorted((lake / "bank_accounts").glob("month=*/*.parquet")):
            for row in pq.ParquetFile(file).read().to_pylist():
                key = (row["account_id"], row["valid_from"])
                entry = (row["exported_at"], row["files"])
                if key not in latest or entry[0] >= latest[key][0]:
                    latest[key] = entry
        for (account, _), (_, files) in latest.items():
            patterns = [part.strip() for part in (files or "").split(";")]
            self._patterns.setdefault(account, []).extend(filter(None, patterns))

    def knows(self, account_id: str) -> bool:
        """Whether the register lists the account."""
        return account_id in self._patterns

    def account_of(self, source_file: str) -> str:
        """Give the account of a file, named by its path relative to the inbox.

        Raises FileRefused where two accounts claim it, or none.
        """
        claims = [a for a, globs in self._patterns.items() if _matches_any(source_file, globs)]
        if len(claims) > 1:
            raise FileRefused(
                "a file that the patterns of " + " and ".join(claims) + " match",
                "one account",
                "correct the column files of the register",
            )
        folders = PurePosixPath(source_file).parts[:-1]
        if claims:
            return claims[0]
        if not folders or folders[0] == BANK_FOLDER:
            raise FileRefused(
                "a platform's file that belongs to no account",
                "a folder named by the account, or a pattern in the register",
                f"move it to inbox/<account_id>/{PurePosixPath(source_file).name}",
            )
        return folders[0]


def _matches_any(source_file: str, patterns: list[str]) -> bool:
    return any(fnmatchcase(source_file, pattern) for pattern in patterns)


def export_time(
    source_file: str, created: datetime | None, modified: float
) -> tuple[datetime, str]:
    """Say when a file was exported (naive Shanghai, whole seconds), and what says so.

    In this order: a folder named by a day (with the file's own stamp where that is on the same
    day), the stamp inside the file, the end of the span in a WeChat file's name, and the time the
    file was modified (Unix seconds).
    """
    path = PurePosixPath(source_file)
    if (day := _day_of_folders(path)) is not None:
        stamped = created is not None and created.date() == day
        return (created if created and stamped else datetime.combine(day, time())), "folder"
    if created is not None:
        return created, "container"
    if span := _UNIX_SPAN.match(path.name):
        return _from_unix(int(span[2])), "file_name"
    return _from_unix(int(modified)), "modified"


def _day_of_folders(path: PurePosixPath) -> date | None:
    for folder in reversed(path.parts[:-1]):
        if _DAY_FOLDER.fullmatch(folder):
            try:
                return date.fromisoformat(folder)
            except ValueError:
                continue
    return None


def _from_unix(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, SHANGHAI).replace(tzinfo=None)
