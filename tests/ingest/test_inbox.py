"""Which account a file belongs to, when it was exported, and what is passed over."""

import os
from datetime import datetime

import pytest

from pipeline.ingest.inbox import export_time
from tests.ingest.conftest import Workspace
from tests.ingest.containers import csv_text, poi_xlsx
from tests.ingest.test_bank import ACCOUNTS
from tests.ingest.test_xiaohongshu import HEADER, NOTE


def notes(impressions: float = 1.0, created: str = "2026-11-09T01:02:03Z") -> bytes:
    return poi_xlsx({"Sheet1": [HEADER, [*NOTE[:3], impressions, *NOTE[4:]]]}, created)


def register(*accounts: tuple[str, str]) -> bytes:
    rows = [
        [account, account, "xiaohongshu", "branch", "U1", "南京", "", "2025-01-01", "", files]
        for account, files in accounts
    ]
    return csv_text([ACCOUNTS, *rows])


def test_the_first_folder_is_the_account(workspace: Workspace) -> None:
    report = workspace.land("hq-brand/2026-11-09/更多/notes.xlsx", notes())
    assert report.account_id == "hq-brand"


def test_the_patterns_of_the_register_come_before_the_folder(workspace: Workspace) -> None:
    # The register sorts behind the file it speaks of, and is read before it all the same.
    workspace.deliver("zz/register.csv", register(("nj", "all/南京*;x/**"), ("hq", "")))
    report = workspace.land("all/南京 notes.xlsx", notes())
    assert (report.account_id, report.warnings) == ("nj", [])


def test_a_file_that_two_accounts_claim_waits(workspace: Workspace) -> None:
    workspace.deliver("bank/register.csv", register(("nj", "all/*"), ("hq", "all/n*")))
    report = workspace.land("all/notes.xlsx", notes())
    assert report.outcome == "refused"
    assert "the patterns of nj and hq match" in report.reasons[0]


@pytest.mark.parametrize("name", ["notes.xlsx", "bank/notes.xlsx"])
def test_a_file_of_no_account_waits_with_that_reason(workspace: Workspace, name: str) -> None:
    report = workspace.land(name, notes())
    assert report.outcome == "refused"
    assert "belongs to no account" in report.reasons[0]
    workspace.deliver("bank/register.csv", register(("nj", name)))
    assert [f.outcome for f in workspace.run().files] == ["landed", "landed"]


def test_a_register_that_comes_late_moves_what_landed_before_it(workspace: Workspace) -> None:
    assert workspace.land("南京分行/notes.xlsx", notes()).account_id == "南京分行"
    workspace.deliver("bank/register.csv", register(("nj", "南京*/**")))
    assert [f.outcome for f in workspace.run().files] == ["landed", "landed"]
    assert workspace.rows("xiaohongshu_notes", "account_id") == [("nj",)]
    assert workspace.rows("deliveries", "account_id", order="all") == [("nj",), (None,)]
    assert [f.outcome for f in workspace.run().files] == ["repeated", "repeated"]


def test_a_file_moved_to_the_right_account_lands_there_and_only_there(workspace: Workspace) -> None:
    path = workspace.deliver("hq/notes.xlsx", notes())
    workspace.run()
    (workspace.home / "inbox/nj").mkdir()
    path.rename(workspace.home / "inbox/nj/notes.xlsx")
    assert [(f.outcome, f.account_id) for f in workspace.run().files] == [("landed", "nj")]
    columns = "account_id, source_file"
    assert workspace.rows("xiaohongshu_notes", columns) == [("nj", "nj/notes.xlsx")]
    assert [f.outcome for f in workspace.run().files] == ["repeated"]


def test_an_account_that_is_not_registered_lands_with_a_warning(workspace: Workspace) -> None:
    report = workspace.land("hq/notes.xlsx", notes())
    assert report.outcome == "landed"
    assert "account hq is not in the bank's register" in report.warnings[0]


def test_what_systems_leave_behind_is_passed_over(workspace: Workspace) -> None:
    for name in ("hq/.DS_Store", "hq/~$notes.xlsx", "hq/Thumbs.db", ".tmp/notes.xlsx"):
        workspace.deliver(name, b"x")
    assert workspace.run().files == []


STAMP = datetime(2026, 11, 9, 9, 2, 3)
MODIFIED = 1789000000.9


@pytest.mark.parametrize(
    ("file", "created", "want", "by"),
    [
        ("hq/2026-11-09/a.xlsx", STAMP, STAMP, "folder"),
        ("hq/2026-11-08/a.xlsx", STAMP, datetime(2026, 11, 8), "folder"),
        ("hq/2026-13-40/a.xlsx", STAMP, STAMP, "container"),
        (
            "hq/tendency_1783987200_1786579199.xls",
            None,
            datetime(2026, 8, 13, 7, 59, 59),
            "file_name",
        ),
        (
            "hq/total_1783987200_1786579199 (1).xls",
            None,
            datetime(2026, 8, 13, 7, 59, 59),
            "file_name",
        ),
        ("hq/a.csv", None, datetime(2026, 9, 10, 8, 26, 40), "modified"),
    ],
)
def test_the_time_of_export_follows_the_stated_order(
    file: str, created: datetime | None, want: datetime, by: str
) -> None:
    assert export_time(file, created, MODIFIED) == (want, by)


def test_a_workbook_without_a_stamp_takes_the_time_it_was_modified(workspace: Workspace) -> None:
    path = workspace.deliver("hq/notes.xlsx", notes(created=""))
    os.utime(path, (MODIFIED, MODIFIED))
    workspace.run()
    assert workspace.rows("xiaohongshu_notes", "exported_at") == [
        (datetime(2026, 9, 10, 8, 26, 40),)
    ]


def test_a_name_with_a_line_end_stays_one_line_of_every_log(workspace: Workspace) -> None:
    workspace.deliver("hq/a.xlsx\n建模 227 张表，检查全部通过.xlsx", notes())
    (file,) = workspace.run().files
    assert file.file == "hq/a.xlsx\ufffd建模 227 张表，检查全部通过.xlsx"
