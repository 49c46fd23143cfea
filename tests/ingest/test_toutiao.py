"""今日头条: workbooks of Go Excelize, a sentinel for what is not computed, a row of sums."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, excelize_xlsx

ARTICLES = cells(
    "标题 | 发布时间 | ID | 链接 | 展现量 | 粉丝展现量 | 阅读量 | 粉丝阅读量 | 点击率 | "
    "平均阅读完成率 | 平均阅读时长 | 点赞量 | 评论量 | 转发量 | 分享量 | 收藏量"
)
VIDEOS = [
    {"阅读量": "播放量", "粉丝阅读量": "粉丝播放量"}.get(name, name.replace("阅读", "播放"))
    for name in ARTICLES
]
ID = "7563412345678901234"
HEAD = ["理财", "2025-10-21 16:11:53", ID, f"https://toutiao.com/i{ID}/"]
TREND = cells("时间 | 展现量 | 粉丝展现量 | 阅读(播放)量 | 粉丝阅读(播放)量 | 点赞量 | 评论量")


def test_openpyxl_cannot_open_such_a_workbook() -> None:
    with pytest.raises(TypeError, match="Fill"):
        openpyxl.load_workbook(io.BytesIO(excelize_xlsx([ARTICLES])))


def test_articles_land_with_the_id_whole_and_the_sentinel_missing(workspace: Workspace) -> None:
    known = [*HEAD, 900, 80, 300, 20, "0.33", "20.50", "35", 5, 4, 3, 2, 1]
    new = ["新", HEAD[1], ID[:-1] + "5", HEAD[3], 9, 8, -1, -1, "-1.00", "-1.00", "-1", *[0] * 5]
    data = excelize_xlsx([ARTICLES, known, new])
    report = workspace.land("tt/图文_-_1-45.xlsx", data)
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    columns = "published_at, post_id, impressions, reads, follower_reads, click_rate, "
    columns += "finish_rate, avg_read_seconds, likes, comments, forwards, shares, saves"
    published = datetime(2025, 10, 21, 16, 11, 53)
    assert workspace.rows("toutiao_articles", columns) == [
        (published, ID, 900, 300, 20, 0.33, 0.205, 35.0, 5, 4, 3, 2, 1),
        (published, ID[:-1] + "5", 9, None, None, None, None, None, 0, 0, 0, 0, 0),
    ]


def test_an_id_that_became_a_number_is_refused(workspace: Workspace) -> None:
    rows = [[*HEAD[:2], f"{7000000000000000000 + i}", HEAD[3], *[1] * 12] for i in range(9)]
    for row in rows:
        row[8:11] = ["0.1", "1.0", "1"]
    broken = [*HEAD[:2], 7.563412345678901e18, *rows[0][3:]]
    report = workspace.land("tt/图文.xlsx", excelize_xlsx([ARTICLES, *rows, broken]))
    assert [(d.landed, d.refused) for d in report.datasets] == [(9, 1)]
    assert "「ID」列" in report.refusals[0]


def test_videos_land_apart(workspace: Workspace) -> None:
    row = [*HEAD, 900, 80, 300, 20, "0.33", "0.50", "35", 5, 4, 3, 2, 1]
    report = workspace.land("tt/视频.xlsx", excelize_xlsx([VIDEOS, row]))
    assert (report.outcome, report.unknown_columns) == ("landed", ())
    assert workspace.rows("toutiao_videos", "post_id, plays, finish_rate, avg_watch_seconds") == [
        (ID, 300, 0.005, 35.0)
    ]


def test_the_row_of_sums_is_left_out_and_said(workspace: Workspace) -> None:
    rows = [
        ["累计", 300, 30, 100, 10, 3, -1],
        ["2025-10-02", 200, 20, 60, 6, 4, -1],
        ["2025-10-01", 100, 10, 40, 4, -1, 0],
    ]
    report = workspace.land("tt/数据趋势_1_20251001-20251002.xlsx", excelize_xlsx([TREND, *rows]))
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    assert [(d.delivered, d.landed, d.refused) for d in report.datasets] == [(2, 2, 0)]
    assert any("(累计) were left out: 1" in warning for warning in report.warnings)
    assert workspace.rows("toutiao_account_daily", "day, reads, likes, comments, source_line") == [
        (date(2025, 10, 2), 60, 4, -1, 3),
        (date(2025, 10, 1), 40, -1, 0, 4),
    ]


def test_the_followers_by_day(workspace: Workspace) -> None:
    header = cells("时间 | 总粉丝数 | 粉丝变化数 | 新增粉丝数 | 流失粉丝数 | 活跃粉丝数 | 总铁粉数")
    data = excelize_xlsx([header, ["2025-10-01", 900, -1, 3, 4, 50, 6]])
    report = workspace.land("tt/粉丝趋势_20251001-20251001.xlsx", data)
    assert (report.outcome, report.refusals) == ("landed", [])
    columns = "followers_total, followers_net, followers_gained, followers_lost, "
    columns += "followers_active, followers_loyal"
    assert workspace.rows("toutiao_followers_daily", columns) == [(900, -1, 3, 4, 50, 6)]
