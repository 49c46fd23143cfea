"""Whether everybody can use the page: by axe, and by what axe leaves open."""

import re
from importlib.resources import files

import pytest

from tests.browser.conftest import PHONE
from tests.report.vision import contrast

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
JUDGE = """async rules => (await axe.run(document, {runOnly: rules})).violations.map(
    one => [one.id, one.help, ...one.nodes.map(node => node.html.slice(0, 200))])"""
DESKTOP_DARK = {"color_scheme": "dark"}
OPEN = """() => { document.querySelectorAll('details').forEach(one => one.open = true);
    document.querySelectorAll('.more').forEach(one => one.click()); }"""
# Each label of a chart: its words, its colour, what it stands on, how large it is.
LABELS = """() => [...document.querySelectorAll('.plot')].flatMap(plot => {
    const grounds = [...plot.querySelectorAll('.bars .point path, .annotation-text-g rect.bg')]
        .map(mark => [mark.getBoundingClientRect(), getComputedStyle(mark)])
        .filter(([, style]) => style.fill !== 'none' && style.opacity !== '0'
            && style.fillOpacity !== '0');
    return [...plot.querySelectorAll('text')].filter(text => text.textContent.trim()
            && getComputedStyle(text).display !== 'none').map(text => {
        const box = text.getBoundingClientRect(), ctm = text.getScreenCTM();
        const x = box.x + box.width / 2, y = box.y + box.height / 2;
        const on = grounds.findLast(
            ([at]) => at.left < x && x < at.right && at.top < y && y < at.bottom);
        const style = getComputedStyle(text);
        return [text.textContent, style.fill, on ? on[1].fill : plot._fullLayout.paper_bgcolor,
            parseFloat(style.fontSize) * Math.hypot(ctm.a, ctm.b)];
    });
})"""
FOCUSED = """() => {
    const one = document.activeElement;
    const drawn = one.matches('.controls input') ? one.nextElementSibling : one;
    const style = getComputedStyle(drawn), box = one.getBoundingClientRect();
    return [one.matches('.skip') ? 'skip' : one.closest('.controls') ? 'controls'
        : one.matches('thead button') ? 'sort' : one.matches('.scroll') ? 'table'
        : one.localName, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        && box.right > 0 && box.bottom > 0];
}"""


@pytest.fixture(scope="module")
def axe():
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def hexadecimal(colour):
    if colour.startswith("#"):
        return colour
    return "#" + "".join(f"{int(part):02X}" for part in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize("name", ["2026-W46.html", "2026-W46.en.html"])
@pytest.mark.parametrize("how", [{}, DESKTOP_DARK, PHONE], ids=["light", "dark", "phone"])
def test_axe_finds_nothing(visit, axe, name, how):
    page = visit(name, **how).page
    page.evaluate(axe)
    assert page.evaluate(JUDGE, RULES) == []


def test_axe_finds_nothing_with_all_tables_open(visit, axe):
    page = visit(color_scheme="dark").page
    page.evaluate(OPEN)
    page.evaluate(axe)
    assert page.evaluate(JUDGE, RULES) == []


@pytest.mark.parametrize("name", ["index.html", "index.en.html"])
def test_axe_finds_nothing_in_the_index(visit, axe, name):
    page = visit(name, color_scheme="dark").page
    page.evaluate(axe)
    assert page.evaluate(JUDGE, RULES) == []


@pytest.mark.parametrize("how", [{}, DESKTOP_DARK], ids=["light", "dark"])
def test_the_words_in_charts_are_readable(visit, how):
    labels = visit(**how).page.evaluate(LABELS)
    assert len(labels) > 100
    assert {words: size for words, _, _, size in labels if size < 12} == {}
    pale = {
        words: (ink, ground)
        for words, ink, ground, _ in labels
        if contrast(hexadecimal(ink), hexadecimal(ground)) < 4.5
    }
    assert pale == {}


def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit):
    page = visit().page
    reached = []
    for _ in range(2000):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        reached.append(page.evaluate(FOCUSED))
    assert reached[0][0] == "skip"
    assert {kind for kind, _ in reached} == {
        *("skip", "controls", "a", "summary", "table", "sort", "button", "input", "select")
    }
    assert [kind for kind, shown in reached if not shown] == []


def test_the_first_link_leads_past_the_masthead(visit):
    page = visit().page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#findings"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_nothing_moves_for_those_who_asked_for_stillness(visit):
    page = visit(reduced_motion="reduce").page
    moving = page.evaluate(
        "[...document.querySelectorAll('html, body *')].filter(one => {"
        " const style = getComputedStyle(one); return style.animationName !== 'none'"
        " || parseFloat(style.transitionDuration) > 0 || style.scrollBehavior !== 'auto';"
        " }).map(one => one.outerHTML.slice(0, 99))"
    )
    assert moving == []


def test_on_a_phone_a_finger_hits_what_it_means(visit):
    page = visit(**PHONE).page
    low = page.evaluate(
        "[...document.querySelectorAll('a, button, summary, input')].filter(one => {"
        " const box = one.getBoundingClientRect(); return box.height && box.height < 24"
        " && !one.closest('.skip, td, th, dd, .modebar'); }).map(one => one.outerHTML)"
    )
    assert low == []
    assert page.locator(".modebar-btn").count() == 0


def test_on_a_phone_the_first_column_and_the_contents_stay(visit):
    page = visit(**PHONE).page
    region = page.locator(".scroll", has=page.locator("#accounts-table"))
    region.scroll_into_view_if_needed()
    name = page.locator("#accounts-table tbody th").first
    before = name.bounding_box()["x"]
    region.evaluate("one => one.scrollLeft = 200")
    assert region.evaluate("one => one.scrollLeft") > 100
    assert name.bounding_box()["x"] == before
    page.locator("#accounts-title").scroll_into_view_if_needed()
    assert page.locator(".rail").bounding_box()["y"] == 0


def test_the_contents_mark_the_section_being_read(visit):
    page = visit().page
    page.locator('.rail a[href="#cards"]').click()
    page.wait_for_selector('.rail a[href="#cards"][aria-current]')
    assert page.locator(".rail [aria-current]").count() == 1
