"""plotly.js: either bundle gives the same page; the small one is the file that was pinned."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.report import Wanted, library, write
from tools import plotly_basic

ROOT = Path(__file__).parents[2]


@pytest.fixture
def venv(tmp_path, monkeypatch) -> Path:
    """A virtual environment of its own, in which no small bundle was fetched."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "venv"))
    return tmp_path / "venv"


def put_small(script: bytes) -> None:
    library.basic_bundle().parent.mkdir(parents=True)
    library.basic_bundle().write_bytes(script)


def page_and_library(settings) -> tuple[Path, Path]:
    page, *others = write(settings)
    return page, next(path for path in others if path.suffix == ".js")


def test_the_page_is_the_same_with_either_bundle_and_the_library_beside_it_is_not(settings, venv):
    page, beside = page_and_library(settings)
    full = page.read_bytes(), beside.name
    assert beside.stat().st_size > 4_000_000
    put_small(b"/* small */")
    page, beside = page_and_library(settings)
    assert (page.read_bytes(), beside.name) == full
    assert beside.read_bytes() == b"/* small */"


def test_one_file_holds_the_library_and_names_no_other_file(settings, venv):
    put_small(b"/* small */")
    page, *_, alone = write(settings, languages=("zh",), wanted=Wanted(standalone=True))
    assert alone.name == "2026-W46.standalone.html"
    text = alone.read_text(encoding="utf-8")
    assert "<script>/* small */</script>" in text
    assert not re.search(r'\bsrc="|href="(?!#)', text)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    sources = re.search(r"script-src ([^;]+);? style", policy.replace("&#39;", "'"))[1].split()
    assert [source[:8] for source in sources] == ["'sha256-", "'sha256-"]
    # Beside these two, the page in one file is the page.
    told = re.compile(r"<script>.*?</script>|<script src.*?</script>|<meta http-equiv[^>]*>", re.S)
    links = re.compile(r'　<a href="(?:index|2026)[^>]*>[^<]+</a>')
    here = links.sub("", told.sub("", page.read_text(encoding="utf-8")))
    assert here.split() == told.sub("", text).split()


def test_the_index_does_not_list_the_page_in_one_file(settings, venv):
    put_small(b"/* small */")
    write(settings, wanted=Wanted(standalone=True))
    assert "standalone" not in (settings.reports / "index.html").read_text(encoding="utf-8")


def test_the_hash_is_pinned_for_the_version_the_lock_brings():
    assert library.version() in plotly_basic.SHA256


def fetch(folder: Path, npm: str | Path) -> subprocess.CompletedProcess[str]:
    """Run set-up's step in an environment of its own."""
    code = (
        "import runpy, sys; sys.prefix = sys.argv.pop(1); sys.argv.pop(0);"
        " runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    script = ROOT / "tools" / "plotly_basic.py"
    return subprocess.run(
        [sys.executable, "-c", code, str(folder), str(script), str(npm)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def test_without_npm_one_line_says_so_and_set_up_goes_on(tmp_path):
    done = fetch(tmp_path, tmp_path / "no-npm")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "plotly.js: the wheel's full bundle, because npm is not installed"
    ]


def test_an_npm_that_fails_or_brings_another_file_is_not_believed(tmp_path):
    npm = tmp_path / "npm"
    for does, because in (
        ("exit 1", "npm did not bring"),
        (
            "mkdir package && echo x > package/plotly-basic.min.js && tar czf x.tgz package",
            "pinned",
        ),
        ("echo x > x.tgz", "npm did not bring"),
    ):
        npm.write_text(f"#!/bin/sh\n{does}\n")
        npm.chmod(0o755)
        done = fetch(tmp_path, npm)
        assert (done.returncode, done.stderr) == (0, "")
        assert because in done.stdout and done.stdout.count("\n") == 1
        assert not (tmp_path / "share").exists()


@pytest.mark.skipif(shutil.which("npm") is None, reason="needs npm")
def test_what_was_fetched_is_what_was_pinned():
    if not library.basic_bundle().is_file():
        pytest.skip("set-up could not fetch it")
    found = hashlib.sha256(library.basic_bundle().read_bytes()).hexdigest()
    assert found == plotly_basic.SHA256[library.version()]


def test_one_file_with_the_small_bundle_fits_a_mail(settings):
    if not library.basic_bundle().is_file():
        pytest.skip("set-up could not fetch it")
    assert write(settings, wanted=Wanted(standalone=True))[-1].stat().st_size < 2_000_000
