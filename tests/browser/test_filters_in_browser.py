import duckdb
import pytest

from tests.report.published_database import LAST_MONDAY

pytestmark = pytest.mark.browser

METRICS = {
    "read": "read",
    "click": "click",
    "arrival": "arrival",
    "card-clicks": "card_click",
    "subscription-amount": "subscription_amount",
    "followers": "followers",
}


def stored(home) -> dict[tuple[str, str, str], float]:
    """The figures of the week by tier, platform and metric; none that is withheld."""
    query = """
        select coalesce(tier, ''), coalesce(platform, ''), metric, value
        from published.key_figures
        where level in ('bank', 'tier', 'platform', 'tier_platform') and kind <> 'rate'
            and period = 'week' and starts_on = ? and value is not null and suppressed is null
    """
    with duckdb.connect(str(home / "funnel.duckdb"), read_only=True) as connection:
        return {
            (tier, platform, metric): value
            for tier, platform, metric, value in connection.execute(query, [LAST_MONDAY]).fetchall()
        }


def test_every_choice_shows_the_stored_figures(visit, home):
    page, known = visit().page, stored(home)
    tiers, platforms = (
        page.locator(f'.filters [name="{name}"] option').evaluate_all(
            "all => all.map(o => o.value)"
        )
        for name in ("tier", "platform")
    )
    assert len(tiers) == 4 and len(platforms) == 5
    checked = 0
    for tier in tiers:
        page.locator('.filters [name="tier"]').select_option(tier)
        for platform in platforms:
            page.locator('.filters [name="platform"]').select_option(platform)
            for tile, metric in METRICS.items():
                shown = page.locator(f'[data-tile="{tile}"] data').get_attribute("value")
                value = known.get((tier, platform, metric))
                assert shown == "" if value is None else float(shown) == value, (tier, platform)
                checked += value is not None
    assert checked > 40


def test_what_is_chosen_can_be_taken_back(visit):
    page = visit().page
    tiles = page.locator(".tiles")
    before = tiles.inner_text()
    page.locator('.filters [name="tier"]').select_option("branch")
    assert tiles.inner_text() != before
    page.locator('.filters [name="tier"]').select_option("")
    assert tiles.inner_text() == before


def test_a_choice_without_figures_shows_dashes_and_no_number(visit):
    page = visit().page
    page.locator('.filters [name="tier"]').select_option("line")
    page.locator('.filters [name="platform"]').select_option("douyin")
    assert set(page.locator(".tile .value").all_inner_texts()) == {"—"}
    assert page.locator(".tile .line").first.get_attribute("d") == ""


def test_without_scripts_there_is_nothing_to_choose(visit):
    page = visit(scripts=False).page
    assert page.locator("form.filters").is_hidden()
    assert page.locator(".tile .value").first.inner_text() != "—"
