"""An export that fits and still looks like a mistake is held, named, and let in by a person."""

import json
from pathlib import Path

import pytest

from pipeline import ingest
from pipeline.errors import InputError
from pipeline.ingest.accepted import accept
from pipeline.ingest.waiting import read_waiting
from pipeline.settings import Settings
from tests.ingest.conftest import Workspace
from tests.ingest.containers import biff8, cells, csv_text, html_xls, poi_xlsx
from tests.ingest.test_wechat_channels import FIRST
from tests.ingest.test_wechat_channels import HEADER as VIDEO_HEADER
from tests.ingest.test_wechat_official import ARTICLE
from tests.ingest.test_wechat_official import HEADER as ARTICLE_HEADER
from tests.ingest.test_xiaohongshu import BANNER, HEADER, NOTE

STAMP = "2026-11-{:02}T01:02:03Z"


def notes(posts: range, day: int = 9, reads: float = 439.0, numbers: int | None = None) -> bytes:
    """Notes published in these seconds, exported on a day of November."""
    values = [*NOTE]
    values[4] = reads
    if numbers is not None:
        values[3:] = [float(numbers) for _ in values[3:]]
    rows = [
        [f"标题{i}", f"2026年07月11日{i // 60:02}时{i % 60:02}分00秒", *values[2:]] for i in posts
    ]
    return poi_xlsx({"Sheet1": [BANNER, HEADER, *rows]}, STAMP.format(day))


def outcomes(workspace: Workspace) -> dict[str, str]:
    return {file.file: file.outcome for file in workspace.run().files}


def test_the_export_of_another_account_is_held_and_nothing_lands(workspace: Workspace) -> None:
    workspace.land("hq/a.xlsx", notes(range(10)))
    report = workspace.land("nj/a.xlsx", notes(range(4, 12), day=16, reads=500.0))
    assert report.outcome == "held"
    assert report.reasons[0].startswith(
        "6 of its 8 posts are posts that hq delivered; expected those of nj"
    )
    assert "funnel accept FILE (nj/a.xlsx)" in report.reasons[0]
    assert workspace.rows("xiaohongshu_notes", "distinct account_id", order="all") == [("hq",)]
    assert workspace.rows("waiting_files", "source_file, kind, delivered", order="all") == [
        ("nj/a.xlsx", "held", 8)
    ]


def test_both_may_come_in_one_night_and_half_in_common_is_not_too_much(
    workspace: Workspace,
) -> None:
    workspace.deliver("hq/a.xlsx", notes(range(10)))
    workspace.deliver("nj/a.xlsx", notes(range(10), reads=440.0))
    workspace.deliver("sz/a.xlsx", notes(range(5, 15)))
    assert outcomes(workspace) == {
        "hq/a.xlsx": "landed",
        "nj/a.xlsx": "held",
        "sz/a.xlsx": "landed",
    }


def test_videos_and_articles_are_known_again_too(workspace: Workspace) -> None:
    videos = [[FIRST[0], f"v{i}", *FIRST[2:]] for i in range(4)]
    workspace.deliver("a-hq/v.csv", csv_text([VIDEO_HEADER, *videos]))
    workspace.deliver("b-nj/v.csv", csv_text([VIDEO_HEADER, *videos[:3]]))
    for account, sign in (("a-hq", "ab"), ("b-nj", "zz")):
        url = "http://mp.weixin.qq.com/s?__biz=Mz==&mid={}&idx=1&sn=" + sign + "#rd"
        articles = [[*ARTICLE[:-1], url.format(i)] for i in range(4)]
        rows = [[None, *row] for row in [ARTICLE_HEADER, *articles]]
        workspace.deliver(f"{account}/total.xls", biff8(rows))
    assert outcomes(workspace) == {
        "a-hq/v.csv": "landed",
        "b-nj/v.csv": "held",
        "a-hq/total.xls": "landed",
        "b-nj/total.xls": "held",
    }


def test_fewer_rows_than_the_least_are_not_judged(workspace: Workspace) -> None:
    workspace.deliver("hq/a.xlsx", notes(range(2)))
    workspace.deliver("nj/a.xlsx", notes(range(2), reads=1.0))
    assert set(outcomes(workspace).values()) == {"landed"}


