"""What does not fit is refused with its place and reason; nothing stops the run."""

import io
import json
import zipfile

import pytest

from tests.ingest.conftest import Workspace
from tests.ingest.containers import biff8, cells, csv_text, html_xls, parquet, poi_xlsx
from tests.ingest.test_wechat_channels import FIRST
from tests.ingest.test_wechat_channels import HEADER as VIDEO_HEADER
from tests.ingest.test_xiaohongshu import BANNER, HEADER, NOTE


def notes(*values: object, column: int = 3) -> bytes:
    """Notes at ten different times, the first few with other values in one column."""
    rows = []
    for i in range(10):
        row = [*NOTE]
        row[1] = f"2026年07月11日03时09分{i:02}秒"
        if i < len(values):
            row[column] = values[i]
        rows.append(row)
    return poi_xlsx({"Sheet1": [BANNER, HEADER, *rows]})


def test_a_refused_cell_waits_in_quarantine_and_the_other_rows_land(workspace: Workspace) -> None:
    report = workspace.land("hq/笔记列表明细表.xlsx", notes("1.2k", "439.5"))
    assert [(c.delivered, c.landed, c.repeated, c.refused) for c in report.datasets] == [
        (10, 8, 0, 2)
    ]
    assert report.refusals[0] == (
        "xiaohongshu_notes：hq/笔记列表明细表.xlsx，工作表 Sheet1，第 3 行\n"
        "  「曝光」列的值「1.2k」应为计数（不是数字）\n"
        "  10 行中入库 8 行，本行在隔离区：改正导出后重新交付，\n"
        "  或在 pipeline/ingest/platforms/xiaohongshu.py 声明这种写法后运行 funnel replay"
    )
    file = workspace.home / "quarantine" / f"{report.delivery_id}.jsonl"
    entries = [json.loads(line) for line in file.read_text().splitlines()]
    assert entries[0] == {
        "delivery_id": report.delivery_id,
        "dataset": "xiaohongshu_notes",
        "source_file": "hq/笔记列表明细表.xlsx",
        "source_sheet": "Sheet1",
        "source_line": 3,
        "column": "曝光",
        "value": "1.2k",
        "reason": "not a number",
        "expected": "a count",
    }
    assert [entry["reason"] for entry in entries] == ["not a number", "not a whole number"]


def test_too_many_refused_rows_refuse_the_file_whole_and_it_keeps_waiting(
    workspace: Workspace,
) -> None:
    report = workspace.land("hq/notes.xlsx", notes(*["x"] * 6))
    assert report.outcome == "refused"
    assert "10 行中入库 0 行" in report.refusals[0]
    assert "60% of its rows are refused; expected at most 50%" in report.reasons[0]
    assert workspace.rows("xiaohongshu_notes") == []
    assert (workspace.home / "quarantine" / f"{report.delivery_id}.jsonl").exists()
    assert workspace.run().files[0].outcome == "refused"


def test_the_same_row_again_is_a_repeat_and_another_value_a_contradiction(
    workspace: Workspace,
) -> None:
    rows = [[*NOTE[:1], f"2026年07月11日03时09分{i:02}秒", *NOTE[2:]] for i in range(8)]
    other = [*rows[0][:3], 440.0, *rows[0][4:]]
    data = poi_xlsx({"Sheet1": [HEADER, *rows, rows[1], other]})
    report = workspace.land("hq/notes.xlsx", data)
    counts = report.datasets[0]
    assert (counts.delivered, counts.landed, counts.repeated, counts.refused) == (10, 8, 1, 1)
    assert counts.delivered == counts.landed + counts.repeated + counts.refused
    assert "第 11 行" in report.refusals[0]
    assert "与第 2 行矛盾：published_at, title, form 相同" in report.refusals[0]


def test_an_unknown_column_is_named_and_not_landed(workspace: Workspace) -> None:
    data = poi_xlsx({"Sheet1": [[*HEADER, "投币"], [*NOTE, 7.0]]})
    report = workspace.land("hq/notes.xlsx", data)
    assert (report.outcome, report.unknown_columns) == ("landed", ("投币",))
    assert report.warnings[0] == "columns that are not declared were not landed: 投币"


def test_a_missing_required_column_refuses_the_file_and_is_named(workspace: Workspace) -> None:
    data = poi_xlsx({"Sheet1": [HEADER[1:], NOTE[1:]]})
    report = workspace.land("hq/notes.xlsx", data)
    assert report.outcome == "refused"
    assert "xiaohongshu_notes in row 1 without 笔记标题" in report.reasons[0]


def test_a_column_that_stands_twice_refuses_the_file(workspace: Workspace) -> None:
    data = poi_xlsx({"Sheet1": [[*HEADER, "曝光"], [*NOTE, 7.0]]})
    assert "the column 曝光 more than once" in workspace.land("hq/a.xlsx", data).reasons[0]


