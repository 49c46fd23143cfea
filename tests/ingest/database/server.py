"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, on no port."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

READER, PASSWORD = "funnel_reader", "correct-horse-9"
_HBA = "local all admin trust\nlocal all all scram-sha-256\n"


@contextmanager
def running() -> Iterator[Path]:
    """Start a server and stop it in the end; gives the folder of its socket."""
    # A socket's path may have about a hundred characters: pytest's own folders are too deep.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    try:
        _do("initdb", "-D", data, "-U", "admin", "-E", "UTF8", "--locale=C", "--no-sync")
        (data / "pg_hba.conf").write_text(_HBA)
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        _do("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield folder
        finally:
            _do("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _do(program: str, *arguments: str | Path) -> None:
    user: dict[str, Any] = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    done = subprocess.run(
        [_found(program), *map(str, arguments)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # the server keeps it open: a pipe would never end
        stderr=subprocess.STDOUT,
        **user,
    )
    assert done.returncode == 0, f"{program} {arguments} ended with {done.returncode}"


def _found(program: str) -> Path:
    on_path = [Path(found)] if (found := shutil.which(program)) else []
    of_debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)
    for file in [*on_path, *of_debian]:
        return file
    pytest.fail(f"no {program} of PostgreSQL: run make setup-test")