def test_what_was_accepted_lands_at_the_next_run_and_its_account_is_not_held_again(
    workspace: Workspace,
) -> None:
    workspace.land("hq/a.xlsx", notes(range(10)))
    workspace.land("nj/a.xlsx", notes(range(10), day=10))
    path = workspace.home / "inbox/nj/a.xlsx"
    for _ in range(2):
        assert accept(workspace.settings, path, "问过 13987654321") == "nj/a.xlsx"
    entries = [json.loads(line) for line in workspace.settings.accepted.read_text().splitlines()]
    assert [(e["source_file"], e["why"]) for e in entries] == [("nj/a.xlsx", "问过 ‹电话›")]
    assert outcomes(workspace) == {"hq/a.xlsx": "repeated", "nj/a.xlsx": "landed"}
    assert workspace.rows("waiting_files", order="all") == []
    assert workspace.land("nj/b.xlsx", notes(range(11), day=17)).outcome == "landed"
    assert workspace.land("hq/b.xlsx", notes(range(11), day=16)).outcome == "landed"


def test_only_what_the_last_run_held_can_be_accepted(workspace: Workspace) -> None:
    path = workspace.deliver("hq/a.xlsx", notes(range(10)))
    with pytest.raises(InputError, match="没有留置这份文件；留置的有：无"):
        accept(workspace.settings, path)
    with pytest.raises(InputError, match="No such file"):
        accept(workspace.settings, Path("nowhere.xlsx"))
    assert not workspace.settings.accepted.exists()


def test_an_export_of_zeros_is_held_where_the_history_is_not_zero(workspace: Workspace) -> None:
    assert workspace.land("nj/a.xlsx", notes(range(5), numbers=0)).outcome == "landed"
    workspace.land("hq/a.xlsx", notes(range(20, 25)))
    report = workspace.land("hq/b.xlsx", notes(range(20, 25), day=16, numbers=0))
    assert report.outcome == "held"
    assert report.reasons[0].startswith("every number in it is 0, and those that the account")


def test_a_day_series_of_zeros_is_held_too(workspace: Workspace) -> None:
    header = cells("时间 | 新关注人数 | 取消关注人数 | 净增关注人数 | 累积关注人数")

    def days(*numbers: int) -> bytes:
        return html_xls([header, *([f"2026-11-{d:02}", *numbers] for d in range(1, 8))])

    assert workspace.land("hq/2026-11-08/u.xls", days(5, 1, 4, 900)).outcome == "landed"
    assert workspace.land("hq/2026-11-09/u.xls", days(0, 0, 0, 900)).outcome == "landed"
    assert workspace.land("hq/2026-11-10/u.xls", days(0, 0, 0, 0)).outcome == "held"


@pytest.mark.parametrize(("had", "has", "outcome"), [(10, 5, "landed"), (10, 4, "held")])
def test_a_lifetime_list_that_lost_most_of_its_posts_is_held(
    workspace: Workspace, had: int, has: int, outcome: str
) -> None:
    workspace.land("hq/a.xlsx", notes(range(had)))
    report = workspace.land("hq/b.xlsx", notes(range(has), day=16))
    assert report.outcome == outcome
    if outcome == "held":
        assert report.reasons[0].startswith(
            "4 posts, where the export of 2026-11-09 listed 10; expected a list that grows"
        )


def test_an_older_export_that_comes_late_is_compared_with_what_came_before_it(
    workspace: Workspace,
) -> None:
    workspace.land("hq/b.xlsx", notes(range(40), day=16))
    assert workspace.land("hq/a.xlsx", notes(range(4), day=9)).outcome == "landed"


def test_a_list_at_the_row_limit_did_not_lose_what_the_limit_cut_off(workspace: Workspace) -> None:
    workspace.land("hq/a.xlsx", notes(range(1300)))
    assert workspace.land("hq/b.xlsx", notes(range(520), day=16)).outcome == "landed"
    assert workspace.land("hq/c.xlsx", notes(range(250), day=17)).outcome == "held"


def test_the_limits_are_parameters(workspace: Workspace) -> None:
    workspace.deliver("hq/a.xlsx", notes(range(10)))
    workspace.deliver("nj/a.xlsx", notes(range(4, 14)))
    strict = workspace.settings.parameters.model_copy(update={"held_overlap": 0.9})
    settings = workspace.settings.model_copy(update={"parameters": strict})
    assert dict(ingest.run(settings).outcomes) == {"landed": 2}


def test_nothing_of_the_sample_is_held(sample_run: Settings) -> None:
    waiting = [row["kind"] for row in read_waiting(sample_run.lake)]
    assert sorted(waiting) == ["refused", "unknown"]
