"""The page as PDF and as a picture, by the command as it is run; nothing of it is imitated."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.report.published_database import draw

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
WITHOUT = "import sys; sys.modules['playwright.sync_api'] = None;"
MAIN = "from pipeline.cli import main; main()"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("printed")
    (folder / "data").mkdir()
    draw(folder / "data" / "funnel.duckdb")
    return folder


def report(folder: Path, *words: str, code: str = MAIN, **env: str):
    return subprocess.run(
        [sys.executable, "-c", code, "report", "--lang", "zh", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def made(folder) -> Path:
    done = report(folder, "--pdf", "--png")
    assert (done.returncode, done.stderr) == (0, "")
    assert "reports/2026-W46.pdf" in done.stdout and "reports/2026-W46.png" in done.stdout
    return folder / "reports"


def test_the_picture_is_the_whole_page(made):
    head = (made / "2026-W46.png").read_bytes()[:24]
    width, height = int.from_bytes(head[16:20]), int.from_bytes(head[20:24])
    assert head.startswith(b"\x89PNG") and width == 1280 and height > 5000


def test_the_pdf_is_tagged_has_an_outline_and_the_day_of_the_numbers(made):
    content = (made / "2026-W46.pdf").read_bytes()
    assert b"/MarkInfo" in content and b"/StructTreeRoot" in content and b"/Outlines" in content
    assert set(re.findall(rb"Date \(D:(\d{8})", content)) == {b"20261116"}
    # 210 by 297 mm, in points.
    sizes = set(re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)[.\d]*\]", content))
    assert sizes == {(b"594", b"841")}


def test_chinese_in_the_pdf_can_be_searched_and_pages_are_numbered(made):
    done = subprocess.run(
        ["pdftotext", str(made / "2026-W46.pdf"), "-"], capture_output=True, check=True
    )
    text = done.stdout.decode()
    assert "总行" in text and "全链路漏斗" in text
    assert not re.search("[\u2e80-\u2fdf]", text), "radicals stand for characters"
    sheets = text.count("\f")
    assert 5 < sheets < 40
    assert f"{sheets} / {sheets}" in text


def test_the_same_page_gives_the_same_bytes(made, folder):
    kept = (made / "2026-W46.pdf").read_bytes()
    assert report(folder, "--pdf", "--reports", "again").returncode == 0
    assert (folder / "again" / "2026-W46.pdf").read_bytes() == kept
    assert b"file:" not in kept


@pytest.mark.parametrize(
    ("code", "env", "says"),
    [
        (WITHOUT + MAIN, {}, "pip install playwright"),
        (MAIN, {"PATH": "/nowhere", "PLAYWRIGHT_BROWSERS_PATH": "/nowhere"}, "apt-get install"),
    ],
)
def test_without_playwright_or_chromium_it_says_what_to_install_and_writes_nothing(
    folder, code, env, says
):
    done = report(folder, "--pdf", "--reports", "none", code=code, **env)
    assert done.returncode == 4
    assert "写 PDF 或图片要用" in done.stderr and says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "none").exists()


def test_the_trail_tells_of_each(made, folder):
    trail = (folder / "data" / "audit" / "trail.jsonl").read_text(encoding="utf-8")
    assert re.findall(r'"action":"([^"]+)"', trail)[:3] == ["report", "report-pdf", "report-png"]
