"""What was refused can be listed, and lands once the declaration accepts it."""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline import ingest
from pipeline.ingest import quarantine
from pipeline.ingest.platforms.xiaohongshu import NOTES
from pipeline.ingest.units import local_time
from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, csv_text, poi_xlsx
from tests.ingest.test_refusals import notes
from tests.ingest.test_xiaohongshu import HEADER, NOTE

running = sys.modules["pipeline.ingest.run"]  # the name in the package is the function
SLASHED = "2026/07/11 03:09:{:02}"


def written(*, slashed: int, broken: int = 0, title: str = "标题") -> bytes:
    """Ten notes, the first few with a time that is not declared, then some with a broken count."""
    rows = []
    for i in range(10):
        row = [title, *NOTE[1:]]
        row[1] = SLASHED.format(i) if i < slashed else f"2026年07月11日03时09分{i:02}秒"
        row[3] = "x" if slashed <= i < slashed + broken else row[3]
        rows.append(row)
    return poi_xlsx({"Sheet1": [HEADER, *rows]})


@pytest.fixture
def declare_slashes(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Declare the other time too, as a person who read `funnel quarantine` would."""

    def declare() -> None:
        forms = local_time("%Y年%m月%d日%H时%M分%S秒", "%Y/%m/%d %H:%M:%S")
        columns = tuple(
            replace(column, type=forms) if column.headers == ("首次发布时间",) else column
            for column in NOTES.columns
        )
        declared = [
            replace(NOTES, columns=columns) if source is NOTES else source
            for source in ingest.sources()
        ]
        monkeypatch.setattr(running, "sources", lambda: declared)

    return declare


def test_refusals_are_counted_by_file_and_reason_most_rows_first(workspace: Workspace) -> None:
    workspace.deliver("hq/a.xlsx", written(slashed=2, broken=1))
    workspace.deliver("nj/b.xlsx", notes(*["x"] * 6))
    header = cells("account_id | counted_on | followers")
    same = [["hq", "2026-11-01", n] for n in (1, 2, 3)]
    others = [["hq", f"2026-11-{d:02}", d] for d in range(2, 9)]
    workspace.deliver("bank/f.csv", csv_text([header, *same, *others]))
    workspace.run()
    found = quarantine.summary(workspace.settings)
    names = ("source_file", "state", "column", "reason", "rows", "first_line")
    assert [tuple(row[name] for name in names) for row in found] == [
        ("nj/b.xlsx", "refused", "曝光", "not a number", 6, 3),
        (
            "bank/f.csv",
            "landed",
            None,
            "contradicts a line: the same account_id, counted_on with other values",
            2,
            3,
        ),
        ("hq/a.xlsx", "landed", "首次发布时间", "not a date in a declared form", 2, 2),
        ("hq/a.xlsx", "landed", "曝光", "not a number", 1, 4),
    ]


def test_of_one_file_every_refused_cell_is_listed(workspace: Workspace) -> None:
    workspace.deliver("hq/a.xlsx", written(slashed=1, broken=1))
    workspace.deliver("nj/b.xlsx", notes("x"))
    workspace.run()
    found = quarantine.listed(workspace.settings, "hq/")
    assert [(row["source_line"], row["value"]) for row in found] == [
        (2, SLASHED.format(0)),
        (3, "x"),
    ]


def test_a_workspace_without_quarantine_lists_nothing(workspace: Workspace) -> None:
    assert quarantine.summary(workspace.settings) == []


def test_a_replay_lands_what_a_changed_declaration_accepts_and_counts_reconcile(
    workspace: Workspace, declare_slashes: Callable[[], None]
) -> None:
    workspace.deliver("hq/2026-11-09/a.xlsx", written(slashed=3, broken=1))
    workspace.deliver("nj/2026-11-09/whole.xlsx", written(slashed=8, title="另一篇"))
    workspace.run()
    columns = "source_file, delivered, landed, repeated, refused"
    assert workspace.rows("deliveries", columns, order="all") == [
        ("hq/2026-11-09/a.xlsx", 10, 6, 0, 4)
    ]
    declare_slashes()
    workspace.run(replay=True)
    assert workspace.rows("deliveries", columns, order="all") == [
        ("hq/2026-11-09/a.xlsx", 10, 9, 0, 1),
        ("nj/2026-11-09/whole.xlsx", 10, 10, 0, 0),
    ]
    landed = workspace.rows("xiaohongshu_notes", "source_file", order="all")
    assert Counter(landed) == {("hq/2026-11-09/a.xlsx",): 9, ("nj/2026-11-09/whole.xlsx",): 10}
    assert [(r["source_file"], r["rows"]) for r in quarantine.summary(workspace.settings)] == [
        ("hq/2026-11-09/a.xlsx", 1)
    ]
    assert workspace.rows("waiting_files", order="all") == []


def test_a_replay_twice_changes_no_byte(
    workspace: Workspace, declare_slashes: Callable[[], None]
) -> None:
    workspace.land("hq/2026-11-09/a.xlsx", written(slashed=3, broken=1))
    declare_slashes()
    workspace.run(replay=True)
    once = workspace.bytes_of("lake", "quarantine")
    workspace.run(replay=True)
    assert workspace.bytes_of("lake", "quarantine") == once
