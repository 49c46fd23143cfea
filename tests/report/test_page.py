import json
import re
from dataclasses import replace

import duckdb
import pytest

from pipeline.errors import InputError
from pipeline.report import write
from pipeline.report.formats import Cell
from pipeline.report.page import render
from pipeline.report.view import Table
from pipeline.settings import Settings
from tests.report.published_database import HOSTILE, WEEK, draw


@pytest.fixture(scope="module")
def page(facts):
    return render(facts)


@pytest.fixture(scope="module")
def visible(page):
    """The page without its scripts and styles."""
    return re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.S)


def embedded(page):
    return json.loads(re.search(r'id="figures"[^>]*>(.*?)</script>', page, re.S)[1])


def test_the_week_the_index_and_the_library_are_written(settings):
    names = [path.relative_to(settings.reports).as_posix() for path in write(settings)]
    assert names[:2] == [f"{WEEK}.html", f"{WEEK}.en.html"]
    assert names[2:4] == ["index.html", "index.en.html"]
    assert re.fullmatch(r"assets/plotly-\d+\.\d+\.\d+\.min\.js", names[4])


def test_the_same_database_gives_the_same_bytes(settings, tmp_path):
    again = Settings(home=settings.home, reports=tmp_path / "again")
    first = [path.read_bytes() for path in write(settings)]
    assert [path.read_bytes() for path in write(again)] == first


def test_a_database_drawn_again_gives_the_same_page(page, tmp_path):
    draw(tmp_path / "funnel.duckdb")
    written = write(Settings(home=tmp_path, reports=tmp_path / "reports"))[0]
    assert written.read_bytes().decode() == page


def test_files_have_unix_line_ends_only(settings):
    assert all(b"\r" not in path.read_bytes() for path in write(settings)[:4])


def test_the_index_lists_every_week_newest_first_with_its_headline(settings):
    write(settings, "2026-W45")
    write(settings)
    (settings.reports / "notes.html").write_text("<h1>not a week</h1>", encoding="utf-8")
    write(settings, "2026-W44")
    for own, other in (("", ".en"), (".en", "")):
        index = (settings.reports / f"index{own}.html").read_text(encoding="utf-8")
        weeks = [f"2026-W{n}{of}.html" for n in (46, 45, 44) for of in (own, other)]
        assert re.findall(r'href="([^"]+)"', index) == [f"index{other}.html", *weeks]
        assert ("掉得最多" in index, "lost most" in index) == (own == "", own == ".en")
        assert "notes" not in index


def test_a_week_in_one_language_only_is_listed_in_both_indexes(settings):
    write(settings, languages=["en"])
    for own, other in (("", ".en"), (".en", "")):
        index = (settings.reports / f"index{own}.html").read_text(encoding="utf-8")
        assert re.findall(r'href="([^"]+)"', index) == [f"index{other}.html", f"{WEEK}.en.html"]


def test_the_two_languages_lead_to_each_other(settings):
    chinese, english = (path.read_text(encoding="utf-8") for path in write(settings)[:2])
    assert f'<a href="{WEEK}.en.html" hreflang="en" lang="en">English</a>' in chinese
    assert f'<a href="{WEEK}.html" hreflang="zh-CN" lang="zh-CN">中文</a>' in english
    assert '<html lang="zh-CN">' in chinese and '<html lang="en">' in english


def test_without_a_database_nothing_is_written(tmp_path):
    with pytest.raises(InputError, match="请先运行 funnel nightly"):
        write(Settings(home=tmp_path, reports=tmp_path / "reports"))
    assert not (tmp_path / "reports").exists()


def test_hostile_names_and_titles_are_text(page, visible):
    assert HOSTILE not in page
    assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;" in visible
    assert "{{ 7*7 }}" in visible and "<img" not in page and "<svg onload" not in page
    assert page.count("</script>") == 4


def test_the_policy_names_the_hash_of_the_only_inline_script(page):
    import base64
    import hashlib

    script = re.search(r"<script>(.*?)</script>", page, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    assert f"script-src &#39;self&#39; &#39;sha256-{digest}&#39;;" in policy
    assert policy.startswith("default-src &#39;none&#39;") and "unsafe-eval" not in policy


def test_no_address_of_another_host_is_in_the_page(page):
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


def test_figures_carry_no_template_and_only_colours_of_the_tokens(page):
    figures = embedded(page)
    from pipeline.report.design import tokens

    used = set(re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(figures)))
    assert used <= set(tokens()["color"]["light"].values())
    assert all("template" not in figure["layout"] for figure in figures.values())


def test_each_figure_has_a_caption_and_a_table_of_its_numbers(page, visible):
    figures = re.findall(r"<figure.*?</figure>", visible, re.S)
    assert len(figures) == len(embedded(page))
    for figure in figures:
        assert re.search(r"<figcaption>.+</figcaption>", figure)
        assert re.search(r"<details>.*<tbody>.*<td", figure, re.S)


def test_withheld_missing_and_immature_values_say_so(visible):
    assert '<td class="num suppressed">不展示</td>' in visible
    assert re.search(r'class="num immature"[^>]*>[^<]+ <em>未成熟</em>', visible)
    legend = re.search(r'<dl class="note legend".*?</dl>', visible, re.S)[0]
    assert re.findall(r"<dd>(.*?)</dd>", legend) == [
        "没有数据：平台导出不含此项，或文件尚未交付",
        "人数少于小单元阈值，或可由其推出，故不展示",
        "观察窗口尚未走完，数值还会上升",
        "另有原因，见表下同一字母",
    ]


