"""A build killed anywhere, or read while it swaps: whole databases, and the next run ends."""

import json
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from pipeline import warehouse
from pipeline.settings import Settings, load
from tests.conftest import KEY
from tests.warehouse.bank import Bank
from tests.warehouse.test_incremental import LAYERS, rows

DYING = """
import os, signal, sys
from pathlib import Path

home, as_of, key, last = *sys.argv[1:4], int(sys.argv[4])
renamed = 0

def replace(file, target, rename=Path.replace):
    global renamed
    rename(file, target)
    renamed += 1
    if renamed == last:
        os.kill(os.getpid(), signal.SIGKILL)

Path.replace = replace
from pipeline import settings, warehouse
warehouse.build(settings.load(home=Path(home), as_of=as_of, token_key=key))
print(renamed)
"""
NEVER = 10**9


def build_and_die(settings: Settings, after: int) -> int:
    """Build in another process that is killed once it has renamed so many files."""
    command = [sys.executable, "-c", DYING, str(settings.home), str(settings.as_of), KEY]
    done = subprocess.run([*command, str(after)], capture_output=True, text=True, check=False)
    assert done.returncode == (0 if after == NEVER else -9), done.stderr
    return int(done.stdout or -1)


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a bank after a night, and after what happened to it since."""
    settings = _settings(tmp_path_factory.mktemp("first-night"))
    bank = Bank(settings, seed=7)
    for _ in range(4):
        bank.change()
    warehouse.build(settings)
    for _ in range(6):
        bank.change()
    return settings.home


@pytest.fixture(scope="module")
def renames(first_night: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many files a build of the bank's second night renames; the databases are the last two."""
    settings = _settings(tmp_path_factory.mktemp("undisturbed") / "home")
    shutil.copytree(first_night, settings.home)
    return build_and_die(settings, NEVER)


def _settings(home: Path) -> Settings:
    return load(home=home, as_of="2026-11-16", token_key=KEY)


@pytest.fixture
def second_night(settings: Settings, first_night: Path) -> Settings:
    """The settings of a build that has that much to do."""
    shutil.copytree(first_night, settings.home)
    return settings


@pytest.mark.parametrize("swapped", ["published", "analysis"])
def test_a_build_killed_before_it_swaps_a_database_is_finished_by_the_next(
    second_night: Settings, renames: int, tmp_path: Path, swapped: str
) -> None:
    settings = second_night
    before = published(settings)
    build_and_die(settings, {"published": renames - 2, "analysis": renames - 1}[swapped])
    left = published(settings)
    anew = built_anew(settings, tmp_path / "anew")
    undisturbed = published(anew)
    assert left == (undisturbed if swapped == "analysis" else before)
    warehouse.build(settings)
    assert published(settings) == undisturbed
    assert rows(settings.analysis_database, LAYERS) == rows(anew.analysis_database, LAYERS)
    assert not list(settings.parts.rglob("*.tmp"))


def test_what_a_build_killed_after_its_swap_leaves_is_gone_after_the_next(
    second_night: Settings, renames: int, tmp_path: Path
) -> None:
    settings = second_night
    build_and_die(settings, renames)
    assert (settings.home / ".draft").exists()
    warehouse.build(settings)
    assert not (settings.home / ".draft").exists()
    anew = built_anew(settings, tmp_path / "anew")
    assert _parts(settings) == _parts(anew)


def _parts(settings: Settings) -> set[Path]:
    return {file.relative_to(settings.parts) for file in settings.parts.rglob("*")}


def built_anew(settings: Settings, home: Path) -> Settings:
    """Build all of the same lake in another home, where nobody disturbs it."""
    anew = settings.model_copy(update={"home": home})
    home.mkdir(exist_ok=True)
    if not anew.lake.exists():
        anew.lake.symlink_to(settings.lake)
    warehouse.build(anew, full=True)
    return anew


