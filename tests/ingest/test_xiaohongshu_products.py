"""小红书 beside the creator's overview: note detail, 蒲公英, 薯条, 灵犀, 星河, 聚光."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, csv_text, poi_xlsx

NOTE = "64b8f0c2000000001203abcd"
OTHER = "64b8f0c2000000001203abce"
ORDER = "6123456789012345678"

DETAIL = {
    "基础数据总览": [
        ["指标", "值"],
        ["曝光数", 439.0],
        ["封面点击率(%)", 10.8],
        ["完播率(%)", "-"],
    ],
    "互动数据总览": [["指标", "值"], ["分享数", 2.0]],
    "分享": [["日期", "笔记分享数"], ["2026年07月11日", 2.0], ["2026年07月12日", 0.0]],
    "封面点击率": [["日期", "封面点击率"], ["2026年07月11日", "19%"]],
    "平均观看时长": [["日期", "平均观看时长(s)"], ["2026年07月11日", 16.5]],
    "分享小时": [["时间", "笔记分享数"], ["2026年07月11日09时", 2.0]],
}


@pytest.mark.parametrize(
    "name", ["最强模型，上岗-数据明细表.xlsx", "最强模型，上岗-数据明细表 (1).xlsx"]
)
def test_a_note_s_workbook_is_named_by_its_file(workspace: Workspace, name: str) -> None:
    report = workspace.land(f"hq/{name}", poi_xlsx(DETAIL))
    assert (report.outcome, report.refusals) == ("landed", [])
    title, day = "最强模型，上岗", date(2026, 7, 11)
    assert set(workspace.rows("xiaohongshu_note_overview", "title, metric, value")) == {
        (title, "impressions", 439.0),
        (title, "cover_click_rate", 0.108),
        (title, "completion_rate", None),
        (title, "shares", 2.0),
    }
    assert set(workspace.rows("xiaohongshu_note_daily", "title, day, metric, value")) == {
        (title, day, "shares", 2.0),
        (title, date(2026, 7, 12), "shares", 0.0),
        (title, day, "cover_click_rate", 0.19),
        (title, day, "avg_watch_seconds", 16.5),
    }
    assert workspace.rows("xiaohongshu_note_hourly", "title, hour, metric, value") == [
        (title, datetime(2026, 7, 11, 9), "shares", 2.0)
    ]


def test_a_note_s_workbook_under_another_name_is_refused(workspace: Workspace) -> None:
    report = workspace.land("hq/download.xlsx", poi_xlsx(DETAIL))
    assert report.outcome == "refused"
    assert "「‹file›」列的值「download.xlsx」" in report.refusals[0]


PGY = cells(
    "数据日期 | 博主昵称 | 博主粉丝量 | 笔记标题 | 笔记类型 | 笔记发布日期 | 笔记id | 内容标签 | "
    "博主报价 | 曝光量 | 3s阅读率 | 平均浏览时长 | 总金额"
)
PGY_ROWS = [
    ["x", "小岛", 1200.0, "标题", "图文笔记", "2026/01/15", NOTE, "-", 500.5, "-"],
    ["x", "小岛", 1200.0, "标题", "图文笔记", "2026-01-15 08:00:00", OTHER, "家居", 500.0, 9.0],
]
PGY_ROWS[0] += ["60.00%", "12.5s", 550.5]
PGY_ROWS[1] += ["-", 12.5, "-"]
GROUPS = [["笔记信息", *[""] * 12], ["基础", *[""] * 12]]


@pytest.mark.parametrize("groups", [GROUPS, []], ids=["exported", "standardised"])
def test_cooperation_notes_are_found_below_group_headers_or_in_row_1(
    workspace: Workspace, groups: list[list[str]]
) -> None:
    report = workspace.land("hq/pgy.xlsx", poi_xlsx({"Sheet1": [*groups, PGY, *PGY_ROWS]}))
    assert (report.outcome, report.refusals, report.unknown_columns) == (
        "landed",
        [],
        ("数据日期",),
    )
    columns = (
        "note_id, published_on, creator_followers, topic, quote_yuan, impressions, read_3s_rate, "
        "avg_view_seconds, total_yuan, source_line"
    )
    day, line = date(2026, 1, 15), len(groups) + 2
    assert workspace.rows("xiaohongshu_cooperation_notes", columns) == [
        (NOTE, day, 1200, None, Decimal("500.50"), None, 0.6, 12.5, Decimal("550.50"), line),
        (OTHER, day, 1200, "家居", Decimal("500.00"), 9, None, 12.5, None, line + 1),
    ]


ORDERS = cells(
    "数据更新日期 | 订单id | 合作名称 | spu名称 | 总消耗 | 图文笔记占比 | 总互动率 | "
    "阅读单价 | 订单创建时间"
)


def test_a_cooperation_order_s_id_has_to_be_whole(workspace: Workspace) -> None:
    rest = ["合作", "-", 12.5, "100.0%", "9.3%", 0.123, "2026/08/01"]
    rows = [ORDERS] + [["2026/08/06", str(int(ORDER) + n), *rest] for n in range(5)]
    rows.append(["2026/08/06", float(ORDER), *rest])
    report = workspace.land("hq/orders.xlsx", poi_xlsx({"Sheet1": rows}))
    assert report.outcome == "landed"
    assert [r for r in report.refusals if "丢了位" in r] == report.refusals != []
    columns = "order_id, updated_on, spend_yuan, image_text_share, engagement_rate, yuan_per_read"
    landed = workspace.rows("xiaohongshu_cooperation_orders", columns)
    assert len(landed) == 5
    assert landed[0] == (ORDER, date(2026, 8, 6), Decimal("12.50"), 1.0, 0.093, 0.123)


@pytest.mark.parametrize("bracket", ["（元）", "(元)"])
def test_a_note_may_have_several_boost_orders(workspace: Workspace, bracket: str) -> None:
    header = ["订单ID", "笔记ID", f"实际消耗{bracket}", f"实际支付金额{bracket}", "订单状态"]
    header += ["启动时间", "曝光量"]
    rows = [
        [f"{ORDER[:-1]}{n}", NOTE, 10.5, 12.0, "推广完成", "2026-06-01 10:00:00", 900.0]
        for n in (1, 2)
    ]
    report = workspace.land("hq/薯条消耗明细.xlsx", poi_xlsx({"Sheet1": [header, *rows, rows[0]]}))
    assert (report.outcome, report.datasets[0].repeated) == ("landed", 1)
    assert (
        workspace.rows("xiaohongshu_boosts", "note_id, spend_yuan, started_at")
        == [(NOTE, Decimal("10.50"), datetime(2026, 6, 1, 10))] * 2
    )


BRAND = cells(
    "笔记ID | 作业昵称 | 笔记标题 | 封面图 | 笔记链接 | 创建时间 | 曝光量 | 阅读量 | 互动量 | "
    "点击率 | 互动率 | I+TI人群数 | TI人群数 | 进店用户数 | TI人群进店兑换比 | I+TI人群进店兑换比"
)


def test_a_click_rate_of_26_94_is_per_cent_points(workspace: Workspace) -> None:
    row = [NOTE, "小岛", "标题", "u", "u", "2026-06-01", 900.0, 300.0, 30.0, 26.94, 3.3]
    row += [50.0, 20.0, 10.0, 5.0, 2.0]
    report = workspace.land("hq/笔记榜.xlsx", poi_xlsx({"Sheet1": [BRAND, row]}))
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    columns = "note_id, click_rate, engagement_rate, interested_users, interested_visit_rate"
    assert workspace.rows("xiaohongshu_brand_notes", columns) == [
        (NOTE, pytest.approx(0.2694), pytest.approx(0.033), 50, 0.02)
    ]


@pytest.mark.parametrize("window", ["归因周期", "归因口径"])
def test_shop_visits_stand_once_for_each_traffic_and_window(
    workspace: Workspace, window: str
) -> None:
    header = ["内容ID", "日期", "流量类型", window, "阅读/播放UV", "进店UV", "商家GMV"]
    rows = [
        [NOTE, day, traffic, period, 30, 3, 99.5]
        for day, traffic, period in (
            ("2026-07-04\t", "全部流量", 30),
            ("2026-07-04\t", "自然流量", 30),
            ("20260704", "全部流量", 15),
        )
    ]
    report = workspace.land("hq/星河.csv", csv_text([header, *rows], encoding="utf-8-sig"))
    assert (report.outcome, report.refusals) == ("landed", [])
    columns = "day, traffic, attribution_window, shop_visitors, shop_gmv_yuan"
    assert workspace.rows("xiaohongshu_shop_visits", columns) == [
        (date(2026, 7, 4), "全部流量", "30", 3, Decimal("99.50")),
        (date(2026, 7, 4), "自然流量", "30", 3, Decimal("99.50")),
        (date(2026, 7, 4), "全部流量", "15", 3, Decimal("99.50")),
    ]


HOUR = "2026-01-06 14:00 - 14:59"
ADS = {
    "creatives": (
        "创意ID",
        "创意ID | 创意名称 | 笔记ID | 单元ID | 计划ID",
        ["11", "c", NOTE, "22", "33"],
    ),
    "notes": ("笔记ID", "笔记ID | 单元ID | 计划ID", [NOTE, "22", "33"]),
    "units": ("单元ID", "单元ID | 单元名称 | 计划ID", ["22", "u", "33"]),
    "plans": ("计划ID", "计划ID | 计划名称", ["33", "p"]),
}


@pytest.mark.parametrize("level", ADS)
def test_an_ad_report_lands_by_its_finest_id_without_its_sum_row(
    workspace: Workspace, level: str
) -> None:
    _, identity, own = ADS[level]
    header = [
        "时间",
        *cells(identity),
        "投放位置",
        "消费",
        "平均千次展现费用",
        "点击率",
        "平均响应时长(分)",
    ]
    rows = [
        ["合计", *[""] * len(own), "", 24.5, "", "", ""],
        [HOUR, *own, "搜索推广", 12.25, 30.125, "5.20%", 1.5],
        ["2026-01-06", *own, "搜索推广", 12.25, "-", "-", "-"],
    ]
    report = workspace.land("hq/report.xlsx", poi_xlsx({"Sheet1": [header, *rows]}))
    assert (report.outcome, report.refusals) == ("landed", [])
    columns = "starts_at, span, placement, spend_yuan, yuan_per_1000_impressions, click_rate, "
    columns += "avg_reply_seconds, plan_id"
    spend = Decimal("12.25")
    assert workspace.rows(f"xiaohongshu_ads_{level}", columns) == [
        (datetime(2026, 1, 6, 14), "hour", "搜索推广", spend, 30.125, 0.052, 90.0, "33"),
        (datetime(2026, 1, 6), "day", "搜索推广", spend, None, None, None, "33"),
    ]


def test_a_rate_of_an_ad_report_without_its_sign_is_refused(workspace: Workspace) -> None:
    rows = [["时间", "计划ID", "点击率"], ["2026-01-06", "33", 0.52]]
    report = workspace.land("hq/report.csv", csv_text(rows))
    assert report.outcome == "refused"
    assert "末尾没有 %" in report.refusals[0]
