"""抖音: works, the account by day, and the tables that only look like works."""

from datetime import date, datetime

from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, poi_xlsx

OLD = cells(
    "作品名称 | 发布时间 | 体裁 | 审核状态 | 播放量 | 完播率 | 5s完播率 | 封面点击率 | 2s跳出率 | "
    "平均播放时长 | 点赞量 | 分享量 | 评论量 | 收藏量 | 主页访问量 | 粉丝增量"
)
NEW = cells(
    "作品名称 | 发布时间 | 体裁 | 发布状态 | 播放量 | 完播率 | 5s完播率 | 作品时长 | 2s跳出率 | "
    "平均播放时长 | 点赞量 | 评论量 | 分享量 | 收藏量 | 主页访问量 | 粉丝增量"
)
VALUES = (
    "title, published_at, form, status, plays, completion_rate, five_second_rate, "
    "cover_click_rate, duration_seconds, two_second_exit_rate, avg_watch_seconds, likes, shares, "
    "comments, saves, profile_visits, followers_gained"
)


def test_works_land_with_dashes_as_missing_and_private_works_with_their_status(
    workspace: Workspace,
) -> None:
    public = cells(
        "理财\n#银行 | 2025-09-26 19:30:00 | 1min-视频 | 公开 | 1.2万 | 0.074074 | 0.37037 | - | "
        "0.481481 | 8.209459 | 5 | 4 | 3 | 2 | 1 | -1"
    )
    private = cells(
        "存款 | 2025-09-25 19:30:00 | 图文 | 自见 | 0 | 0.333333 | - | - | - | - | 0 | 0 | 0 | 0 | "
        "0 | 0"
    )
    report = workspace.land("dy/作品列表.xlsx", poi_xlsx({"Sheet1": [OLD, public, private]}))
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    first, second = workspace.rows("douyin_works", VALUES)
    assert first == (
        *("理财\n#银行", datetime(2025, 9, 26, 19, 30), "1min-视频", "公开", 12000),
        *(0.074074, 0.37037, None, None, 0.481481, 8.209459, 5, 4, 3, 2, 1, -1),
    )
    assert second[2:7] == ("图文", "自见", 0, 0.333333, None)


def test_the_columns_of_2026_stand_in_another_order_and_mean_the_same(workspace: Workspace) -> None:
    row = cells(
        "理财 | 2026-10-26 19:30:00 | 1-3min视频 | 公开 | 900 | 0.07 | 0.37 | 33.00s | 0.48 | "
        "8.20s | 5 | 3 | 4 | 2 | 1 | 6"
    )
    report = workspace.land("dy/data.xlsx", poi_xlsx({"Sheet1": [NEW, row]}))
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    assert workspace.rows("douyin_works", VALUES)[0][3:] == (
        *("公开", 900, 0.07, 0.37, None, 33.0, 0.48, 8.2, 5, 4, 3, 2, 1, 6),
    )


def test_a_file_of_one_metric_by_day_lands_in_the_unit_of_that_metric(workspace: Workspace) -> None:
    for name, first, second in (
        ("播放量", "120", "80"),
        ("封面点击率", "83.33%", "-"),
        ("净增粉丝", "-21", "3"),
    ):
        rows = [["日期", name], ["2026-08-14", first], ["2026-08-13", second]]
        report = workspace.land(f"dy/数据表现_{name}.xlsx", poi_xlsx({"Sheet1": rows}))
        assert (report.outcome, report.refusals) == ("landed", [])
    assert workspace.rows("douyin_account_daily", "metric, day, value", "metric, day") == [
        ("cover_click_rate", date(2026, 8, 13), None),
        ("cover_click_rate", date(2026, 8, 14), 0.8333),
        ("followers_net", date(2026, 8, 13), 3.0),
        ("followers_net", date(2026, 8, 14), -21.0),
        ("plays", date(2026, 8, 13), 80.0),
        ("plays", date(2026, 8, 14), 120.0),
    ]


def test_all_metrics_of_short_videos_in_one_file_land_in_the_same_long_table(
    workspace: Workspace,
) -> None:
    header = cells(
        "日期 | 投稿量 | 总播放量 | 总点赞量 | 总分享量 | 总评论量 | 5秒完播率 | 2秒跳出率 | "
        "封面点击率 | 平均播放时长"
    )
    row = cells("2026-08-14 | 1 | 300 | -1 | 3 | 4 | 37.50% | 20% | - | 16.63s")
    data = poi_xlsx({"Sheet1": [header, row]})
    report = workspace.land("dy/数据表现_短视频全量指标.xlsx", data)
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    assert [(d.delivered, d.landed) for d in report.datasets] == [(9, 9)]
    assert dict(workspace.rows("douyin_account_daily", "metric, value")) == {
        "posts": 1,
        "video_plays": 300,
        "video_likes": -1,
        "video_shares": 3,
        "video_comments": 4,
        "five_second_rate": 0.375,
        "two_second_exit_rate": 0.2,
        "cover_click_rate": None,
        "avg_watch_seconds": 16.63,
    }


def test_a_value_in_another_unit_is_refused_by_the_name_of_its_metric(workspace: Workspace) -> None:
    rows = [["日期", "播放量"], *([f"2026-08-{day:02}", "1"] for day in range(1, 10))]
    rows.append(["2026-08-10", "12.5%"])
    report = workspace.land("dy/数据表现_播放量.xlsx", poi_xlsx({"Sheet1": rows}))
    assert [(d.landed, d.refused) for d in report.datasets] == [(9, 1)]
    assert "「播放量」列" in report.refusals[0]
    assert "12.5%" in report.refusals[0]


def test_the_averages_of_a_period_are_refused_as_no_list_of_works(workspace: Workspace) -> None:
    header = cells(
        "发布时间 | 体裁 | 垂类 | 周期内投稿量 | 条均点击率 | 条均5s完播率 | 条均2s跳出率 | "
        "条均播放时长 | 播放量中位数 | 条均点赞数 | 条均评论量 | 条均分享量"
    )
    row = cells("2026-04-23 ~ 2026-07-22 | 视频 | 财经 | 9 | - | - | - | - | 5 | 4 | 3 | 2")
    report = workspace.land("dy/作品.xlsx", poi_xlsx({"Sheet1": [header, row]}))
    assert report.outcome == "refused"
    assert "averages and medians of a period" in report.reasons[0]
    assert "作品列表" in report.reasons[0]


def test_the_sheet_of_a_single_video_is_refused_as_no_list_of_works(workspace: Workspace) -> None:
    header = cells("视频名称 | 发布时间 | 播放量 | 5s完播率 | 2s跳出率 | 平均播放时长")
    row = cells("理财 | 2026-07-07 13:36 | 5 | 0.5 | 0.1 | 8.2")
    report = workspace.land("dy/单作品.xlsx", poi_xlsx({"Sheet1": [header, row]}))
    assert report.outcome == "refused"
    assert "a single video" in report.reasons[0]
