"""The English page as a reader opens it: words are longer than Chinese ones, and still fit."""

import pytest

from tests.report.published_database import WEEK

pytestmark = pytest.mark.browser
PAGES = [f"{WEEK}.html", f"{WEEK}.en.html"]
CUT = """
[...document.querySelectorAll('.plot')].flatMap(plot => {
  const frame = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('svg text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1);
  }).map(text => plot.id + ': ' + text.textContent);
})
"""


@pytest.mark.parametrize("width", [390, 1440])
def test_the_english_page_never_scrolls_sideways(visit, width):
    page = visit(PAGES[1], width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1024, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_no_word_of_a_figure_is_cut(visit, name, width):
    assert visit(name, width=width).page.evaluate(CUT) == []


def test_the_english_page_speaks_english_where_plotly_speaks(visit):
    page = visit(PAGES[1]).page
    buttons = page.evaluate(
        "[...document.querySelectorAll('.modebar-btn')].map("
        "b => b.getAttribute('aria-label') || b.dataset.title)"
    )
    assert set(buttons) == {"Download as an image"}


def test_the_languages_and_their_indexes_lead_to_each_other(visit):
    page = visit(PAGES[0]).page
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url(f"**/{PAGES[1]}")
    page.get_by_role("link", name="Past issues").click()
    page.wait_for_url("**/index.en.html")
    page.locator(".masthead").get_by_role("link", name="中文").click()
    page.wait_for_url("**/index.html")
