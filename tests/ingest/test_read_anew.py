"""What landed under a mapping or a declaration that was corrected since is read anew."""

import json
import sys
from dataclasses import replace

import pytest

from pipeline.ingest.catalogue import sources
from pipeline.ingest.source import Column
from pipeline.ingest.units import Type
from tests.ingest.conftest import Workspace
from tests.ingest.containers import csv_text
from tests.ingest.test_any_order import killed_at, state
from tests.ingest.test_mapping import HEADER, POST, POSTS
from tests.ingest.test_refusals import notes

running = sys.modules["pipeline.ingest.run"]  # the name in the package is the function
FILE = "weibo-hq/2026-11-09/a.csv"
MAPPING = "weibo-hq/mapping.toml"
WRONG = POSTS.replace('engagement = "转评赞数"', 'likes = "转评赞数"')
TABLE = csv_text([HEADER, *([f"第{i}条", *POST[1:]] for i in range(5))])
COLUMNS = "likes, engagement"


def landed(workspace: Workspace, mapping: str) -> Workspace:
    workspace.deliver(MAPPING, mapping.encode())
    workspace.deliver(FILE, TABLE)
    workspace.run()
    return workspace


def test_a_corrected_mapping_lands_its_files_anew_and_once(workspace: Workspace) -> None:
    landed(workspace, WRONG)
    assert set(workspace.rows("weibo_posts", COLUMNS)) == {(300, None)}
    workspace.deliver(MAPPING, POSTS.encode())
    assert [file.outcome for file in workspace.run().files] == ["landed"]
    assert workspace.rows("weibo_posts", COLUMNS) == [(None, 300)] * 5
    counts = workspace.rows("deliveries", "delivered, landed, repeated, refused", order="all")
    assert counts == [(5, 5, 0, 0)]
    assert [file.outcome for file in workspace.run().files] == ["repeated"]


@pytest.mark.parametrize("step", range(1, 14))
def test_killed_at_any_step_it_ends_as_if_the_mapping_had_always_been_right(
    workspace: Workspace, tmp_path_factory: pytest.TempPathFactory, step: int
) -> None:
    right = landed(Workspace(tmp_path_factory.mktemp("right")), POSTS)
    landed(workspace, WRONG)
    workspace.deliver(MAPPING, POSTS.encode())
    with killed_at(step):
        workspace.run()
    workspace.run()
    assert state(workspace.home) == state(right.home)


def test_a_mapping_that_is_broken_for_a_while_leaves_the_rows_as_they_are(
    workspace: Workspace,
) -> None:
    landed(workspace, POSTS)
    workspace.deliver(MAPPING, b"platform = ")
    (report,) = workspace.run().files
    assert (report.outcome, len(report.warnings)) == ("repeated", 1)
    assert "could not be read anew" in report.warnings[0]
    assert workspace.rows("weibo_posts", COLUMNS) == [(None, 300)] * 5


def test_what_the_mapping_no_longer_knows_leaves_the_lake_and_waits(workspace: Workspace) -> None:
    landed(workspace, POSTS)
    (workspace.home / "inbox" / MAPPING).unlink()
    assert [file.outcome for file in workspace.run().files] == ["unknown"]
    assert workspace.rows("weibo_posts") == workspace.rows("deliveries", order="all") == []


def _narrower(monkeypatch: pytest.MonkeyPatch, refuses: int) -> None:
    """Declare impressions so that the smallest `refuses` values of them no longer fit."""

    def parse(text: str) -> int:
        if int(float(text)) < refuses:
            raise ValueError("negative")
        return int(float(text))

    def narrowed(column: object) -> object:
        if not isinstance(column, Column) or column.name != "impressions":
            return column
        return replace(column, type=Type("a count", column.type.arrow, parse))

    declared = tuple(
        replace(source, columns=tuple(map(narrowed, source.columns))) for source in sources()
    )
    monkeypatch.setattr(running, "sources", lambda: declared)


@pytest.mark.parametrize(("refuses", "left"), [(902, 7), (10**6, 0)])
def test_a_replay_takes_out_what_a_narrower_declaration_refuses(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, refuses: int, left: int
) -> None:
    """The rows go to quarantine; with too many of them the whole file waits, as a new one would."""
    values = ["1.2k", *(str(900 + i) for i in range(9))]
    workspace.land("hq/笔记列表明细表.xlsx", notes(*values))
    assert len(workspace.rows("xiaohongshu_notes")) == 9
    _narrower(monkeypatch, refuses)
    (report,) = workspace.run(replay=True).files
    assert report.outcome == ("landed" if left else "refused")
    assert len(workspace.rows("xiaohongshu_notes")) == left
    (file,) = (workspace.home / "quarantine").glob("*.jsonl")
    assert len([json.loads(line) for line in file.read_text().splitlines()]) == 10 - left
    counts = workspace.rows("deliveries", "delivered, landed, refused", order="all")
    assert counts == ([(10, left, 10 - left)] if left else [])
