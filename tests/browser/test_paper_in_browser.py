"""The page on A4, as Chromium prints it and pdftotext reads it."""

import re
import subprocess

import pytest

pytestmark = pytest.mark.browser

# The drawn accounts over again, so that their table needs several sheets.
MANY = """() => { const body = document.querySelector('#accounts-table').tBodies[0];
    const rows = [...body.rows];
    for (let i = 0; i < 20; i++) body.append(...rows.map(row => row.cloneNode(true))); }"""


def sheets(page, folder):
    """Print, and give the text of each sheet."""
    printed = folder / "page.pdf"
    page.pdf(path=printed, prefer_css_page_size=True, tagged=True, outline=True)
    command = ["pdftotext", "-layout", str(printed), "-"]
    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return read.split("\f")[:-1]


@pytest.fixture(scope="module")
def paper(desktop, tmp_path_factory):
    return sheets(desktop, tmp_path_factory.mktemp("paper"))


def test_the_week_fits_a_sane_number_of_numbered_sheets(paper):
    assert 12 <= len(paper) <= 26
    for number, sheet in enumerate(paper, 1):
        last = sheet.rstrip().splitlines()[-1]
        assert re.fullmatch(rf"\s*2026-W46\s+{number} / {len(paper)}", last)


def test_no_sheet_is_nearly_empty(desktop, paper):
    assert min(len(re.sub(r"\s", "", sheet)) for sheet in paper[:-1]) > 250


def test_a_section_s_number_title_and_beginning_stay_together(desktop, paper):
    headings = desktop.evaluate(
        "[...document.querySelectorAll('main > section')].map(section => ["
        "section.querySelector('.kicker b').textContent, section.querySelector('h2').textContent])"
    )
    assert len(headings) > 10
    for number, title in headings:
        begins = "".join(title.split())[:6]
        on = [sheet for sheet in paper if re.search(rf"^\s*{number}\s+\S", sheet, re.M)]
        together = [sheet for sheet in on if begins in "".join(sheet.split())]
        assert together, (number, title)
        rest = together[0].rpartition("\n")[0].partition(number)[2]
        assert len(rest.split()) > 5, f"{title} stands alone at the foot of a sheet"


def test_paper_shows_no_controls_and_no_link_words(paper):
    text = "".join("".join(paper).split())
    assert "打印/存PDF" not in text and "显示全部" not in text and "跳到正文" not in text
    assert "查看数据" not in text and "#definition" not in text


def test_a_long_table_repeats_its_header_on_every_sheet(visit, tmp_path):
    page = visit().page
    page.evaluate(MANY)
    of_accounts = [sheet for sheet in sheets(page, tmp_path) if sheet.count("hq-xhs") > 3]
    assert len(of_accounts) >= 2
    assert all("粉丝" in sheet and "阅读环比" in sheet for sheet in of_accounts)


def test_every_plot_stays_within_its_panel(visit):
    page = visit(width=688).page
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    outside = page.evaluate(
        "[...document.querySelectorAll('figure.panel')].filter(panel => {"
        " const svg = panel.querySelector('.main-svg').getBoundingClientRect();"
        " const box = panel.getBoundingClientRect();"
        " return svg.right > box.right || svg.width < box.width * 0.8; }).map(one => one.innerText)"
    )
    assert outside == []
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
