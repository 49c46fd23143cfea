"""Listed tables in a real browser: search, download, paper, and without scripts."""

import csv
import io

import duckdb
import pytest

from tests.report.drawn_texts import FORMULA, HOSTILE

pytestmark = pytest.mark.browser

ACCOUNTS = "#accounts-table"
VISIBLE = "tbody tr:visible"


def downloaded(page, table):
    """What the button above a table saves: its name, and its rows as a spreadsheet reads them."""
    with page.expect_download() as caught:
        page.locator(f".tools:has(+ .scroll {table}) button").click()
    raw = caught.value.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    return caught.value.suggested_filename, list(csv.reader(io.StringIO(text, newline="")))


def tools(page, table):
    return page.locator(f".tools:has(+ .scroll {table})")


def test_a_search_leaves_the_rows_that_match_and_counts_them(visit):
    page = visit().page
    search = tools(page, ACCOUNTS).get_by_role("searchbox")
    search.fill("总行")
    assert page.locator(f"{ACCOUNTS} {VISIBLE}").count() == 2
    assert tools(page, ACCOUNTS).locator("output").inner_text() == "2 / 6 行"
    search.fill("HQ-XHS")
    assert page.locator(f"{ACCOUNTS} {VISIBLE}").count() == 1
    search.fill("没有这样的账号")
    assert page.locator(f"{ACCOUNTS} {VISIBLE}").count() == 0
    assert tools(page, ACCOUNTS).locator("output").inner_text() == "没有符合的行"
    search.fill("")
    assert page.locator(f"{ACCOUNTS} {VISIBLE}").count() == 6
    assert tools(page, ACCOUNTS).locator("output").inner_text() == ""


def test_on_paper_every_row_stands_and_no_tools(visit):
    page = visit().page
    tools(page, ACCOUNTS).get_by_role("searchbox").fill("总行")
    page.emulate_media(media="print")
    assert page.locator(f"{ACCOUNTS} {VISIBLE}").count() == 6
    assert page.locator(".tools:visible, .more:visible").count() == 0


def test_without_scripts_the_whole_table_stands_and_no_tools(static):
    assert static.locator(f"{ACCOUNTS} {VISIBLE}").count() == 6
    assert static.locator(".tools, .more:visible").count() == 0


def test_the_download_has_the_rows_and_the_stored_numbers(visit, home):
    page = visit().page
    name, (head, *rows) = downloaded(page, ACCOUNTS)
    assert name == "accounts-table-2026-W46.csv"
    assert head[:4] == ["账号", "层级", "平台", "粉丝"]
    with duckdb.connect(str(home / "funnel.duckdb"), read_only=True) as connection:
        stored = connection.execute(
            "select account_id, total from published.weekly_funnel "
            "where week = '2026-W46' and level = 'account' and stage = 'read'"
        ).fetchall()
    reads = {row[0].rpartition(" ")[2]: row[head.index("阅读/观看")] for row in rows}
    assert reads == {account: str(total) for account, total in stored}


def test_what_is_withheld_missing_or_immature_is_so_in_the_download_too(visit):
    page = visit().page
    _, (head, *rows) = downloaded(page, ACCOUNTS)
    silent = next(row for row in rows if row[0].endswith("cd-dy"))
    assert silent[head.index("曝光")] == "—"
    page.locator("details:has(#themes-stays) summary").click()
    _, (head, *rows) = downloaded(page, "#themes-stays")
    assert [row[-1] for row in rows] == ["0.41", "—"]
    page.locator(f"{ACCOUNTS} tbody td:nth-child(4)").first.evaluate(
        "cell => cell.insertAdjacentHTML('beforeend', ' <em>未成熟</em>')"
    )
    page.locator(f"{ACCOUNTS} tbody td:nth-child(5)").first.evaluate(
        """cell => (cell.outerHTML = '<td class="num suppressed" data-sort="">不展示</td>')"""
    )
    cells = [cell for row in downloaded(page, ACCOUNTS)[1][1:] for cell in row]
    assert "不展示" in cells and "251080 未成熟" in cells


def test_the_download_is_what_the_search_left(visit):
    page = visit().page
    tools(page, ACCOUNTS).get_by_role("searchbox").fill("总行")
    _, (_, *rows) = downloaded(page, ACCOUNTS)
    assert len(rows) == 2


def test_a_title_that_a_spreadsheet_would_compute_is_disarmed(visit):
    page = visit().page
    _, (_, *rows) = downloaded(page, "#compliance-open")
    titles = [row[0] for row in rows]
    assert titles[0].startswith(HOSTILE)
    assert titles[1].startswith(f"'{FORMULA}")
    assert page.locator("img").count() == 0


def test_a_negative_number_stays_a_number(visit):
    page = visit().page
    _, (head, *rows) = downloaded(page, ACCOUNTS)
    net = {row[0].rpartition(" ")[2]: row[head.index("净增")] for row in rows}
    assert net["wealth-gzh"] == "-30"
