"""The page of a month: its numbers are the stored ones, and nothing later than its end."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import duckdb
import pytest

from pipeline.errors import InputError
from pipeline.report import Wanted, index, write
from pipeline.report.facts import load_month
from pipeline.report.facts_file import as_json
from pipeline.report.language import speaking
from pipeline.report.month_findings import findings, headline
from pipeline.report.page import briefing, render
from pipeline.settings import Settings
from tests.report.published_database import WEEK
from tests.report.test_language import (
    figures,
    lines_with_chinese,
    numbers,
    own_texts,
    strings,
    without,
)

MONTH = "2026-10"
SECTIONS = [
    "followers",
    "lifecycle",
    "retention",
    "assets",
    "wealth",
    "journeys",
    "attribution",
    "money",
    "themes",
    "reviews",
]


@pytest.fixture(scope="module")
def connection(home, tmp_path_factory):
    """Of a copy: the pages are written from the database itself meanwhile."""
    copy = shutil.copy(home / "funnel.duckdb", tmp_path_factory.mktemp("copy"))
    with duckdb.connect(copy, read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def told(month):
    return json.loads(as_json(month, briefing(month)))


@pytest.fixture(scope="module")
def reports(home, tmp_path_factory):
    folder = tmp_path_factory.mktemp("months")
    settings = Settings(home=home, reports=folder)
    for month in ("2026-09", MONTH):
        write(settings, month=month)
    write(settings)
    return folder


def rows_of(told, table):
    """The rows of a table of the facts: the first cell's text, then the stored values."""
    blocks = [one for section in told["sections"] for one in section["tables"]]
    rows = next(one["rows"] for one in blocks if one["id"] == table)
    return {row[0]["text"]: [cell["value"] for cell in row[1:]] for row in rows}


def test_the_key_figures_are_the_stored_ones(told, connection):
    columns = "mau, stable_mau, new_customers, followers_gained, aum_yuan, aum_per_mau"
    stored = connection.execute(
        f"select {columns} from published.monthly_active where level = 'bank' and month = ?",
        [date(2026, 10, 1)],
    ).fetchone()
    tiles = {tile["id"]: tile["value"] for tile in told["tiles"]}
    names = ("mau", "stable-mau", "new-customers", "followers-gained", "aum", "aum-per-mau")
    assert [tiles[name]["value"] for name in names] == [float(value) for value in stored]
    late = ("applications", "approved", "approval-rate", "subscribers")
    assert [tiles[name]["value"] for name in late] == [72, 49, 0.7, 151]
    assert [tiles[name].get("state") for name in late] == [None, "immature", "immature", None]


def test_each_figure_stands_beside_the_month_before(told):
    compared = {tile["id"]: tile["compared"] for tile in told["tiles"]}
    assert compared["mau"] == "上月 1.15万 ▲"
    assert compared["stable-mau"] == "上月 7,200"
    assert compared["applications"] == "上月 64 ▲"
    assert compared["approved"] == "上月 44"  # what still comes is not compared
    assert compared["subscribers"] == "上月 不展示"


def test_the_month_has_its_sections_in_order_and_no_weekly_ones(told):
    assert [section["id"] for section in told["sections"]] == SECTIONS
    assert told["schema"] == "funnel-month/1"
    assert told["month"] == {
        "name": MONTH,
        "starts": "2026-10-01",
        "ends": "2026-10-31",
        "before": "2026-09",
    }
    assert "week" not in told and "bridge" not in told


def test_cohorts_are_of_months_and_known_no_later_than_the_month(told):
    found = rows_of(told, "retention-cohorts")
    assert found == {
        "2026-08": [777, 0.35, 0.46, None],
        "2026-09": [777, 0.42, 0.43, None],
        "2026-10": [777, 0.45, None, None],
    }
    assert rows_of(told, "retention-tiers") == {"条线": [None, 0.51], "全行": [0.46, 0.43]}


def test_funnels_are_of_those_who_entered_in_the_month(connection, told):
    section = next(one for one in told["sections"] if one["id"] == "journeys")
    assert section["title"] == "2026年10月进入的客户，还没有一个漏斗走完观察窗口"
    steps = section["tables"][1]["rows"]
    assert [row[2]["value"] for row in steps] == [400, 60, 45, 30]
    assert {row[2]["state"] for row in steps} == {"immature"}
    september = load_month(connection, "2026-09")
    assert {row.starts_on for row in september.journeys} == {date(2026, 9, 1)}
    assert {row.mature for row in september.journeys} == {True}


def test_the_last_day_of_the_month_stands_for_the_week_end(told):
    assert rows_of(told, "lifecycle-stickiness")["全行"] == [216, 1088, 2404, 0.0898]


def test_an_earlier_month_knows_nothing_of_a_later_one(connection):
    september = load_month(connection, "2026-09")
    assert {row.month for row in september.months} == {date(2026, at, 1) for at in range(6, 10)}
    assert max(row.cohort_starts for row in september.people.cohorts) == date(2026, 9, 1)
    assert [round(row.change, 4) for row in september.figures] == [0.0213]
    assert max(row.month for row in september.texts.reviews) == date(2026, 9, 1)
    assert max(row.month for row in september.money.costs) == date(2026, 9, 1)
    assert september.money.variants == [] and september.money.mix == []


@pytest.mark.parametrize("month", ["2026-11", "2026-05", "2031-01"])
def test_a_month_that_is_not_whole_or_not_known_is_refused_with_those_that_are(connection, month):
    with pytest.raises(InputError, match=f"没有 {month} 这个完整月（库中有 2026-06 至 2026-10）"):
        load_month(connection, month)