def test_a_table_that_fits_two_declarations_is_refused_with_both_names(
    workspace: Workspace,
) -> None:
    header = [*HEADER, *(name for name in VIDEO_HEADER if name not in HEADER)]
    data = csv_text([header, [""] * len(header)])
    reason = workspace.land("hq/a.csv", data).reasons[0]
    assert "xiaohongshu_notes" in reason
    header = cells("account_id | counted_on | followers | source_code | product_line | entry")
    reason = workspace.land("bank/a.csv", csv_text([header, ["x"] * 6])).reasons[0]
    assert "fits two declarations, bank_follower_counts and bank_links" in reason


def test_a_file_that_fits_no_declaration_is_named_and_stays(workspace: Workspace) -> None:
    path = workspace.deliver("hq/其他.csv", csv_text([["随便", "什么"], ["1", "2"]]))
    report = workspace.run().files[0]
    assert (report.file, report.outcome) == ("hq/其他.csv", "unknown")
    assert "beginning with: 随便 | 什么" in report.reasons[0]
    assert path.exists()


def test_a_document_is_unknown_and_not_a_broken_workbook(workspace: Workspace) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    report = workspace.land("hq/运营周报.docx", buffer.getvalue())
    assert report.outcome == "unknown"
    assert "a zip archive" in report.reasons[0]


WHOLE = notes()
DAMAGED = b"a,b\n" + "南京分行的描述,1\n".encode() * 2 + "南京分行的\n".encode()[:-2] + b"\n"


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 64 * 1024**2)
    return buffer.getvalue()


def spread() -> bytes:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", far))
    return buffer.getvalue()


def vast_dimensions() -> bytes:
    """Give a BIFF8 whose DIMENSIONS record claims two billion rows: its reader aborts."""
    data = bytearray(biff8([["a", "b"], [1, 2]]))
    last_row = data.index(b"\x00\x02\x0e\x00") + 8
    data[last_row : last_row + 4] = (0x7FFFFFF0).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "an empty file"),
        (b" \n\n", "an empty file"),
        (WHOLE[: len(WHOLE) // 2], "a workbook that cannot be read"),
        (WHOLE[:-30], "a workbook that cannot be read"),
        (biff8([HEADER, NOTE])[:2000], "a workbook that cannot be read"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "a workbook that cannot be read"),
        (bomb(), "times its size; expected at most 200 times"),
        (spread(), "a workbook that cannot be read"),
        (vast_dimensions(), "so that its reader gave up"),
        (b'{"code": -1, "msg": "error"}', "JSON, as a back office answers"),
        (b"a,b\n1,\x002\n", "NUL bytes"),
        ("a,b\n".encode("utf-16"), "NUL bytes"),
        (b"\xff\xff\xff\xff", "bytes that are neither"),
        (DAMAGED, "UTF-8 text with 1 broken characters, the first on line 4"),
        (b'a,b\n1,"2\n3,4\n', "a record starting on line 2"),
        (html_xls([["a"]]).split(b"</table>")[0], "HTML without a complete table"),
        (b"PAR1" + b"\x00" * 50, "Parquet that cannot be read"),
        (parquet({"event_id": [[1]]}), "column event_id of type list"),
    ],
)
def test_a_broken_file_is_refused_with_what_was_found(
    workspace: Workspace, data: bytes, found: str
) -> None:
    report = workspace.land("hq/笔记列表明细表.xlsx", data)
    assert report.outcome == "refused"
    assert found in report.reasons[0]
    assert "; expected " in report.reasons[0]


def test_entities_that_a_page_declares_are_not_expanded(workspace: Workspace) -> None:
    rows = [
        cells("时间 | 新关注人数 | 取消关注人数 | 净增关注人数 | 累积关注人数"),
        ["2026-11-02"] + ["1"] * 4,
    ]
    page = b'<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    page += html_xls(rows).replace(b"2026-11-02", b"2026-11-02&a;")
    report = workspace.land("hq/user_analysis.xls", page)
    assert report.outcome == "refused"
    entry = next((workspace.home / "quarantine").glob("*.jsonl")).read_text()
    assert "2026-11-02&a;" in entry


@pytest.mark.parametrize("name", ["hq/notes.csv", "hq/notes.xls", "hq/notes", "hq/notes.json"])
def test_the_bytes_decide_and_not_the_extension(workspace: Workspace, name: str) -> None:
    assert workspace.land(name, WHOLE).outcome == "landed"


def test_a_row_of_another_width_than_the_header_is_refused(workspace: Workspace) -> None:
    rows = [[FIRST[0], f"v{i}", *FIRST[2:]] for i in range(9)]
    data = csv_text([VIDEO_HEADER, *rows]) + b'"a","b","c"\n'
    report = workspace.land("hq/a.csv", data)
    assert [(c.landed, c.refused) for c in report.datasets] == [(9, 1)]
    assert "本行 3 格，表头 15 格" in report.refusals[0]


def test_a_row_of_dashes_below_a_table_is_refused_and_a_blank_one_is_none(
    workspace: Workspace,
) -> None:
    rows = [[FIRST[0], f"v{i}", *FIRST[2:]] for i in range(9)]
    data = csv_text([VIDEO_HEADER, *rows, [""] * 15, ["合计", *["-"] * 14]])
    report = workspace.land("hq/a.csv", data)
    assert [(c.delivered, c.landed, c.refused) for c in report.datasets] == [(10, 9, 1)]
