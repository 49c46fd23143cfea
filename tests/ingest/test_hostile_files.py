"""Files that are half there, locked, hand-made or malicious: named, never followed, no crash."""

import io
import os
import re
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline import ingest
from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, csv_text, html_xls, parquet, poi_xlsx
from tests.ingest.test_xiaohongshu import HEADER, NOTE

NOBODY = 65534
COUNTS = cells("account_id | counted_on | followers")
ROWS = [["hq", f"2026-11-{day:02}", day] for day in range(1, 10)]


def notes(count: int = 4) -> list[list[object]]:
    return [[*NOTE[:1], f"2026年07月11日03时09分{i:02}秒", *NOTE[2:]] for i in range(count)]


def rewritten(workbook: bytes, *changes: tuple[str, str], **parts: bytes) -> bytes:
    """A workbook with text of its sheets replaced and parts added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            text = old.read(name).decode()
            for pattern, put in changes:
                text = re.sub(pattern, put, text)
            new.writestr(name, text)
        for name, data in parts.items():
            new.writestr(name, data)
    return buffer.getvalue()


@contextmanager
def as_nobody() -> Iterator[Path]:
    """Give a folder of a user without rights, and be that user: root may open everything."""
    with tempfile.TemporaryDirectory() as folder:
        if os.geteuid() != 0:
            yield Path(folder)
            return
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield Path(folder)
        finally:
            os.seteuid(0)


def test_a_file_or_folder_that_may_not_be_opened_is_named_and_the_others_land() -> None:
    with as_nobody() as home:
        workspace = Workspace(home)
        workspace.deliver("bank/locked.csv", csv_text([COUNTS, *ROWS])).chmod(0)
        workspace.deliver("bank/open.csv", csv_text([COUNTS, *ROWS]))
        closed = workspace.deliver("hq/notes.xlsx", b"x").parent
        listed = workspace.deliver("nj/notes.xlsx", b"x").parent
        closed.chmod(0)
        listed.chmod(0o400)
        found = {file.file: (file.outcome, *file.reasons) for file in workspace.run().files}
        closed.chmod(0o700)
        listed.chmod(0o700)
    assert found.pop("bank/open.csv") == ("landed",)
    assert found.keys() == {"bank/locked.csv", "hq", "nj/notes.xlsx"}
    for outcome, reason in found.values():
        assert outcome == "refused"
        assert "cannot be opened (Permission denied)" in reason


def test_a_folder_named_like_a_file_is_a_folder(workspace: Workspace) -> None:
    workspace.deliver("hq/notes.xlsx/a.xlsx", poi_xlsx({"Sheet1": [HEADER, NOTE]}))
    assert [(f.file, f.outcome) for f in workspace.run().files] == [
        ("hq/notes.xlsx/a.xlsx", "landed")
    ]


def test_a_file_written_a_moment_ago_waits_until_it_rests(workspace: Workspace) -> None:
    path = workspace.deliver("bank/f.csv", csv_text([COUNTS, *ROWS]))
    settings = workspace.settings.model_copy(update={"rest_seconds": 60})
    report = ingest.run(settings).files[0]
    assert report.outcome == "refused"
    assert report.reasons[0].startswith("a file that was being written a moment ago")
    for rested in (time.time() - 61, time.time() + 3600):
        os.utime(path, (rested, rested))
        assert ingest.run(settings).files[0].outcome in ("landed", "repeated")


@pytest.mark.parametrize("ends", ["grows", "goes away"])
def test_a_file_that_changes_while_it_is_read_waits(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    path = workspace.deliver("bank/f.csv", csv_text([COUNTS, *ROWS]))
    opening = ingest.run.__globals__["open_file"]

    def open_and_change(file: Path, *rest: object) -> object:
        opened = opening(file, *rest)
        if ends == "grows":
            with file.open("a") as growing:
                growing.write("hq,2026-11-20,20\n")
        else:
            file.unlink()
        return opened

    monkeypatch.setitem(ingest.run.__globals__, "open_file", open_and_change)
    report = workspace.run().files[0]
    assert report.outcome == "refused"
    assert report.reasons[0].startswith(("a file that changed", "a file that went away"))
    monkeypatch.undo()
    assert [f.outcome for f in workspace.run().files] == (["landed"] if path.exists() else [])


def test_the_blank_cells_of_a_merged_one_are_missing_never_the_value_above(
    workspace: Workspace,
) -> None:
    rows = notes()
    rows[1][3] = rows[2][3] = None
    merged = ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="D2:D4"/></mergeCells>')
    report = workspace.land("hq/a.xlsx", rewritten(poi_xlsx({"S": [HEADER, *rows]}), merged))
    assert [(c.landed, c.refused) for c in report.datasets] == [(2, 2)]
    assert "「曝光」列的值「」应为计数（缺值）" in report.refusals[0]


def test_a_formula_is_read_as_the_value_it_had_and_one_without_is_missing(
    workspace: Workspace,
) -> None:
    formula = r'(<c r="D2" t="n">)(<v>)', r"\1<f>1+1</f>\2"
    unsaved = r'<c r="D3" t="n"><v>[^<]*</v>', '<c r="D3" t="n"><f>1+1</f>'
    data = rewritten(poi_xlsx({"S": [HEADER, *notes()]}), formula, unsaved)
    report = workspace.land("hq/a.xlsx", data)
    assert [(c.landed, c.refused) for c in report.datasets] == [(3, 1)]
    assert workspace.rows("xiaohongshu_notes", "impressions")[0] == (int(float(NOTE[3])),)


def test_macros_are_neither_run_nor_in_the_way(workspace: Workspace) -> None:
    macros = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 a macro"}
    data = rewritten(poi_xlsx({"S": [HEADER, *notes()]}), **macros)
    assert workspace.land("hq/a.xlsm", data).outcome == "landed"


def test_a_sheet_of_a_million_rows_is_refused_and_the_limit_named(workspace: Workspace) -> None:
    filled = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(9, 10**6 + 1))
    data = rewritten(poi_xlsx({"S": [HEADER, NOTE]}), ("</sheetData>", filled + "</sheetData>"))
    report = workspace.land("hq/a.xlsx", data)
    assert report.outcome == "refused"
    assert "sheet S has 1,000,000 rows, more than 200,000" in report.reasons[0]


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "'
    + "&a;" * 99
    + '"><!ENTITY c "'
    + "&b;" * 99
    + '"><!ENTITY d "'
    + "&c;" * 99
    + '"><!ENTITY e "'
    + "&d;" * 99
    + '"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("entity", ["e", "f"])
def test_entities_of_a_workbook_are_not_expanded(workspace: Workspace, entity: str) -> None:
    declared = "<worksheet", LAUGHS + "<worksheet"
    used = r"<t xml:space=\"preserve\">最强模型[^<]*", f'<t xml:space="preserve">&{entity};'
    data = rewritten(poi_xlsx({"S": [HEADER, *notes()]}), declared, used)
    report = workspace.land("hq/a.xlsx", data)
    assert report.outcome == "refused"
    assert f"unrecognized entity `&{entity};`" in report.reasons[0]


@pytest.mark.parametrize("entity", ["e", "f"])
def test_entities_of_a_page_are_not_expanded(workspace: Workspace, entity: str) -> None:
    header = cells("时间 | 新关注人数 | 取消关注人数 | 净增关注人数 | 累积关注人数")
    page = LAUGHS.replace("DOCTYPE x", "DOCTYPE html").encode() + html_xls(
        [header, ["day", "1", "1", "1", "1"]]
    )
    report = workspace.land("hq/u.xls", page.replace(b"day", f"&{entity};".encode()))
    assert report.outcome == "refused"
    entry = next((workspace.home / "quarantine").glob("*.jsonl")).read_text()
    assert f"&{entity};" in entry


def test_a_stamp_that_unpacks_without_end_is_not_unpacked(workspace: Workspace) -> None:
    endless = b"<dcterms:created>" + b" " * 12 * 1024**2 + b"</dcterms:created>"
    data = rewritten(poi_xlsx({"S": [HEADER, NOTE]}, ""), **{"docProps/core.xml": endless})
    assert workspace.land("hq/a.xlsx", data).outcome == "landed"


def test_a_nul_in_a_cell_refuses_its_row(workspace: Workspace) -> None:
    rows = [["hq", f"2026-11-{day:02}", str(day)] for day in range(1, 10)]
    rows[3][0] = "h\x00q"
    columns = dict(zip(COUNTS, zip(*rows, strict=True), strict=True))
    report = workspace.land("bank/f.parquet", parquet({k: list(v) for k, v in columns.items()}))
    assert [(c.landed, c.refused) for c in report.datasets] == [(8, 1)]
    assert "NUL" in report.refusals[0]