@pytest.mark.parametrize("month", ["2026-13", "2026-W46", "october", "2026-1"])
def test_what_is_no_month_is_refused(connection, month):
    with pytest.raises(InputError, match="不是月份"):
        load_month(connection, month)


def test_a_week_and_a_month_together_are_refused_and_nothing_is_written(settings):
    with pytest.raises(InputError, match="--week 与 --month 只能给一个"):
        write(settings, WEEK, month=MONTH)
    assert not settings.reports.exists()


def test_a_month_is_no_week(month):
    with pytest.raises(TypeError, match="2026-10 is a month"):
        _ = month.week


def test_the_headline_says_how_active_customers_moved(month):
    assert headline(month) == "月活 1.18万，比上月多 2.08%；户均资产 4.31万元"
    fell = [replace(row, change=-0.1) for row in month.figures]
    assert headline(replace(month, figures=fell)).startswith("月活 1.18万，比上月少 10.0%")
    flat = [replace(row, change=0.00001) for row in month.figures]
    assert headline(replace(month, figures=flat)).startswith("月活 1.18万，与上月持平")
    assert "没有可比的上月" in headline(replace(month, figures=[]))
    hidden = [replace(row, mau=None, suppressed="mau") for row in month.months]
    assert headline(replace(month, months=hidden)) == "本月的月活不足以展示"


def test_assets_per_customer_rise_or_fall_in_the_headline(month):
    past = [
        replace(row, aum_per_mau=row.aum_per_mau * 2) if row.month < date(2026, 10, 1) else row
        for row in month.months
        if row.part is None
    ]
    assert headline(replace(month, months=past)).endswith("户均资产降到 4.31万元")


def test_three_to_five_findings_what_asks_for_attention_first(month):
    found = findings(month)
    assert 3 <= len(found) <= 5
    kinds = [one.kind for one in found]
    assert kinds == sorted(kinds) and kinds[0] == "attention"
    assert {one.evidence for one in found} <= {*SECTIONS, "figures-of-the-week"}
    titles = [one.title for one in found]
    assert titles[:3] == ["走的活跃客户比来的多", "次月留存降到 43.0%", "每个新户的成本升到 510元"]


def test_a_withheld_number_is_in_no_finding(month):
    hidden = [replace(row, bounded_rate=None, suppressed="active") for row in month.people.cohorts]
    people = replace(month.people, cohorts=hidden, part_cohorts=hidden)
    assert not any(one.evidence == "retention" for one in findings(replace(month, people=people)))


def test_every_link_leads_to_a_page_or_a_place_on_it(reports):
    pages = [reports / f"{MONTH}.html", reports / f"{MONTH}.en.html"]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        ids = set(re.findall(r'\bid="([^"]+)"', text))
        links = re.findall(r'href="([^"]+)"', text)
        assert len(links) > 40
        for file, _, id in (unquote(href).partition("#") for href in links):
            assert not file or (page.parent / file).is_file(), file
            assert file or id in ids, id


@pytest.mark.parametrize(("own", "other"), [("", ".en"), (".en", "")])
def test_the_index_lists_months_under_the_weeks_newest_first(reports, own, other):
    listed = (reports / f"index{own}.html").read_text(encoding="utf-8")
    names = [WEEK, MONTH, "2026-09"]
    links = [f"{name}{end}.html" for name in names for end in (own, other)]
    assert re.findall(r'href="([^"]+)"', listed) == [f"index{other}.html", *links]
    assert (">月报</h2>" in listed, ">Months</h2>" in listed) == (own == "", own == ".en")


def test_an_index_without_months_has_no_list_of_them(tmp_path, facts):
    (tmp_path / f"{WEEK}.html").write_text(render(facts), encoding="utf-8")
    assert "月报" not in index.render(tmp_path, facts.run.bank_name)


def test_english_holds_no_chinese_but_the_data(home, connection):
    own = own_texts(home / "funnel.duckdb")
    for month in ("2026-06", "2026-09", MONTH):
        facts = load_month(connection, month)
        page, chinese = render(facts, "en"), render(facts)
        embedded = "\n".join(strings(figures(page)))
        outside = re.sub(r'(id="figures"[^>]*>).*?</script>', r"\1</script>", page, flags=re.S)
        assert lines_with_chinese(without(outside, own)) == []
        assert lines_with_chinese(without(embedded, own)) == []
        pattern = r'<data value="([^"]*)"'
        assert re.findall(pattern, page) == re.findall(pattern, chinese) != []
        drawn = figures(page), figures(chinese)
        for one, other in zip(*(figure.values() for figure in drawn), strict=True):
            assert list(numbers(one["data"])) == list(numbers(other["data"]))


def test_the_months_page_says_month_not_week(month):
    for language, wanted, not_wanted in (("zh", "月报", "本周"), ("en", "monthly", "this week")):
        page = render(month, language)
        with speaking(language):
            text = re.sub(r"<(script|style|dl)[ >].*?</\1>", "", page, flags=re.S)
        text = text[: text.index('id="parameters"')]
        assert wanted in text and not_wanted not in text
        assert f'<meta name="funnel:month" content="{MONTH}">' in page


def test_everything_else_is_written_of_a_month_too(settings):
    wanted = Wanted(standalone=True, xlsx=True, mail=True)
    written = write(settings, languages=["zh"], wanted=wanted, month=MONTH)
    names = {path.name for path in written}
    assert {f"{MONTH}{end}" for end in (".standalone.html", ".xlsx", ".eml", ".json")} <= names
    assert not (settings.reports / MONTH).exists()  # its parts have no pages
