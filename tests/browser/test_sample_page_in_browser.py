"""The page of a whole night over the sample, as a reader opens it."""

import duckdb
import pytest

from tests.browser.conftest import visitor
from tests.browser.test_paper_in_browser import sheets

pytestmark = pytest.mark.browser


@pytest.fixture
def visit_sample(browser, sample_run):
    yield from visitor(browser, sample_run.reports)


def test_the_sample_draws_every_figure_and_says_nothing_to_the_console(visit_sample):
    page = visit_sample().page
    figures = page.locator(".plot").count()
    assert figures > 0
    drawn = page.evaluate(
        "[...document.querySelectorAll('.plot')].filter(p => p._fullData?.length).length"
    )
    assert drawn == figures


def test_the_accounts_of_the_sample_show_the_stored_reads(visit_sample, sample_run):
    page = visit_sample(scripts=False).page
    with duckdb.connect(str(sample_run.published_database), read_only=True) as connection:
        stored = connection.execute(
            "select account_id, total from published.weekly_funnel"
            " where week = '2026-W46' and level = 'account' and stage = 'read'"
            " and total is not null order by all"
        ).fetchall()
    assert len(stored) == 22  # contacts of 企业微信 and tickets of a queue are not read
    for account, reads in stored:
        row = page.locator("#accounts tr", has=page.get_by_text(account, exact=True))
        keys = row.locator("td[data-sort]").evaluate_all("cells => cells.map(c => c.dataset.sort)")
        assert str(reads) in keys, account


def test_a_long_table_shows_fifteen_rows_until_it_is_asked_for_all(visit_sample):
    page = visit_sample().page
    rows = page.locator("#quality-datasets tbody tr")
    shown = rows.locator("visible=true")
    assert rows.count() > 20 and shown.count() == 15
    rows.first.evaluate("row => row.hidden = true")  # as a search does
    assert shown.count() == 15 and not rows.first.is_visible()
    rows.first.evaluate("row => row.hidden = false")
    page.locator("#quality button.more").click()
    assert shown.count() == rows.count()
    assert page.evaluate("document.activeElement.querySelector('table').id") == "quality-datasets"
    assert page.locator("#quality button.more").is_hidden()


def test_without_scripts_a_long_table_is_all_there(visit_sample):
    page = visit_sample(scripts=False).page
    rows = page.locator("#quality-datasets tbody tr")
    assert rows.locator("visible=true").count() == rows.count() > 20
    assert page.locator("button.more").first.is_hidden()


def test_the_sample_is_printed_on_a_sane_number_of_sheets(visit_sample, tmp_path):
    printed = sheets(visit_sample().page, tmp_path)
    assert 10 <= len(printed) <= 30
    assert min(len("".join(sheet.split())) for sheet in printed[:-1]) > 250


def test_a_long_table_shows_its_first_rows_until_it_is_asked_for_all(visit_sample):
    page = visit_sample().page
    rows = page.locator("#accounts-table tbody tr:visible")
    assert rows.count() == 15
    search = page.locator(".tools:has(+ .scroll #accounts-table)").get_by_role("searchbox")
    search.fill("branch-")
    assert 0 < rows.count() < 15
    search.fill("")
    page.locator('.more[aria-controls="accounts-table"]').click()
    assert rows.count() == 24


def test_the_trend_can_be_seen_over_more_weeks(visit_sample):
    page = visit_sample().page
    edges = "document.getElementById('trend-click')._fullLayout.xaxis.range"
    assert page.evaluate(edges) == [0.6, 13.4]
    page.locator(".filters [name=weeks]").select_option("14")
    assert page.evaluate(edges) == [-0.4, 13.4]
    page.locator(".filters [name=weeks]").select_option("13")
    assert page.evaluate(edges) == [0.6, 13.4]
