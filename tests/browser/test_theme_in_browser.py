"""Light, dark, or as the system has it; always light on paper."""

import pytest

from pipeline.report.design import tokens

pytestmark = pytest.mark.browser

GROUND = "getComputedStyle(document.body).backgroundColor"
PLOTS = "[...document.querySelectorAll('.plot')].map(plot => plot._fullLayout.paper_bgcolor)"
NO_STORAGE = """Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('refused', 'SecurityError'); } })"""


def rgb(theme, name):
    colour = tokens()["color"][theme][name]
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"


def looks(page):
    """The theme of the page and of all its plots."""
    grounds = {rgb(theme, "paper"): theme for theme in ("light", "dark")}
    surfaces = {tokens()["color"][theme]["surface"]: theme for theme in ("light", "dark")}
    return grounds[page.evaluate(GROUND)], {surfaces[one] for one in page.evaluate(PLOTS)}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_and_its_figures_follow_the_system(visit, theme):
    page = visit(color_scheme=theme).page
    assert looks(page) == (theme, {theme})
    other = {"light": "dark", "dark": "light"}[theme]
    page.emulate_media(color_scheme=other)
    # The browser tells the page of it with a frame it paints later. Asked from here: the page's
    # policy lets nothing wait inside it.
    for _ in range(200):
        if looks(page) == (other, {other}):
            break
        page.wait_for_timeout(50)
    assert looks(page) == (other, {other})


def test_in_the_dark_no_light_colour_is_left_in_a_figure(visit):
    page = visit(color_scheme="dark").page
    light = {colour.upper() for colour in tokens()["color"]["light"].values()}
    drawn = page.evaluate(
        "[...document.querySelectorAll('.plot')].map(p => JSON.stringify([p.data, p.layout]))"
    )
    assert len(drawn) > 10
    assert {colour for colour in light for figure in drawn if f'"{colour}"' in figure} == set()


def test_a_choice_outlasts_the_system_and_a_second_visit(visit):
    page = visit(color_scheme="dark").page
    page.get_by_label("浅色").check()
    assert looks(page) == ("light", {"light"})
    page.reload()
    page.wait_for_selector('html[data-ready="1"]')
    assert looks(page) == ("light", {"light"})
    assert page.get_by_label("浅色").is_checked()
    page.get_by_label("跟随系统").check()
    assert looks(page) == ("dark", {"dark"})


def test_the_index_of_weeks_wears_the_theme_that_was_chosen(visit):
    page = visit(color_scheme="light").page
    page.get_by_label("深色").check()
    page.get_by_role("link", name="往期").click()
    page.wait_for_url("**/index.html")
    assert page.evaluate(GROUND) == rgb("dark", "paper")
    page.get_by_label("浅色").check()
    page.get_by_role("link", name="2026-W46").first.click()
    page.wait_for_selector('html[data-ready="1"]')
    assert looks(page) == ("light", {"light"})


def test_where_nothing_may_be_kept_the_choice_still_holds(browser, reports):
    page = browser.new_page()
    page.add_init_script(NO_STORAGE)
    page.goto((reports / "2026-W46.html").as_uri())
    page.wait_for_selector('html[data-ready="1"]')
    page.get_by_label("深色").check()
    assert looks(page) == ("dark", {"dark"})
    page.close()


def test_without_scripts_the_page_follows_the_system_and_offers_no_choice(visit):
    page = visit(color_scheme="dark", scripts=False).page
    assert page.locator(".controls").is_hidden()
    ground = page.locator("body").evaluate("one => getComputedStyle(one).backgroundColor")
    assert ground == rgb("dark", "paper")


def test_paper_is_light_and_the_screen_comes_back(visit):
    page = visit(color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert set(page.evaluate(PLOTS)) == {tokens()["color"]["light"]["surface"]}
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert ink == rgb("light", "ink")
    page.emulate_media(media="screen", color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert looks(page) == ("dark", {"dark"})
