import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest

from pipeline.report import write
from pipeline.report.facts import load
from pipeline.report.page import render
from pipeline.report.place import Place, places
from pipeline.settings import Settings
from tests.report.published_database import HOSTILE, WEEK

UNITS = {
    "head_office-hq": 2,
    "line-cards": 1,
    "line-wealth": 1,
    "branch-sz": 1,
    "branch-cd": 1,
}  # with how many accounts each has
ACCOUNTS = {"hq-xhs", "hq-gzh", "card-sph", "wealth-gzh", "sz-xhs", "cd-dy"}


@pytest.fixture(scope="module")
def reports(home, tmp_path_factory):
    folder = tmp_path_factory.mktemp("places")
    write(Settings(home=home, reports=folder))
    return folder


def facts_of(home, **where):
    with duckdb.connect(str(home / "funnel.duckdb"), read_only=True) as connection:
        found = places(connection, WEEK)
        place = next(p for p in found if all(getattr(p, k) == v for k, v in where.items()))
        return load(connection, WEEK, place)


def test_every_tier_unit_and_account_has_a_page_in_each_language(reports):
    stems = {path.name for path in (reports / WEEK).iterdir()}
    wanted = {f"account-{one}" for one in ACCOUNTS}
    wanted |= {f"tier-{one}" for one in ("head_office", "line", "branch")}
    wanted |= {f"unit-{one}" for one in UNITS}
    assert stems == {f"{one}{end}" for one in wanted for end in (".html", ".en.html")}


def test_every_link_of_every_page_leads_to_a_page_or_a_place_on_it(reports):
    pages = [*reports.glob("*.html"), *(reports / WEEK).glob("*.html")]
    ids = {page: set(re.findall(r'\bid="([^"]+)"', page.read_text("utf-8"))) for page in pages}
    links = 0
    for page in pages:
        for href in re.findall(r'href="([^"]+)"', page.read_text("utf-8")):
            file, _, id = href.partition("#")
            target = (page.parent / unquote(file)).resolve() if file else page
            assert target in ids, (page, href)
            assert not id or id in ids[target], (page, href)
            links += bool(file)
    assert links > 100


def test_a_page_shows_the_stored_numbers_of_its_place(home, reports):
    for account in ACCOUNTS:
        html = (reports / WEEK / f"account-{account}.html").read_text("utf-8")
        with duckdb.connect(str(home / "funnel.duckdb"), read_only=True) as connection:
            stored = connection.execute(
                "select stage, coalesce(total, persons) from published.weekly_funnel "
                "where week = ? and account_id = ? and stage in ('read', 'click', 'arrival')",
                [WEEK, account],
            ).fetchall()
        for stage, value in stored:
            shown = re.search(rf'data-tile="{stage}".*?<data value="([^"]*)"', html, re.S)[1]
            assert shown == ("" if value is None else str(value)), (account, stage)


def test_a_tier_is_set_beside_its_parts_and_an_account_stands_alone(home):
    tier = facts_of(home, level="tier", tier="line")
    assert {row.part for row in tier.stages} == {None, "cards", "wealth"} == {None, *tier.parts}
    assert {row.account_id for row in tier.account_stages} == {"card-sph", "wealth-gzh"}
    account = facts_of(home, level="account", account_id="sz-xhs")
    assert account.parts == {} and {row.part for row in account.stages} == {None}
    assert {row.account_name for row in account.posts} == {"深圳<b>分行</b>&朋友"}
    assert 'id="accounts"' in render(tier) and 'id="accounts"' not in render(account)


def test_a_hostile_name_is_text_in_title_trail_and_links(home, reports):
    html = (reports / WEEK / "account-card-sph.html").read_text("utf-8")
    assert HOSTILE not in html and "&lt;/script&gt;" in html
    week = (reports / f"{WEEK}.html").read_text("utf-8")
    assert f'href="{WEEK}/account-card-sph.html"' in week


def test_any_id_makes_a_file_name_of_its_own():
    ids = ["a/b", "a\\b", "..", "网点", "a b", "a%2Fb", "A", "a.b", "a~2Fb"]
    files = [Place("account", account_id=one).file for one in ids]
    assert len(set(files)) == len(ids)
    assert all(re.fullmatch(r"account-[\w~-]+", one, re.ASCII) for one in files)


def test_the_page_of_a_place_that_is_no_more_goes_with_the_next_writing(home, tmp_path):
    settings = Settings(home=home, reports=tmp_path)
    write(settings)
    for name in ("account-gone.html", "account-gone.en.html"):
        (tmp_path / WEEK / name).write_text("old", encoding="utf-8")
    write(settings, languages=("zh",))
    assert not (tmp_path / WEEK / "account-gone.html").exists()
    assert (tmp_path / WEEK / "account-gone.en.html").exists()


def test_without_any_row_the_page_still_says_what_is_missing(facts):
    empty = replace(
        facts, place=Place("account", "branch", account_id="new"), parts={}, stages=[], steps=[],
        months=[], followers=[], cards=[], subscriptions=[], posts=[], alerts=[], journeys=[],
        cohorts=[], forecasts=[], card_products=[], sources=[],
    )  # fmt: skip
    html = render(empty)
    assert "本周没有可用的数据" in html and 'id="quality"' in html


def test_pages_are_the_same_when_written_again(home, reports, tmp_path):
    write(Settings(home=home, reports=tmp_path))
    for path in (reports / WEEK).iterdir():
        again = Path(tmp_path / WEEK / path.name)
        assert again.read_bytes() == path.read_bytes()
