import json
import re

import duckdb
import pytest

from tests.report.published_database import HOSTILE, WEEK

pytestmark = pytest.mark.browser


def stored(home, query):
    with duckdb.connect(str(home / "funnel.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchone()[0]


@pytest.fixture(scope="module")
def count(reports):
    """How many figures the file brings."""
    html = (reports / f"{WEEK}.html").read_text(encoding="utf-8")
    return len(json.loads(re.search(r'id="figures"[^>]*>(.*?)</script>', html, re.S)[1]))


def test_every_figure_is_drawn(desktop, count):
    figures = desktop.locator(".plot").count()
    assert figures == count > 10
    assert desktop.locator(".plot svg.main-svg:first-of-type").count() >= figures
    drawn = desktop.evaluate(
        "[...document.querySelectorAll('.plot')].filter(p => p._fullData?.length).length"
    )
    assert drawn == figures
    assert desktop.locator(".plot noscript").count() == 0


def test_a_figure_far_away_waits_until_the_browser_is_idle(browser, reports, count):
    opened = browser.new_page(viewport={"width": 1440, "height": 900})
    opened.add_init_script("window.requestIdleCallback = () => 0")
    opened.goto((reports / f"{WEEK}.html").as_uri())
    opened.locator("#funnel-title").scroll_into_view_if_needed()
    opened.wait_for_selector('.plot[data-drawn="1"] .main-svg', timeout=60_000)
    assert 0 < opened.locator('.plot[data-drawn="1"]').count() < count
    opened.close()


def test_nothing_offers_to_send_the_data_away(desktop, count):
    contexts = desktop.evaluate(
        "[...document.querySelectorAll('.plot')].map(p => "
        "[p._context.showSendToCloud, p._context.displaylogo])"
    )
    assert contexts == [[False, False]] * count
    buttons = desktop.evaluate(
        "[...document.querySelectorAll('.modebar-btn')].map("
        "b => b.getAttribute('aria-label') || b.dataset.title)"
    )
    assert set(buttons) == {"下载为图片"}
    assert desktop.locator("text=Share chart").count() == 0


def test_the_policy_stops_injected_scripts_and_fetches(visit):
    one = visit()
    one.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.bad = 1';"
        " document.body.append(s); }"
    )
    assert one.page.evaluate("window.bad") is None
    refused = one.page.evaluate("fetch('https://example.invalid/').then(() => false, () => true)")
    assert refused
    assert one.said and all("Content Security Policy" in said for said in one.said)
    one.said.clear()
    one.asked[:] = [url for url in one.asked if "example.invalid" not in url]


def test_hostile_titles_are_inert_text(desktop):
    assert desktop.locator(f"#content-posts >> text={HOSTILE}").count() >= 1
    assert desktop.locator("img").count() == 0
    assert desktop.locator("[onerror], [onload]").count() == 0
    labels = desktop.locator("#cards-products .ytick text").all_text_contents()
    assert any(label.startswith("车主卡</") for label in labels)


def test_the_page_is_complete_without_scripts(static, home, count):
    arrivals = stored(
        home,
        "select persons from published.weekly_funnel "
        "where week = '2026-W46' and level = 'bank' and stage = 'arrival'",
    )
    assert static.locator('[data-tile="arrival"] data').inner_text() == str(arrivals)
    assert static.locator("#accounts-table tbody tr").count() == 6
    assert static.locator("figure details table").count() == count
    assert "需要脚本" in static.locator("#funnel-branch").inner_text()


@pytest.mark.parametrize(
    ("tile", "query"),
    [
        *(
            (
                stage,
                "select coalesce(total, persons) from published.weekly_funnel "
                f"where week = '2026-W46' and level = 'bank' and stage = '{stage}'",
            )
            for stage in ("read", "follow", "click", "arrival", "new_customer")
        ),
        (
            "mau",
            "select arg_max(mau, month) from published.monthly_active "
            "where level = 'bank' and complete",
        ),
        (
            "card-clicks",
            "select clicks from published.card_clicks where week = '2026-W46' and level = 'bank'",
        ),
        (
            "subscription-customers",
            "select customers from published.subscriptions "
            "where week = '2026-W46' and level = 'bank'",
        ),
        (
            "subscription-amount",
            "select amount_yuan from published.subscriptions "
            "where week = '2026-W46' and level = 'bank'",
        ),
        (
            "followers",
            "select followers from published.follower_weeks "
            "where week = '2026-W46' and level = 'bank'",
        ),
    ],
)
def test_a_key_figure_is_the_stored_number(static, home, tile, query):
    shown = static.locator(f'[data-tile="{tile}"] data').get_attribute("value")
    assert shown == str(stored(home, query))


@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_never_scrolls_sideways(visit, width):
    page = visit(width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    too_wide = page.evaluate(
        "[...document.querySelectorAll('.plot')].filter(p => "
        "p.querySelector('.main-svg').getBoundingClientRect().right > innerWidth).map(p => p.id)"
    )
    assert too_wide == []


@pytest.mark.parametrize("width", [360, 390, 768, 1024, 1280, 1920])
def test_the_page_without_scripts_never_scrolls_sideways_either(visit, width):
    page = visit(width=width, scripts=False).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_tables_scroll_inside_a_region_the_keyboard_reaches(desktop):
    regions = desktop.locator(".scroll")
    assert regions.count() > 10
    assert all(region.get_attribute("tabindex") == "0" for region in regions.all())


def test_a_table_sorts_by_its_stored_numbers_with_the_unknown_last(visit):
    page = visit().page
    button = page.locator("#accounts-table thead button", has_text="粉丝").first
    column = "#accounts-table tbody td:nth-child(4)"
    button.click()
    falling = page.locator(column).all_inner_texts()
    button.click()
    rising = page.locator(column).all_inner_texts()
    assert falling[0] == "25.11万" and rising[0] == "3.61万"
    assert falling[-1] == rising[-1] == "—"


def test_printing_fits_the_paper_and_gives_the_screen_back(visit):
    page = visit().page
    widths = (
        "[...document.querySelectorAll('.plot .main-svg:first-of-type')]"
        ".map(svg => +svg.getAttribute('width'))"
    )
    before = page.evaluate(widths)
    assert page.pdf(format="A4", tagged=True).startswith(b"%PDF")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert set(page.evaluate(widths)) == {640}
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(widths) == before


def test_nothing_on_paper_is_wider_than_the_paper(visit):
    page = visit(width=688, scripts=False).page
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 688


def test_the_index_leads_to_the_week(visit):
    page = visit("index.html").page
    page.locator("ol.weeks a").first.click()
    page.wait_for_selector('html[data-ready="1"]', timeout=60_000)
    assert page.url.endswith(f"{WEEK}.html")
