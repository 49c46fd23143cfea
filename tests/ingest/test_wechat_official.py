"""公众号: followers, traffic and articles, in the containers of the real exports."""

from datetime import date, datetime

import pytest

from tests.ingest.conftest import Workspace
from tests.ingest.containers import biff8, cells, csv_text, html_xls


@pytest.mark.parametrize(
    "header",
    [
        "时间 | 新关注人数 | 取消关注人数 | 净增关注人数 | 累积关注人数",
        "时间 | 新增关注人数 | 取消关注人数 | 净增关注人数 | 累计关注人数",
    ],
)
def test_followers_come_from_an_html_table_named_xls(workspace: Workspace, header: str) -> None:
    rows = [
        ["用户增长"],
        cells(header),
        ["2026-11-02", "12", "15", "-3", "20,816"],
        ["2026-11-01", "-", "0", "", "20,819"],
    ]
    report = workspace.land("hq/user_analysis.xls", html_xls(rows))
    assert (report.outcome, report.refusals) == ("landed", [])
    columns = "account_id, day, followers_gained, followers_lost, followers_net, followers_total"
    assert workspace.rows(
        "wechat_official_followers_daily", columns + ", source_sheet, source_line"
    ) == [
        ("hq", date(2026, 11, 2), 12, 15, -3, 20816, None, 3),
        ("hq", date(2026, 11, 1), None, 0, None, 20819, None, 4),
    ]


_ = None
PERIOD = "(2026.07.14-2026.08.12)"
LEFT = [
    ["数据趋势概况" + PERIOD, _, _],
    cells("日期 | 渠道 | 阅读人数"),
    ["2026-08-01", "全部", 10],
    ["2026-08-01", "朋友圈", 7],
    ["2026-08-01", "公众号消息", _],
]
MIDDLE = [
    ["数据趋势概况" + PERIOD, _, _, _, _],
    cells("日期 | 分享人数 | 跳转阅读原文人数 | 微信收藏人数 | 发表篇数"),
    ["2026-08-01", 2, 1, 0, 1],
    ["2026-08-02", 3, _, 1, 0],
    [_, _, _, _, _],
]
RIGHT = [
    ["数据来源概况" + PERIOD],
    cells("传播渠道 | 发表日期 | 内容标题 | 阅读人数 | 阅读人数占比"),
    ["全部", "20260801", "一篇文章", 10, 1.0],
    ["搜一搜", 20260801.0, "一篇文章", 4, 0.4],
    [],
]
BESIDE = zip(LEFT, MIDDLE, RIGHT, strict=True)
TENDENCY = [[], *([_, *left, _, *middle, _, *right] for left, middle, right in BESIDE)]


@pytest.mark.parametrize("titles", [True, False])
def test_the_three_tables_side_by_side_are_cut_apart_by_their_headers(
    workspace: Workspace, titles: bool
) -> None:
    rows = TENDENCY if titles else TENDENCY[2:]
    report = workspace.land("hq/tendency_1783987200_1786579199.xls", biff8(rows))
    assert (report.outcome, report.refusals, report.warnings[1:]) == ("landed", [], [])
    first = 4 if titles else 2
    assert workspace.rows("wechat_official_reads_daily", "day, channel, readers, source_line") == [
        (date(2026, 8, 1), "all", 10, first),
        (date(2026, 8, 1), "moments", 7, first + 1),
        (date(2026, 8, 1), "message", None, first + 2),
    ]
    columns = "day, share_users, jump_users, favorite_users, posts"
    assert workspace.rows("wechat_official_actions_daily", columns) == [
        (date(2026, 8, 1), 2, 1, 0, 1),
        (date(2026, 8, 2), 3, None, 1, 0),
    ]
    columns = "channel, published_on, title, readers, reader_share, exported_at"
    exported = datetime(2026, 8, 13, 7, 59, 59)
    assert workspace.rows("wechat_official_article_channels", columns) == [
        ("all", date(2026, 8, 1), "一篇文章", 10, 1.0, exported),
        ("search", date(2026, 8, 1), "一篇文章", 4, 0.4, exported),
    ]


