"""`funnel label`: out to people and back into the next night."""

import shutil
from pathlib import Path

import duckdb
import openpyxl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline import ingest, warehouse
from pipeline.cli import app
from pipeline.errors import InputError
from pipeline.review.labels import label
from pipeline.review.names import FORM_NAMES, THEME_NAMES
from pipeline.review.words import language
from tests.conftest import AS_OF, KEY, SAMPLE


def funnel(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["label", *map(str, words)])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A night over the exports of one account of the sample."""
    home = tmp_path_factory.mktemp("label") / "data"
    for name in ("bank/2026-11-16", "hq-xhs/2026-11-16"):
        shutil.copytree(SAMPLE / "inbox" / name, home / "inbox" / name)
    file = home / "funnel.toml"
    file.write_text(f'as_of = "{AS_OF}"\ntoken_key = "{KEY}"\n', encoding="utf-8")
    file.chmod(0o600)
    night(home)
    return home


def night(home: Path) -> None:
    from pipeline import settings as configuration

    settings = configuration.load(home=home)
    ingest.run(settings)
    warehouse.build(settings)


def test_every_label_has_a_chinese_name() -> None:
    assert THEME_NAMES.keys() == language("themes").keys()
    assert FORM_NAMES.keys() == {*language("forms"), "none"}
    assert label.__doc__


def test_what_is_filled_in_goes_before_the_classifier_the_next_night(home: Path) -> None:
    asked = funnel("--home", home, "--below", "0.9", "--most", "4")
    file = home / "labels" / "to-label.xlsx"
    assert (asked.exit_code, f"{file}：4 篇待标注" in asked.stdout) == (0, True)
    book = openpyxl.load_workbook(file)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    assert heads[0] == "作品编号"
    assert heads[-2:] == ["主题", "形式"]
    surest = [row[6] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert surest == sorted(surest)
    posts = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    for line, (theme, form) in enumerate([("文旅", None), ("ip", "直播带货"), ("美食", None)], 2):
        sheet.cell(line, 8).value, sheet.cell(line, 9).value = theme, form
    book.save(file)
    taken = funnel(file, "--home", home)
    assert taken.exit_code == 2
    assert "收下 3 行，次夜生效；拒收 1 处" in taken.stdout
    assert "第 4 行 主题：“美食”不能用；应为 one of 产品宣传" in taken.stdout
    night(home)
    with duckdb.connect(str(home / "funnel.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select theme, theme_source, selling_form, form_source, theme_confidence"
            " from published.content_posts where list_contains($posts, post_id)"
            " order by list_position($posts, post_id)",
            {"posts": posts},
        ).fetchall()
    assert found[0][:2] == ("culture_travel", "bank")
    assert (found[0][3], found[0][4]) == ("rule", None)
    assert found[1] == ("ip", "bank", "live_commerce", "bank", None)
    assert [row[1] for row in found[2:]] == ["rule", "rule"]
    again = funnel("--home", home, "--below", "0.9", "--most", "1000")
    assert again.exit_code == 0
    rest = openpyxl.load_workbook(file).active
    assert not {row[0] for row in rest.iter_rows(min_row=2, values_only=True)} & set(posts[:2])


def test_a_file_that_is_none_of_labels_is_not_taken(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("编号,颜色\n1,红\n", encoding="utf-8")
    before = sorted((home / "inbox").rglob("*"))
    done = funnel(other, "--home", home)
    assert isinstance(done.exception, InputError)
    assert "应有 作品编号、主题 两列" in str(done.exception)
    assert sorted((home / "inbox").rglob("*")) == before


def test_a_calendar_is_taken_with_whatever_other_columns_it_has(home: Path, tmp_path: Path) -> None:
    calendar = tmp_path / "日历.csv"
    calendar.write_text(
        "排期,账号编号,标题,主题,负责人\n11-20,hq-xhs,某一题,热点赛事,某人\n", encoding="utf-8"
    )
    done = funnel(calendar, "--home", home)
    assert (done.exit_code, "收下 1 行" in done.stdout) == (0, True)
    night(home)
    landed = home / "lake" / "bank_content_calendar"
    (row,) = duckdb.sql(f"select * from '{landed}/month=*/*.parquet'").fetchall()
    assert row[:4] == ("hq-xhs", "某一题", "hot_event", None)
    assert "某人" not in row