def test_a_reason_of_its_own_stands_below_the_table_under_the_cell_s_letter(visible):
    accounts = re.search(r'<table id="accounts-table".*?</ul>', visible, re.S)[0]
    reasons = dict(re.findall(r"<li><sup>(\w)</sup> (.*?)</li>", accounts))
    marked = re.findall(r'aria-label="([^"]*)"[^>]*>—<sup>(\w)</sup>', accounts)
    assert "账号的导出不含此项，或尚未交付" in reasons.values()
    assert marked and all(reasons[mark] == why for why, mark in marked)
    assert {mark for _, mark in marked} <= set(reasons)


def test_no_explanation_waits_for_a_mouse(page):
    assert not re.search(r"<[^>]+ title=", page)


def test_reasons_are_marked_in_order_and_common_ones_not():
    whys = ["b", "", "a", "common", "b", *map(str, range(26))]
    line = [Cell("—", "missing", why) for why in whys]
    table = Table(id="t", title="", head=("",) * len(line), rows=[line])
    marks = table.reasons(["common"])
    assert [marks["b"], marks["a"], marks["0"]] == ["a", "b", "c"]
    assert [marks["23"], marks["24"], marks["25"]] == ["z", "aa", "ab"]
    assert "common" not in marks and "" not in marks


def test_what_is_out_of_its_range_is_told_in_words_the_gravest_first(page, visible):
    listed = re.search(r'<table id="watch-alerts".*?</table>', visible, re.S)[0]
    assert re.findall(r">(严重|警告|提示)<", listed) == ["严重", "严重", "警告", "提示"]
    assert "&lt;/script&gt;" in listed
    assert "· 视频号 2026-11-11 阅读 1.81万，高于通常范围 1,003–1.44万（前 5 个周三的" in listed
    assert "深圳分行 2026-W46 阅读到引流点击转化率 11.0%，高于通常范围 0.40%–8.00%" in listed
    assert "全行 2026-W46 到达" in listed and "深圳分行 2026-W46 到达" not in listed  # the same
    assert "1 处出现严重评论；2 项偏离较大，其中 1 项偏低" in page


def test_mau_to_come_stands_beside_the_latest_for_bank_and_tiers(visible):
    listed = re.search(r'<table id="watch-forecasts".*?</table>', visible, re.S)[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in listed.split("<tr>")[2:]]
    assert [row[0] for row in rows] == ["总行", "全行"]
    assert rows[1][1:4] == ["2,400", "2,653", "2,121–3,185"]


def test_every_link_within_the_page_has_its_target(page):
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


def test_ids_are_unique(page):
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_sections_stand_in_the_agreed_order(page):
    assert re.findall(r'<section id="([^"]+)"', page) == [
        "findings",
        "figures-of-the-week",
        "funnel",
        "trend",
        "matrix",
        "watch",
        "followers",
        "lifecycle",
        "retention",
        "assets",
        "wealth",
        "cards",
        "subscriptions",
        "attribution",
        "money",
        "journeys",
        "content",
        "themes",
        "compliance",
        "opinion",
        "accounts",
        "quality",
        "parameters",
        "definitions",
    ]


def test_files_that_wait_are_listed_and_no_table_stands_where_none_does(facts, visible):
    listed = re.search(r'<table id="quality-waiting".*?</table>', visible, re.S)[0]
    assert "作品列表.xlsx" in listed and "留置待核" in listed and "不认识" in listed
    assert 'id="quality-waiting"' not in render(replace(facts, waiting=[]))


def test_posts_that_cannot_be_told_apart_are_listed_with_their_line(facts, visible):
    listed = re.search(r'<table id="quality-ambiguous".*?</table>', visible, re.S)[0]
    assert "同题一" in listed and "或为改名" in listed and "笔记列表明细表.xlsx" in listed
    assert 'id="quality-ambiguous"' not in render(replace(facts, ambiguous=[]))


def test_a_withheld_number_is_nowhere_in_the_page(facts):
    stages = [
        replace(row, persons=7_654_321, suppressed="persons")
        if (row.stage, row.tier) == ("arrival", "branch")
        else row
        for row in facts.stages
    ]
    page = render(replace(facts, stages=stages))
    assert "7654321" not in page and "7,654,321" not in page and "765.4万" not in page


def test_a_page_can_be_made_of_one_week_and_nothing_else(tmp_path):
    path = draw(tmp_path / "funnel.duckdb")
    with duckdb.connect(str(path)) as connection:
        tables = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'published'"
        ).fetchall()
        for (table,) in tables:
            if table not in ("run", "parameters"):
                connection.execute(f"delete from published.{table}")
        connection.execute(
            "insert into published.weekly_funnel by name "
            "select '2026-W46' as week, date '2026-11-09' as week_starts, 'bank' as level, "
            "'read' as stage, 1 as stage_order"
        )
    page = write(Settings(home=tmp_path, reports=tmp_path / "reports"))[0]
    assert "本周没有可用的数据" in page.read_text(encoding="utf-8")


def test_a_rate_names_its_base_unless_it_is_the_bar_above(facts):
    steps = [
        replace(step, previous_stage="read") if step.stage == "intent" else step
        for step in facts.steps
    ]
    page = render(replace(facts, steps=steps))
    assert "占阅读 169.9%" in page and "↓ 13.8%" in page


def test_a_withheld_rate_is_not_given_as_a_small_number(facts):
    months = [
        replace(r, mau=None, mau_per_follower=None, suppressed="mau") if r.level == "tier" else r
        for r in facts.months
    ]
    page = render(replace(facts, months=months))
    assert re.search(r'class="num suppressed"[^>]*>不展示</td>', page)
