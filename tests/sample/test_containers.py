import builtins
import csv
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from pipeline.errors import ConfigurationError
from pipeline.sample.exports.xiaohongshu_notes import BANNER, HEADER
from pipeline.sample.writers.biff import Block, write_biff


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")


def notes(inbox: Path, account: str, day: str) -> Path:
    (path,) = (inbox / account / day).glob("笔记列表明细表*.xlsx")
    return path


def test_a_notes_workbook_keeps_strings_inline_and_integers_as_floats(inbox: Path) -> None:
    path = notes(inbox, "hq-xhs", "2026-11-16")
    sheet = part(path, "xl/worksheets/sheet1.xml")
    assert path.read_bytes().startswith(b"PK\x03\x04")
    assert '<c r="D3" t="n"><v>' in sheet and re.search(r"<v>\d+\.0</v>", sheet)
    assert 't="s"' not in sheet
    assert 'uniqueCount="0"' in part(path, "xl/sharedStrings.xml")
    assert 'width="25.0"' in sheet and 'ht="20.0"' in sheet


def test_the_banner_is_in_every_cell_of_row_1_and_merged(inbox: Path) -> None:
    sheet = part(notes(inbox, "hq-xhs", "2026-11-16"), "xl/worksheets/sheet1.xml")
    first_row = sheet.split("</row>")[0]
    assert first_row.count(BANNER) == len(HEADER) == 13
    assert '<mergeCell ref="A1:M1"/>' in sheet


def test_the_moment_of_export_is_stated_in_utc_on_the_day_of_the_folder(inbox: Path) -> None:
    for path in inbox.glob("hq-xhs/*/*.xlsx"):
        created = re.search(r"W3CDTF\">(\S+?)Z<", part(path, "docProps/core.xml"))
        assert created is not None
        assert created[1] > f"{path.parent.name}T00:00"
        assert created[1] < f"{path.parent.name}T04:00"


def test_a_workbook_saved_again_has_shared_strings_and_no_banner(inbox: Path) -> None:
    path = notes(inbox, "branch-haitang-xhs", "2026-11-02")
    sheet = part(path, "xl/worksheets/sheet1.xml")
    assert "inlineStr" not in sheet and "mergeCell" not in sheet and ".0</v>" not in sheet
    shared = part(path, "xl/sharedStrings.xml")
    assert BANNER not in shared and "笔记标题" in shared


def test_calamine_reads_the_workbooks(inbox: Path) -> None:
    path = notes(inbox, "cards-xhs", "2026-10-26")
    frame = pd.read_excel(path, header=None, dtype=str, engine="calamine")
    assert tuple(frame.iloc[1]) == HEADER
    assert path.name == "笔记列表明细表 (1).xlsx"


def test_follower_numbers_are_an_html_table_named_xls(inbox: Path) -> None:
    path = inbox / "hq-mp" / "2026-11-16" / "user_analysis.xls"
    assert path.read_bytes().startswith(b"<html")
    (table,) = pd.read_html(path, header=1, encoding="utf-8")
    assert list(table) == ["时间", "新关注人数", "取消关注人数", "净增关注人数", "累积关注人数"]
    assert len(table) == 30


def test_tendency_is_biff8_with_three_tables_side_by_side(inbox: Path) -> None:
    (path,) = (inbox / "wealth-mp" / "2026-11-16").glob("tendency_*.xls")
    assert path.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    sheets = pd.read_excel(path, header=None, dtype=str, engine="calamine", sheet_name=None)
    assert list(sheets) == ["New Sheet1"]
    sheet = sheets["New Sheet1"]
    header = sheet[sheet[1] == "日期"].iloc[0]
    assert sheet[0].isna().all()
    assert [header[c] for c in (1, 2, 3)] == ["日期", "渠道", "阅读人数"]
    assert [header[c] for c in (5, 9)] == ["日期", "发表篇数"]
    assert [header[c] for c in (11, 15)] == ["传播渠道", "阅读人数占比"]


def test_articles_come_in_nine_columns_in_sixteen_and_as_gb18030(inbox: Path) -> None:
    (new,) = (inbox / "wealth-mp" / "2026-11-16").glob("total_*.xls")
    (old,) = (inbox / "branch-linjiang-mp" / "2026-11-16").glob("total_*.xls")
    widths = [len(pd.read_excel(p, header=None, engine="calamine").columns) for p in (new, old)]
    assert widths == [10, 17]  # column A is blank
    (text,) = (inbox / "hq-mp" / "2026-10-19").glob("total_*.csv")
    assert text.read_bytes().decode("gb18030").startswith("内容标题,发表日期,")


@pytest.mark.parametrize(("account", "columns"), [("hq-video", 19), ("wealth-video", 15)])
def test_video_csv_has_a_bom_quoted_text_and_bare_numbers(
    inbox: Path, account: str, columns: int
) -> None:
    raw = (inbox / account / "2026-11-16" / "视频号动态数据明细.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw
    text = raw.decode("utf-8-sig")
    header, *rows = csv.reader(text.splitlines(keepends=True))
    assert len(header) == columns and all(len(row) == columns for row in rows)
    assert any("\n" in row[0] for row in rows) and any(row[0] == "" for row in rows)
    assert re.search(r'","\d+\.\d\d秒",\d+,\d+,', text)


def test_without_xlwt_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = builtins.__import__

    def missing(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if name == "xlwt":
            raise ImportError(name)
        return real(name, globals, locals, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ConfigurationError, match=r"pip install 'follower-funnel\[sample\]'"):
        write_biff(tmp_path / "a.xls", [Block(1, "title", [["a"]])])
