"""小红书: notes and the account's overview, in the containers of the real exports."""

from datetime import date, datetime

import pytest

from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, csv_text, poi_xlsx

BANNER = ["最多导出排序后前1000条笔记"] * 13
HEADER = cells(
    "笔记标题 | 首次发布时间 | 体裁 | 曝光 | 观看量 | 封面点击率 | 点赞 | 评论 | 收藏 | 涨粉 | "
    "分享 | 人均观看时长 | 弹幕"
)
NOTE = ["最强模型，持证上岗  正文", "2026年07月11日03时09分05秒", "图文"]
NOTE += [439.0, 126.0, 0.022, 12.0, 3.0, 4.0, 1.0, 2.0, 16.0, 0.0]
VIDEO = [
    "",
    "2026年07月10日20时00分00秒",
    "视频",
    0.0,
    126.0,
    0.0,
    1.0,
    0.0,
    0.0,
    0.0,
    0.0,
    20.2,
    5.0,
]
TITLE = "最强模型，持证上岗  正文"
WRITTEN = datetime(2026, 7, 11, 3, 9, 5)
LANDED = [
    ("hq", TITLE, WRITTEN, "image_text", 439, 126, 0.022, 12, 3, 4, 1, 2, 16.0, 0),
    ("hq", "", datetime(2026, 7, 10, 20, 0), "video", 0, 126, 0.0, 1, 0, 0, 0, 0, 20.2, 5),
]
COLUMNS = (
    "account_id, title, published_at, form, impressions, reads, cover_click_rate, likes, comments, "
    "saves, followers_gained, shares, avg_watch_seconds, bullet_comments"
)


@pytest.mark.parametrize(
    ("banner", "shared"), [(True, False), (False, False), (False, True)], ids=str
)
def test_notes_land_with_and_without_the_banner_and_re_saved(
    workspace: Workspace, banner: bool, shared: bool
) -> None:
    rows = [*([BANNER] if banner else []), HEADER, NOTE, VIDEO]
    report = workspace.land("hq/笔记列表明细表.xlsx", poi_xlsx({"Sheet1": rows}, shared=shared))
    assert (report.outcome, report.account_id, report.refusals) == ("landed", "hq", [])
    assert workspace.rows("xiaohongshu_notes", COLUMNS) == LANDED
    first = 3 if banner else 2
    assert workspace.rows(
        "xiaohongshu_notes", "exported_at, source_file, source_sheet, source_line"
    ) == [
        (datetime(2026, 11, 9, 9, 2, 3), "hq/笔记列表明细表.xlsx", "Sheet1", line)
        for line in (first, first + 1)
    ]


def test_notes_saved_again_as_csv_land_too(workspace: Workspace) -> None:
    workspace.land("hq/2026-11-09/notes.csv", csv_text([HEADER, NOTE, VIDEO], encoding="gb18030"))
    assert workspace.rows("xiaohongshu_notes", COLUMNS) == LANDED
    assert workspace.rows("xiaohongshu_notes", "exported_at")[0] == (datetime(2026, 11, 9),)


def test_notes_without_the_two_late_columns_have_null_there(workspace: Workspace) -> None:
    data = poi_xlsx({"Sheet1": [HEADER[:11], NOTE[:11]]})
    assert workspace.land("hq/notes.xlsx", data).outcome == "landed"
    assert workspace.rows("xiaohongshu_notes", "shares, avg_watch_seconds, bullet_comments") == [
        (2, None, None)
    ]


DAYS = ["2026年03月16日", "2026年03月15日"]


def _trend(*values: object) -> list[list[object]]:
    return [["日期", "数值"], *([day, value] for day, value in zip(DAYS, values, strict=True))]


