"""B站: videos with the columns that were ticked, and totals so far by day."""

from datetime import date, datetime

from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, csv_text

ALL = cells(
    "视频标题 | 发布时间 | 播放量 | 游客播放占比 | 粉丝观看率 | 封标点击率 | 粉丝点击率 | "
    "游客点击率 | 3秒跳出率 | 粉丝3秒跳出率 | 游客3秒跳出率 | 互动率 | 粉丝互动率 | "
    "游客互动率 | 涨粉量 | 播转粉率 | 取关量 | 点赞量 | 点赞率 | 评论量 | 评论率 | 弹幕量 | "
    "弹幕率 | 收藏量 | 收藏率 | 投币量 | 投币率 | 转发量 | 转发率 | 平均播放进度"
)
ROW = cells(
    "存款怎么选 | 2026年06月03日 16:41:25 | 1.2万 | 55.9% | 0% | 3.5星 | 4星 | -- | 20% | 21% | "
    "22% | 5% | 6% | 7% | 8 | 0.1% | 1 | 90 | 9% | 10 | 1% | 11 | 1.1% | 12 | 1.2% | 13 | 1.3% | "
    "14 | 1.4% | 33.3%"
)
TREND = cells(
    "时间 | 播放量累计 | 净增粉丝累计 | 点赞累计 | 收藏累计 | 硬币累计 | 评论累计 | 弹幕累计 | "
    "分享累计"
)


def test_a_video_lands_with_all_thirty_columns(workspace: Workspace) -> None:
    data = csv_text([ALL, ROW], encoding="utf-8-sig")
    report = workspace.land("bili/近期稿件对比.csv", data)
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    columns = "title, published_at, plays, guest_play_share, cover_click_stars, "
    columns += "follower_click_stars, guest_click_stars, followers_gained, shares, avg_progress"
    published = datetime(2026, 6, 3, 16, 41, 25)
    assert workspace.rows("bilibili_videos", columns) == [
        ("存款怎么选", published, 12000, 0.559, 3.5, 4.0, None, 8, 14, 0.333)
    ]


def test_a_video_lands_with_the_three_columns_that_are_always_there(workspace: Workspace) -> None:
    report = workspace.land("bili/近期稿件对比.csv", csv_text([ALL[:3], ROW[:3]]))
    assert report.outcome == "landed"
    assert workspace.rows("bilibili_videos", "plays, likes, avg_progress") == [(12000, None, None)]


def test_totals_so_far_land_through_a_doubled_byte_order_mark_in_both_date_forms(
    workspace: Workspace,
) -> None:
    rows = [
        ["2026/09/18", 900, -2, 30, 20, 10, 5, 4, 3],
        ["2026-09-17", 800, -1, 29, 20, 10, 5, 4, 3],
    ]
    data = b"\xef\xbb\xbf" + csv_text([TREND, *rows], encoding="utf-8-sig")
    report = workspace.land("bili/历史累计数据趋势.csv", data)
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    columns = "day, plays_so_far, followers_net_so_far, shares_so_far"
    assert workspace.rows("bilibili_account_daily", columns) == [
        (date(2026, 9, 18), 900, -2, 3),
        (date(2026, 9, 17), 800, -1, 3),
    ]
