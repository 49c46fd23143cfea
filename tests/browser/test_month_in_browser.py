"""The page of a month and an index with months, as a reader opens them."""

import pytest

from pipeline.report import write
from pipeline.settings import Settings
from tests.browser.conftest import PHONE, visitor
from tests.browser.test_everybody_in_browser import DESKTOP_DARK, JUDGE, OPEN, RULES, axe

__all__ = ["axe"]
pytestmark = pytest.mark.browser
PAGES = ["2026-10.html", "2026-10.en.html"]
UNDRAWN = """[...document.querySelectorAll('.plot')].filter(
    plot => !plot._fullData?.length).map(plot => plot.id)"""


@pytest.fixture(scope="module")
def reports(home, tmp_path_factory):
    """A folder of its own: the other tests' index has no months."""
    settings = Settings(home=home, reports=tmp_path_factory.mktemp("months"))
    write(settings)
    write(settings, month="2026-10")
    return settings.reports


@pytest.fixture
def visit(browser, reports):
    yield from visitor(browser, reports)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("how", [{}, DESKTOP_DARK, PHONE], ids=["light", "dark", "phone"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit, axe, name, how):
    page = visit(name, **how).page
    page.evaluate(OPEN)
    page.evaluate(axe)
    assert page.evaluate(JUDGE, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_figure_is_drawn(visit):
    page = visit(PAGES[0]).page
    assert page.locator(".plot").count() > 5
    assert page.evaluate(UNDRAWN) == []


def test_the_index_leads_to_the_month_and_back(visit, axe):
    page = visit("index.html").page
    page.evaluate(axe)
    assert page.evaluate(JUDGE, RULES) == []
    page.get_by_role("link", name="2026-10").click()
    page.wait_for_url(f"**/{PAGES[0]}")
    page.get_by_role("link", name="往期").click()
    page.wait_for_url("**/index.html")