OVERVIEWS = {
    "观看": (
        {
            "账号总体观看数据": [
                ["指标", "数值"],
                ["曝光", 8046.0],
                ["观看", 876.0],
                ["封面点击率(%)", 10.8],
                ["平均观看时长(s)", 20.2],
                ["总观看时长(s)", 15029.0],
                ["总完播率(%)", 4.5],
                ["曝光环比(%)", -12.5],
                ["总完播率环比(%)", 3.0],
            ],
            "曝光趋势": _trend(500.0, 300.0),
            "观看趋势": _trend(60.0, 40.0),
            "封面点击率趋势": _trend("19%", "10.8%"),
            "平均观看时长趋势": _trend("24秒", "20.5秒"),
            "观看总时长趋势": _trend("74679秒", "0秒"),
            "视频完播率趋势": _trend("0%", "5%"),
        },
        {
            "impressions": 8046.0,
            "views": 876.0,
            "cover_click_rate": 0.108,
            "avg_watch_seconds": 20.2,
            "watch_seconds": 15029.0,
            "completion_rate": 0.045,
            "impressions_change": -0.125,
            "completion_rate_change": 0.03,
        },
        {
            "impressions": (500.0, 300.0),
            "views": (60.0, 40.0),
            "cover_click_rate": (0.19, 0.108),
            "avg_watch_seconds": (24.0, 20.5),
            "watch_seconds": (74679.0, 0.0),
            "completion_rate": (0.0, 0.05),
        },
    ),
    "互动": (
        {
            "账号总体互动数据": [
                ["指标", "数值"],
                ["点赞", 46.0],
                ["评论", 25.0],
                ["收藏", 9.0],
                ["分享", 10.0],
                ["点赞环比(%)", 4.0],
            ],
            "点赞趋势": _trend(16.0, 30.0),
            "评论趋势": _trend(20.0, 5.0),
            "收藏趋势": _trend(9.0, 0.0),
            "分享趋势": _trend(1.0, 9.0),
        },
        {"likes": 46.0, "comments": 25.0, "saves": 9.0, "shares": 10.0, "likes_change": 0.04},
        {
            "likes": (16.0, 30.0),
            "comments": (20.0, 5.0),
            "saves": (9.0, 0.0),
            "shares": (1.0, 9.0),
        },
    ),
    "涨粉": (
        {
            "账号整体涨粉数据": [
                ["指标", "数值"],
                ["净涨粉", -1.0],
                ["新增关注", 16.0],
                ["取消关注", 17.0],
                ["主页访客", 85.0],
                ["主页转粉率(%)", 6.0],
                ["主页访客环比", 33.3],
            ],
            "净增粉丝趋势": _trend(-1.0, 0.0),
            "新增关注趋势": _trend(6.0, 10.0),
            "取消关注趋势": _trend(7.0, 10.0),
            "主页访客趋势": _trend(80.0, 5.0),
            "主页转粉率趋势": _trend("0%", "7.5%"),
        },
        {
            "followers_net": -1.0,
            "followers_gained": 16.0,
            "followers_lost": 17.0,
            "profile_visits": 85.0,
            "profile_follow_rate": 0.06,
            "profile_visits_change": 0.333,
        },
        {
            "followers_net": (-1.0, 0.0),
            "followers_gained": (6.0, 10.0),
            "followers_lost": (7.0, 10.0),
            "profile_visits": (80.0, 5.0),
            "profile_follow_rate": (0.0, 0.075),
        },
    ),
    "发布": (
        {
            "账号总体发布数据": [["指标", "数值"], ["总发布", 6.0], ["发布视频环比(%)", 0.0]],
            "总发布趋势": _trend(1.0, 2.0),
            "发布视频趋势": _trend(1.0, 0.0),
            "发布图文趋势": _trend(0.0, 2.0),
        },
        {"posts": 6.0, "video_posts_change": 0.0},
        {"posts": (1.0, 2.0), "video_posts": (1.0, 0.0), "image_text_posts": (0.0, 2.0)},
    ),
}


@pytest.mark.parametrize("name", OVERVIEWS)
def test_the_overview_is_long_and_each_sheet_has_its_own_unit(
    workspace: Workspace, name: str
) -> None:
    sheets, summary, trends = OVERVIEWS[name]
    report = workspace.land(f"hq/近30日{name}数据.xlsx", poi_xlsx(sheets))
    assert (report.outcome, report.refusals) == ("landed", [])
    assert dict(workspace.rows("xiaohongshu_account_summary", "metric, value")) == summary
    days = (date(2026, 3, 16), date(2026, 3, 15))
    assert set(workspace.rows("xiaohongshu_account_daily", "day, metric, value")) == {
        (day, metric, value)
        for metric, values in trends.items()
        for day, value in zip(days, values, strict=True)
    }


def test_an_undeclared_sheet_is_named_and_the_others_land(workspace: Workspace) -> None:
    sheets = {"点赞趋势": _trend(1.0, 2.0), "投币趋势": _trend(1.0, 2.0)}
    report = workspace.land("hq/近30日互动数据.xlsx", poi_xlsx(sheets))
    assert report.outcome == "landed"
    assert report.warnings[0] == "sheet 投币趋势 fits no declared source and was not landed"
    assert len(workspace.rows("xiaohongshu_account_daily")) == 2
