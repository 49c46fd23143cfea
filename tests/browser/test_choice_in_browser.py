"""How the page's filter is used: what it says, the keyboard, the phone, paper, and axe."""

import re
from importlib.resources import files

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_everybody_in_browser import JUDGE, RULES
from tests.browser.test_filters_in_browser import choose
from tests.report.published_database import WEEK

pytestmark = pytest.mark.browser

# What stands on the page in words, and what its charts were given.
STANDING = """() => [
    ...[...document.querySelectorAll('main :is(p, li, th, td, h3, summary)')].map(
        one => [one.checkVisibility(), one.className, one.textContent]),
    ...[...document.querySelectorAll('.plot')].map(plot => JSON.stringify(plot.data))]"""


@pytest.fixture(scope="module")
def page(visit_once):
    return visit_once().page


@pytest.fixture(scope="module")
def axe():
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def test_a_search_looks_among_the_rows_that_are_left(page):
    choose(page, "branch")
    page.locator("#accounts input").fill("成都")
    assert page.locator("#accounts-table tbody tr:visible").count() == 1
    page.locator("#accounts input").fill("总行")
    assert page.locator("#accounts-table tbody tr:visible").count() == 0
    page.locator("#accounts input").fill("")
    assert page.locator("#accounts-table tbody tr:visible").count() == 2
    choose(page)


def test_the_matrix_keeps_all_its_cells_and_marks_the_chosen(page):
    picked = page.locator("#matrix-click .picked")
    choose(page, "branch", "xiaohongshu")
    assert picked.count() == 1 and picked.get_attribute("data-slice") == "branch|xiaohongshu"
    choose(page, "branch")
    assert picked.count() == page.locator("#matrix-click tbody tr").count()
    assert (
        page.locator("#matrix-click tbody td").count()
        == page.locator("#matrix-click tbody td:visible").count()
    )
    choose(page)
    assert picked.count() == 0


def test_what_follows_says_what_it_shows_and_what_does_not_says_so(page):
    choose(page, "branch", "douyin")
    marks = dict(
        page.locator("main > section").evaluate_all(
            "all => all.map(s => [s.id, s.querySelector('.kicker .chosen')?.textContent])"
        )
    )
    follows = {id for id, mark in marks.items() if mark == "分行 · 抖音"}
    assert follows == {"figures-of-the-week", "funnel", "trend", "matrix", "content", "accounts"}
    assert set(marks.values()) == {"分行 · 抖音", "全行"}
    assert page.locator("#funnel h3 .chosen:visible").all_inner_texts() == ["全行"]  # overlaps
    note = page.locator(".filtered")
    assert note.get_attribute("aria-live") == "polite" and "现看 分行 · 抖音" in note.inner_text()


def test_what_is_chosen_can_be_taken_back(visit):
    page = visit().page
    choose(page, "branch")
    choose(page)
    before = page.evaluate(STANDING)
    choose(page, "branch", "douyin")
    assert page.evaluate(STANDING) != before
    page.get_by_role("button", name="清除").click()
    page.locator("#funnel .kicker .chosen").wait_for(state="hidden")
    after = page.evaluate(STANDING)
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == []


def test_a_choice_without_accounts_shows_no_number_and_says_so(visit):
    page = visit().page
    choose(page, "line", "douyin")
    assert set(page.locator(".tile .value").all_inner_texts()) == {"—"}
    assert page.locator(".tile .line").first.get_attribute("d") == ""
    assert page.locator("#funnel .row:visible, #trend .row:visible").count() == 0
    said = [page.locator(one).inner_text() for one in (".filtered", "#funnel .nothing")]
    assert said == ["条线 · 抖音：没有这样的账号，所以没有数。"] * 2


def test_the_keyboard_chooses_and_takes_back(visit):
    page = visit().page
    page.locator('.bar [name="tier"]').focus()
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    assert page.locator("#funnel .kicker .chosen").inner_text() == "分行 · 小红书"
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.name") == "weeks":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#funnel .kicker .chosen").wait_for(state="hidden")


def test_the_bar_stays_in_sight_and_hides_no_heading(visit):
    for how in ({}, PHONE):
        page = visit(**how).page
        page.locator('.rail a[href="#accounts"]').click()
        bar, rail = (page.locator(one).bounding_box() for one in (".bar", ".rail"))
        kicker = page.locator("#accounts .kicker").bounding_box()
        assert bar["y"] >= 0 and bar["height"] < 60
        assert kicker["y"] >= bar["y"] + bar["height"]
        assert not how or bar["y"] >= rail["y"] + rail["height"] - 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("2026-W46.html", {}),
        ("2026-W46.html", {"color_scheme": "dark"}),
        ("2026-W46.html", PHONE),
        ("2026-W46.en.html", PHONE),
    ],
    ids=["light", "dark", "phone", "english-phone"],
)
def test_axe_finds_nothing_with_a_choice_made(visit, axe, name, how):
    page = visit(name, **how).page
    page.evaluate(axe)
    for chosen in (("branch", "xiaohongshu"), ("", "wechat_official"), ("line", "douyin")):
        choose(page, *chosen)
        assert page.evaluate(JUDGE, RULES) == [], chosen


def test_paper_shows_what_is_chosen(visit):
    page = visit(width=688).page
    choose(page, "branch", "douyin")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".bar").is_hidden()
    assert page.locator("#funnel .kicker .chosen").inner_text() == "分行 · 抖音"
    assert page.locator("#funnel figure:visible").count() == 1
    assert page.locator("#accounts-table tbody tr:visible").count() == 1
    outside = page.evaluate(
        "[...document.querySelectorAll('figure.panel')].filter(panel => panel.checkVisibility()"
        " && panel.querySelector('.main-svg')).filter(panel =>"
        " panel.querySelector('.main-svg').getBoundingClientRect().right"
        " > panel.getBoundingClientRect().right).map(one => one.innerText)"
    )
    assert outside == []


def test_without_scripts_there_is_nothing_to_choose(visit):
    page = visit(scripts=False).page
    assert page.locator("form.filters").is_hidden() and page.locator(".filtered").is_hidden()
    assert page.locator(".chosen:visible, .nothing:visible").count() == 0
    assert page.locator(".tile .value").first.inner_text() != "—"


def test_a_page_below_the_bank_has_no_filter(visit):
    page = visit("2026-W46/tier-branch.html").page
    assert page.locator(".bar, .filtered, #slices, [data-slice]").count() == 0


def test_what_the_page_is_given_is_no_markup_of_a_hostile_name(reports):
    html = (reports / f"{WEEK}.html").read_text(encoding="utf-8")
    slices = re.search(r'id="slices">(.*?)</script>', html, re.S)[1]
    assert "<" not in slices