def test_one_of_three_tables_without_a_column_refuses_the_file(workspace: Workspace) -> None:
    rows = [row[:15] for row in TENDENCY[2:]]
    report = workspace.land("hq/tendency.xls", biff8(rows))
    assert report.outcome == "refused"
    assert "wechat_official_article_channels" in report.reasons[0]
    assert "without 阅读人数占比" in report.reasons[0]


HEADER = cells(
    "内容标题 | 发表日期 | 阅读人数 | 分享人数 | 阅读后关注人数 | 送达人数 | "
    "送达完成率 | 阅读完成率 | 内容url"
)
URL = "http://mp.weixin.qq.com/s?__biz=Mz==&mid=2247483701&idx=1&sn=ab&chksm=cd#rd"
ARTICLE = ["一篇文章", "20260814", 120, 7, 3, 900, 0.1, 0.556, URL]
ARTICLE_LANDED = [("一篇文章", date(2026, 8, 14), 120, 7, 3, 900, 0.1, 0.556, URL)]
ARTICLE_COLUMNS = (
    "title, published_on, readers, share_users, followers_gained, delivered, delivery_rate, "
    "finish_rate, url"
)


@pytest.mark.parametrize("day", ["20260814", 20260814.0])
def test_articles_come_from_biff8_below_a_preamble(workspace: Workspace, day: object) -> None:
    article = [ARTICLE[0], day, *ARTICLE[2:]]
    rows = [[_, "数据来源概况(2026.07.14-2026.08.12)"], [], [_, *HEADER], [_, *article]]
    report = workspace.land("hq/total_1783987200_1786579199.xls", biff8(rows))
    assert (report.outcome, report.refusals) == ("landed", [])
    assert workspace.rows("wechat_official_articles", ARTICLE_COLUMNS) == ARTICLE_LANDED
    assert workspace.rows("wechat_official_articles", "exported_at, source_line") == [
        (datetime(2026, 8, 13, 7, 59, 59), 4)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_articles_come_from_csv_in_either_encoding(workspace: Workspace, encoding: str) -> None:
    workspace.land("hq/total.csv", csv_text([HEADER, ARTICLE], encoding=encoding))
    assert workspace.rows("wechat_official_articles", ARTICLE_COLUMNS) == ARTICLE_LANDED


def test_articles_without_notice_lack_the_delivery_columns(workspace: Workspace) -> None:
    keep = [i for i, name in enumerate(HEADER) if not name.startswith("送达")]
    rows = [[_, *(row[i] for i in keep)] for row in (HEADER, ARTICLE)]
    workspace.land("hq/total.xls", biff8(rows))
    assert workspace.rows("wechat_official_articles", ARTICLE_COLUMNS) == [
        ("一篇文章", date(2026, 8, 14), 120, 7, 3, None, None, 0.556, URL)
    ]


OLD_HEADER = cells(
    "内容标题 | 发表时间 | 总阅读人数 | 总阅读次数 | 总分享人数 | 总分享次数 | "
    "阅读后关注人数 | 送达人数 | 公众号消息阅读次数 | 送达阅读率 | 首次分享次数 | "
    "分享产生阅读次数 | 首次分享率 | 每次分享带来阅读次数 | 阅读完成率 | 内容url"
)


def test_old_articles_keep_rates_above_one_and_blanks(workspace: Workspace) -> None:
    article = ["旧文", "20250731", 50, 80, 5, 9, 1, 1, 54, 1.4, 2, 20, 7.714, 2.2, 0.5, URL]
    blank = ["旧文", "20250730", 0, 0, 0, 0, 0, 0, 0, "", 0, 0, "", "", "", URL + "2"]
    report = workspace.land(
        "hq/total_old.xls", biff8([[_, *r] for r in (OLD_HEADER, article, blank)])
    )
    assert (report.outcome, report.refusals) == ("landed", [])
    columns = (
        "title, published_on, readers, reads, share_users, shares, followers_gained, delivered, "
        "message_reads, delivered_read_rate, first_shares, reads_from_shares, first_share_rate, "
        "reads_per_share, finish_rate, url"
    )
    assert workspace.rows("wechat_official_articles_2022", columns) == [
        ("旧文", date(2025, 7, 31), *article[2:]),
        ("旧文", date(2025, 7, 30), *(None if v == "" else v for v in blank[2:])),
    ]
