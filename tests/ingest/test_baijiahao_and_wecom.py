"""百家号 per article; 企业微信 customers by day."""

from datetime import date

from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, poi_xlsx


def test_articles_of_baijiahao_are_text_throughout(workspace: Workspace) -> None:
    header = cells("标题 | 链接 | 发布时间 | 阅读量 | 评论量 | 点赞量 | 收藏量 | 分享量 | 推荐量")
    url = "http://baijiahao.baidu.com/builder/preview/s?id=1845678901234567890"
    row = ["存款", url, *cells("2025-10-17 | 570 | 1 | 2 | 3 | - | 9000")]
    report = workspace.land("bjh/内容.xlsx", poi_xlsx({"data": [header, row]}))
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    assert workspace.rows(
        "baijiahao_articles",
        "title, url, published_on, reads, comments, likes, saves, shares, recommendations",
    ) == [("存款", url, date(2025, 10, 17), 570, 1, 2, 3, None, 9000)]


def test_customers_of_wecom_by_day(workspace: Workspace) -> None:
    header = cells("日期 | 客户总数 | 新增客户数 | 流失客户数 | 净增客户数 | 发送申请数")
    rows = [["2026-08-01", 900, 3, 5, -2, 7]]
    report = workspace.land("qw/客户统计.xlsx", poi_xlsx({"Sheet1": [header, *rows]}))
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    assert workspace.rows(
        "wecom_customers_daily",
        "day, customers_total, customers_gained, customers_lost, customers_net, applications_sent",
    ) == [(date(2026, 8, 1), 900, 3, 5, -2, 7)]
