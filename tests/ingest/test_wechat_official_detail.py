"""公众号: the detail of one article, and the trend table of 2025 and before."""

from datetime import date

import pytest

from tests.ingest.conftest import Workspace
from tests.ingest.containers import biff8, cells, csv_text

NEW = [
    ["一篇文章"],
    [],
    ["数据概况"],
    ["数据指标", "数值"],
    ["阅读(人)", 120],
    ["平均停留时长(秒)", 35.5],
    ["完读率", "55.6%"],
    ["听全文（人）", 4],
    ["新增关注（人）", "-"],
    ["赞赏(分)", 1234],
    ["评论（条）", 2],
    [],
    ["阅读转化"],
    ["数据指标", "数值"],
    ["送达人数", 900],
    ["公众号消息阅读人数", 70],
    [],
    ["阅读数据趋势明细"],
    ["日期", "传播渠道", "阅读人数", "分享人数"],
    ["2026-08-14", "全部", 100, 5],
    ["2026-08-14", "朋友圈", 60, 5],
    [],
    ["性别分布"],
    ["性别", "人数", "占比"],
    ["男", 60, 0.5],
    ["女", 60, "50%"],
    ["地域分布"],
    ["省份/直辖市", "人数", "占比"],
    ["浙江", 30, 0.25],
]


@pytest.mark.parametrize("form", ["xls", "csv"])
def test_the_sections_of_an_article_are_cut_apart_by_their_titles(
    workspace: Workspace, form: str
) -> None:
    rows = [["", *row] for row in NEW]
    wide = [row + [""] * (5 - len(row)) for row in rows]
    data = biff8(wide) if form == "xls" else csv_text(wide, encoding="gb18030")
    report = workspace.land(f"hq/detail.{form}", data)
    assert (report.outcome, report.refusals, report.warnings[1:]) == ("landed", [], [])
    metrics = workspace.rows("wechat_official_article_detail", "title, metric, value, source_line")
    assert metrics == [
        ("一篇文章", "readers", 120.0, 5),
        ("一篇文章", "avg_stay_seconds", 35.5, 6),
        ("一篇文章", "finish_rate", 0.556, 7),
        ("一篇文章", "listeners", 4.0, 8),
        ("一篇文章", "followers_gained", None, 9),
        ("一篇文章", "tips_yuan", 12.34, 10),
        ("一篇文章", "comments", 2.0, 11),
        ("一篇文章", "delivered", 900.0, 15),
        ("一篇文章", "message_readers", 70.0, 16),
    ]
    columns = "title, day, channel, readers, share_users, reads"
    assert workspace.rows("wechat_official_article_trends", columns) == [
        ("一篇文章", date(2026, 8, 14), "all", 100, 5, None),
        ("一篇文章", date(2026, 8, 14), "moments", 60, 5, None),
    ]
    columns = "distribution, reader_group, readers, reader_share"
    assert workspace.rows("wechat_official_article_audience", columns) == [
        ("gender", "男", 60, 0.5),
        ("gender", "女", 60, 0.5),
        ("region", "浙江", 30, 0.25),
    ]


def test_the_old_labels_count_times(workspace: Workspace) -> None:
    rows = [
        ["旧文"],
        ["数据概况"],
        ["数据指标", "数值"],
        ["阅读(次)", 80],
        ["阅读后关注（人）", 3],
        ["分享(次)", 9],
        ["互动率", 0.1],
        ["推荐转化"],
        ["数据指标", "数值"],
        ["曝光次数", 900],
        ["阅读次数", 30],
        ["数据趋势明细"],
        ["日期", "传播渠道", "阅读次数", "阅读人数", "分享次数", "分享人数"],
        ["2024-08-14", "全部", 80, 50, 9, 5],
    ]
    report = workspace.land("hq/detail.xls", biff8([["", *row] for row in rows]))
    assert (report.outcome, report.refusals) == ("landed", [])
    assert dict(workspace.rows("wechat_official_article_detail", "metric, value")) == {
        "reads": 80.0,
        "followers_gained": 3.0,
        "shares": 9.0,
        "engagement_rate": 0.1,
        "recommended_impressions": 900.0,
        "recommended_reads": 30.0,
    }
    columns = "channel, reads, readers, shares, share_users"
    assert workspace.rows("wechat_official_article_trends", columns) == [("all", 80, 50, 9, 5)]


def test_a_label_that_is_not_declared_waits_and_the_others_land(workspace: Workspace) -> None:
    rows = [*NEW[:11], ["Reads (people)", 9], *NEW[11:]]
    report = workspace.land("hq/detail.xls", biff8([["", *row] for row in rows]))
    assert report.outcome == "landed"
    assert "「数据指标」列的值「Reads (people)」" in report.refusals[0]


OLD = cells(
    "日期 | 阅读次数 | 阅读人数 | 分享次数 | 分享人数 | 阅读原文次数 | 阅读原文人数 | 收藏次数 | "
    "收藏人数 | 群发篇数 | 渠道"
)


def test_the_trend_table_of_2025_counts_times_beside_persons(workspace: Workspace) -> None:
    rows = [
        ["2025-03-01", 80, 50, 9, 5, 4, 3, 2, 1, 1, "全部"],
        ["2025-03-01", 30, 20, 0, 0, "", "", "", "", "", "朋友圈"],
    ]
    report = workspace.land("hq/tendency.xls", biff8([[None, *row] for row in (OLD, *rows)]))
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    columns = (
        "day, channel, reads, readers, shares, share_users, jumps, jump_users, favorites, "
        "favorite_users, posts"
    )
    day = date(2025, 3, 1)
    assert workspace.rows("wechat_official_trends_2025", columns) == [
        (day, "all", 80, 50, 9, 5, 4, 3, 2, 1, 1),
        (day, "moments", 30, 20, 0, 0, None, None, None, None, None),
    ]
