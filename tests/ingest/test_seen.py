"""A large file is read again where anything about it changed, and only then."""

import os
from pathlib import Path

import pytest

from pipeline.ingest import seen
from pipeline.ingest.inbox import delivery_id
from pipeline.ingest.seen import SeenFiles


class Inbox:
    """One file of an inbox, and how often it was read."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cache, self.path = folder / "seen_files.jsonl", folder / "events.csv"
        self.reads = 0
        monkeypatch.setattr(seen, "delivery_id", self._read)

    def _read(self, path: Path) -> str:
        self.reads += 1
        return delivery_id(path)

    def write(self, data: bytes, modified: int = 10**9) -> None:
        self.path.write_bytes(data)
        os.utime(self.path, (modified, modified))

    def night(self, least_bytes: int = 0) -> bool:
        """One run; says whether it read the file, and checks what it took it for."""
        before = self.reads
        files = SeenFiles(self.cache, least_bytes)
        assert files.delivery_id(self.path, self.path.stat()) == delivery_id(self.path)
        files.keep()
        return self.reads > before


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Inbox:
    # The time of the last change of anything cannot be set back, so the waiting is left out.
    monkeypatch.setattr(seen, "RESTED_SECONDS", -1)
    return Inbox(tmp_path, monkeypatch)


def test_a_file_that_lies_there_is_read_once(inbox: Inbox) -> None:
    inbox.write(b"one")
    assert [inbox.night() for _ in range(3)] == [True, False, False]
    assert inbox.cache.stat().st_mode & 0o777 == 0o600


def test_other_bytes_of_the_same_size_and_age_are_read(inbox: Inbox) -> None:
    inbox.write(b"one")
    inbox.night()
    inbox.write(b"two")
    assert [inbox.night(), inbox.night()] == [True, False]


def test_another_file_in_its_place_is_read(inbox: Inbox) -> None:
    inbox.write(b"one")
    inbox.night()
    other = inbox.path.with_name("other")
    other.write_bytes(b"two")
    os.utime(other, (10**9, 10**9))
    other.replace(inbox.path)
    assert inbox.night()


def test_a_file_that_changed_a_moment_ago_is_read_again(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen, "RESTED_SECONDS", 3600)
    inbox.write(b"one")
    assert [inbox.night(), inbox.night()] == [True, True]


def test_a_small_file_is_read_every_time(inbox: Inbox) -> None:
    inbox.write(b"one")
    assert [inbox.night(4), inbox.night(4)] == [True, True]
    assert not inbox.cache.exists()


@pytest.mark.parametrize("left", [b"", b"\xff", b'["events.csv", [1'])
def test_a_damaged_cache_costs_one_reading(inbox: Inbox, left: bytes) -> None:
    inbox.write(b"one")
    inbox.night()
    inbox.cache.write_bytes(left)
    assert [inbox.night(), inbox.night()] == [True, False]


def test_no_name_of_a_file_is_kept_nor_stays_of_what_kept_it(inbox: Inbox) -> None:
    """A file may be named after a customer."""
    inbox.path = inbox.path.with_name("13987654321.csv")
    inbox.write(b"one")
    inbox.cache.write_text(f'["{inbox.path}", [1, 2, 3, 4], "0"]\n')
    for least_bytes in (0, 4):
        inbox.night(least_bytes)
        assert b"13987654321" not in inbox.cache.read_bytes()