# Forks a child a build, so that a hundred of them import everything and read the queries once, and
# kills fall on what a build does; the child opens the first database of its process.
FORKING = """
import json, os, signal, sys, time, traceback
from pathlib import Path
from pipeline import settings, warehouse
from pipeline.warehouse.model import read_models

read_models()
for line in sys.stdin:
    home, as_of, key, wait = json.loads(line)
    child, started = os.fork(), time.monotonic()
    if not child:
        try:
            warehouse.build(settings.load(home=Path(home), as_of=as_of, token_key=key))
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    done, status = os.waitpid(child, os.WNOHANG)
    while not done:
        time.sleep(0.002)
        if wait is not None and time.monotonic() - started > wait:
            os.kill(child, signal.SIGKILL)
            wait = None
        done, status = os.waitpid(child, os.WNOHANG)
    print(os.waitstatus_to_exitcode(status), time.monotonic() - started, flush=True)
"""
KILLS, UNDISTURBED, ANEW = 100, 10, 20
"""So many kills; after so many of them a run is left alone, and compared with a whole one."""


class Builder:
    """Builds in children, of which it kills some after so many seconds."""

    def __init__(self, process: subprocess.Popen[str], settings: Settings) -> None:
        self._process, self._settings = process, settings

    def build(self, wait: float | None = None) -> tuple[int, float]:
        """Give the exit code of a build, and the seconds it took."""
        assert self._process.stdin
        assert self._process.stdout
        named = [str(self._settings.home), str(self._settings.as_of), KEY]
        print(json.dumps([*named, wait]), file=self._process.stdin, flush=True)
        code, seconds = self._process.stdout.readline().split()
        return int(code), float(seconds)


@contextmanager
def builder(settings: Settings) -> Iterator[Builder]:
    command = [sys.executable, "-c", FORKING]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as process:
        yield Builder(process, settings)


def test_killed_at_random_100_times_every_file_is_whole_and_the_next_run_ends(
    settings: Settings, tmp_path: Path
) -> None:
    bank, chance, kills = Bank(settings, seed=8), random.Random(8), 0
    with builder(settings) as other:
        assert other.build()[0] == 0
        bank.change()
        code, as_long = other.build()
        whole = settings.published_database.read_bytes()
        while kills < KILLS:
            if not code or chance.random() < 0.4:
                happened = bank.change()
            code, _ = other.build(chance.uniform(0, as_long))
            assert code in (0, -signal.SIGKILL), happened
            published_as(settings)
            if code and settings.published_database.read_bytes() != whole:  # after the swap
                anew = built_anew(settings, tmp_path / "anew")
                assert published(settings) == published(anew), happened
            kills += code != 0
            if code and kills % UNDISTURBED == 0:
                code, as_long = other.build()
                assert code == 0
                assert not list(settings.parts.rglob("*.tmp"))
                assert not (settings.home / ".draft").exists()
                if kills % ANEW == 0:
                    anew = built_anew(settings, tmp_path / "anew")
                    assert published(settings) == published(anew), happened
                    every = rows(settings.analysis_database, LAYERS)
                    assert every == rows(anew.analysis_database, LAYERS), happened
            whole = settings.published_database.read_bytes()


def published(settings: Settings) -> dict[str, list[str]]:
    return rows(settings.published_database, ("published",))


READING = """
import os, sys, duckdb
read = 0
while read < int(sys.argv[2]) or not os.path.exists(sys.argv[3]):
    read += 1
    with duckdb.connect(sys.argv[1], read_only=True) as reader:
        (ids,) = reader.execute(
            "select list(distinct id) from (select publish_id as id from published.run union all"
            " select value from published.parameters where name = 'small_cell')").fetchall()[0]
        print(*sorted(ids, key=len))
"""


def published_as(settings: Settings) -> tuple[str, str]:
    """Give the id of the published build, and the size of the smallest cell it was built with."""
    with duckdb.connect(str(settings.published_database), read_only=True) as connection:
        ((name,),) = connection.execute("select publish_id from published.run").fetchall()
    return name, str(settings.parameters.small_cell)


def test_readers_see_one_build_or_the_other(second_night: Settings, tmp_path: Path) -> None:
    settings = second_night
    warehouse.build(settings)
    builds = dict([published_as(settings)])
    enough = tmp_path / "enough"  # builds: however slow they are, the readers see several
    command = [sys.executable, "-c", READING, str(settings.published_database), "500", str(enough)]
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
        builds |= dict([published_as(night)])
        if small == 13:
            enough.touch()
    cycles = []
    for reader in readers:
        out, err = reader.communicate()
        assert reader.returncode == 0, err
        cycles += [tuple(line.split()) for line in out.splitlines()]
    assert len(cycles) >= 1000
    assert len(set(cycles)) > 2
    assert {(value, name) for name, value in builds.items()} >= set(cycles)
