"""Fetch the small bundle of plotly.js for the weekly page: `python tools/plotly_basic.py`.

npm's own configuration says where from. Without npm, or without its network, one line says so and
the pages are drawn with the plotly wheel's own bundle, four times as large. What is fetched is
taken only if it has the hash pinned here. Ends with 0 in any case: nothing depends on it.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from pipeline.report.library import basic_bundle, version

PACKAGE = "plotly.js-basic-dist-min"
MEMBER = "package/plotly-basic.min.js"
# Of the file, by its version. It is the dist/plotly-basic.min.js of the package plotly.js as well.
SHA256 = {"4.1.1": "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba"}
LONGEST_SECONDS = 60


class NotFetchedError(Exception):
    """Why the small bundle is not there."""


def fetch(npm: str = "npm") -> Path:
    """Put the small bundle in its place and give it; NotFetchedError says why there is none."""
    target = basic_bundle()
    pinned = SHA256.get(version())
    if pinned is None:
        raise NotFetchedError(f"no hash is pinned for plotly.js {version()}")
    if target.is_file() and _hash(target.read_bytes()) == pinned:
        return target
    script = _packed(npm)
    if _hash(script) != pinned:
        raise NotFetchedError(f"{PACKAGE} {version()} is not the file that was pinned")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.draft")
    draft.write_bytes(script)
    draft.replace(target)
    return target


def _packed(npm: str) -> bytes:
    program = shutil.which(npm)
    if program is None:
        raise NotFetchedError("npm is not installed")
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "pack", f"{PACKAGE}@{version()}", "--silent", "--fetch-retries=0"]
        try:
            subprocess.run(
                command, cwd=folder, check=True, capture_output=True, timeout=LONGEST_SECONDS
            )
            with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
                member = packed.extractfile(MEMBER)
                return member.read() if member else b""
        except (OSError, subprocess.SubprocessError, StopIteration, tarfile.TarError, KeyError):
            raise NotFetchedError(f"npm did not bring {PACKAGE} {version()}") from None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    try:
        print(f"plotly.js: {fetch(*sys.argv[1:]).name}")
    except NotFetchedError as error:
        print(f"plotly.js: the wheel's full bundle, because {error}")
