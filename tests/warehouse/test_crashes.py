"""A build killed anywhere, or read while it swaps: whole databases, and the next run ends."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline import warehouse
from pipeline.settings import Settings, load
from tests.conftest import KEY
from tests.warehouse.bank import Bank
from tests.warehouse.test_incremental import rows

DYING = """
import os, signal, sys
from pathlib import Path

home, as_of, key, last = *sys.argv[1:4], int(sys.argv[4])
renamed = 0

def replace(file, target, rename=Path.replace):
    global renamed
    if renamed == last:
        os.kill(os.getpid(), signal.SIGKILL)
    renamed += 1
    return rename(file, target)

Path.replace = replace
from pipeline import settings, warehouse
warehouse.build(settings.load(home=Path(home), as_of=as_of, token_key=key))
print(renamed)
"""
NEVER = 10**9


def build_and_die(settings: Settings, after: int) -> int:
    """Build in another process that is killed when it renames the file after so many."""
    command = [sys.executable, "-c", DYING, str(settings.home), str(settings.as_of), KEY]
    done = subprocess.run([*command, str(after)], capture_output=True, text=True, check=False)
    assert done.returncode == (0 if after == NEVER else -9), done.stderr
    return int(done.stdout or -1)


@pytest.fixture(scope="module")
def renames(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many files a build of the bank's second night renames; the databases are the last two."""
    settings = _settings(tmp_path_factory.mktemp("undisturbed"))
    second_night(settings)
    return build_and_die(settings, NEVER)


def _settings(home: Path) -> Settings:

    return load(home=home, as_of="2026-11-16", token_key=KEY)


def second_night(settings: Settings) -> None:
    bank = Bank(settings, seed=7)
    for _ in range(4):
        bank.change()
    warehouse.build(settings)
    for _ in range(6):
        bank.change()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9, "published", "analysis"])
def test_a_build_killed_at_any_step_is_finished_by_the_next(
    settings: Settings, renames: int, tmp_path: Path, share: float | str
) -> None:
    second_night(settings)
    before = rows(settings.published_database, ("published",))
    last = {"published": renames - 2, "analysis": renames - 1}
    build_and_die(settings, last[share] if isinstance(share, str) else int(renames * share))
    left = rows(settings.published_database, ("published",))
    anew = settings.model_copy(update={"home": tmp_path / "anew"})
    anew.home.mkdir()
    anew.lake.symlink_to(settings.lake)
    warehouse.build(anew, full=True)
    undisturbed = rows(anew.published_database, ("published",))
    assert left == (undisturbed if share == "analysis" else before)
    warehouse.build(settings)
    assert rows(settings.published_database, ("published",)) == undisturbed
    layers = ("staging", "core", "published")
    assert rows(settings.analysis_database, layers) == rows(anew.analysis_database, layers)
    assert not list(settings.parts.rglob("*.tmp"))


READING = """
import sys, duckdb
for _ in range(int(sys.argv[2])):
    with duckdb.connect(sys.argv[1], read_only=True) as reader:
        (ids,) = reader.execute(
            "select list(distinct id) from (select publish_id as id from published.run union all"
            " select value from published.parameters where name = 'small_cell')").fetchall()[0]
        print(*sorted(ids, key=len))
"""


def test_readers_see_one_build_or_the_other(settings: Settings) -> None:
    second_night(settings)
    published = {}
    command = [sys.executable, "-c", READING, str(settings.published_database), "150"]
    readers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    small = 10
    while any(reader.poll() is None for reader in readers):
        small += 1
        night = settings.model_copy(
            update={"parameters": settings.parameters.model_copy(update={"small_cell": small})}
        )
        warehouse.build(night)
        with duckdb.connect(str(settings.published_database), read_only=True) as connection:
            ((name,),) = connection.execute("select publish_id from published.run").fetchall()
        published[name] = str(small)
    seen = set()
    for reader in readers:
        out, err = reader.communicate()
        assert reader.returncode == 0, err
        seen |= {tuple(line.split()) for line in out.splitlines()}
    assert len(published) > 1
    assert {(value, name) for name, value in published.items()} >= {
        pair for pair in seen if pair[0] != "10"
    }
