import shutil
import sys

import pytest

from pipeline.report import Wanted, library, write
from pipeline.settings import Settings
from tests.browser.conftest import visitor

pytestmark = pytest.mark.browser
ALONE = "2026-W46.standalone.html"


@pytest.fixture(params=["small", "full"])
def folder(request, home, tmp_path, monkeypatch):
    """The page in one file, and the page beside its library, with either bundle of plotly.js."""
    small = library.basic_bundle()
    if request.param == "full":
        monkeypatch.setattr(sys, "prefix", str(tmp_path))
    elif not small.is_file():
        pytest.skip("set-up could not fetch the small bundle")
    write(Settings(home=home, reports=tmp_path / "pages"), wanted=Wanted(standalone=True))
    return tmp_path / "pages"


@pytest.fixture
def visit(browser, folder):
    yield from visitor(browser, folder)


def test_one_file_draws_all_and_asks_for_nothing(visit, folder, tmp_path):
    lonely = tmp_path / "mail"
    lonely.mkdir()
    shutil.move(folder / ALONE, lonely / ALONE)
    opened = visit("../mail/" + ALONE)
    assert opened.page.locator(".plot svg.main-svg:first-of-type").count() >= 10
    assert [url for url in opened.asked if not url.startswith(("data:", "blob:"))] == [
        (lonely / ALONE).as_uri()
    ]
    # Everything it asked for is the file itself.
    opened.asked.clear()


def test_beside_its_library_the_page_draws_all(visit):
    opened = visit()
    assert opened.page.locator(".plot svg.main-svg:first-of-type").count() >= 10
