"""Tokens at rest go over to a new key: the numbers stay, and nothing keeps an old token."""

import shutil
import signal
import subprocess
import uuid
from pathlib import Path

import pytest

from pipeline.privacy.tokens import Tokens
from tests.conftest import KEY
from tests.test_erasure import (
    ABOUT_DELIVERIES,
    AS_OF,
    CONSENTS,
    EVENTS,
    GONE,
    PEOPLE,
    consent,
    deliver,
    deliveries,
    erase,
    events,
    funnel,
    rows_of,
    token_of,
    traces,
)

NEW, THIRD = "the second key of the tests, long enough", "a third key of the tests, long enough"
ERASED = PEOPLE[0]


def add_key(home: Path, *keys: str) -> None:
    files = []
    for number, key in enumerate(keys):
        file = home.parent / f"{number}.key"
        file.write_text(key)
        file.chmod(0o600)
        files.append(str(file))
    text = f"rotated_key_files = {files}\n[parameters]\nsmall_cell = 2\n"
    (home / "funnel.toml").write_text(text)


def new_token(person: str, *keys: str) -> uuid.UUID:
    return uuid.UUID(bytes=Tokens(KEY.encode(), *map(str.encode, keys)).token(person))


def rotate(home: Path, kill_after: int = 0) -> subprocess.CompletedProcess[str]:
    return funnel(home, "keys", "rotate", "--as-of", AS_OF, kill_after=kill_after)


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after a night and an erasure, with another key added; beside it a copy of it."""
    home = tmp_path_factory.mktemp("bank") / "home"
    deliver(home, deliveries(gone=True))
    assert funnel(home, "nightly", "--as-of", AS_OF).returncode == 0
    assert erase(home, "--token", str(token_of(ERASED))).returncode == 0
    add_key(home, NEW)
    shutil.copytree(home, home.with_name("before"))
    return home


@pytest.fixture
def home(night: Path) -> Path:
    shutil.rmtree(night)
    shutil.copytree(night.with_name("before"), night)
    return night


def published(home: Path) -> dict[str, list[str]]:
    return rows_of(home / "funnel.duckdb", but=ABOUT_DELIVERIES)


def test_all_tokens_are_of_the_new_key_and_the_numbers_as_before(home: Path) -> None:
    before = published(home)
    assert traces(home, token_of(GONE)) != []
    done = rotate(home)
    assert done.returncode == 0, done.stderr
    assert traces(home, token_of(GONE)) == []
    there = traces(home, new_token(GONE, NEW))
    for folder in ("lake/", "parts/", "quarantine/", "analysis.duckdb"):
        assert any(name.startswith(folder) for name in there), folder
    assert published(home) == before
    assert NEW not in done.stdout + done.stderr


def test_what_comes_after_joins_what_was_there_and_who_was_erased_stays_out(home: Path) -> None:
    rotate(home)
    late = [EVENTS, *events(PEOPLE[1], 14, 11), *events(ERASED, 14, 11)]
    old = [CONSENTS, consent(ERASED)]
    deliver(home, {"bank/2026-11-15/late.csv": late, "bank/2026-11-15/old.csv": old})
    add_key(home, NEW)
    done = funnel(home, "nightly", "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    logins = rows_of(home / "analysis.duckdb")["core.login_days"]
    assert sum(str(new_token(PEOPLE[1], NEW)) in row for row in logins) == 3
    assert traces(home, new_token(ERASED, NEW)) == traces(home, token_of(ERASED)) == []


@pytest.mark.parametrize("changes", [1, 3, 12, 200])
def test_a_rotation_killed_anywhere_is_finished_by_the_next_night(home: Path, changes: int) -> None:
    before = published(home)
    killed = rotate(home, kill_after=changes)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    done = funnel(home, "nightly", "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    assert traces(home, token_of(GONE)) == []
    assert published(home) == before
    assert rotate(home).returncode == 4, "there is nothing left to rotate"


def test_a_token_of_before_still_says_whom_to_erase(home: Path) -> None:
    rotate(home)
    add_key(home, NEW, THIRD)
    assert funnel(home, "ingest").returncode == 4, "the lake is not of these keys yet"
    assert rotate(home).returncode == 0
    assert erase(home, "--token", str(token_of(GONE))).returncode == 0
    assert traces(home, new_token(GONE, NEW, THIRD)) == traces(home, new_token(GONE, NEW)) == []
