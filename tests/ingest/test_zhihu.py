"""知乎: CSV that is named .xls."""

from datetime import date, datetime

from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, csv_text

ARTICLES = cells("标题 | 发布时间 | 链接 | 阅读 | 点赞 | 喜欢 | 评论 | 收藏 | 分享")
ANSWERS = cells("标题 | 发布时间 | 链接 | 阅读 | 播放 | 点赞 | 喜欢 | 评论 | 收藏 | 分享")
VALUES = "published_at, url, reads, plays, upvotes, likes, comments, saves, shares"


def test_the_account_by_day(workspace: Workspace) -> None:
    header = cells("日期 | 阅读 | 播放 | 点赞 | 喜欢 | 评论 | 收藏 | 分享")
    rows = [["2026-08-02", 90, 8, 7, 6, 5, 4, 3], ["2026-08-01", "1,080", 0, 0, 0, 0, None, 0]]
    data = csv_text([header, *rows], encoding="utf-8-sig")
    report = workspace.land("zh/日报表 (1).xls", data)
    assert (report.outcome, report.refusals, report.unknown_columns) == ("landed", [], ())
    columns = "day, reads, plays, upvotes, likes, comments, saves, shares"
    assert workspace.rows("zhihu_account_daily", columns) == [
        (date(2026, 8, 2), 90, 8, 7, 6, 5, 4, 3),
        (date(2026, 8, 1), 1080, 0, 0, 0, 0, None, 0),
    ]


def test_articles_and_answers_land_in_one_table(workspace: Workspace) -> None:
    article = ["房贷", "2026-08-01 09:30:00", "https://zhuanlan.zhihu.com/p/7", "10w+"]
    article += ["5", "", "3", "2", "1"]
    answer = ["怎么存钱", "2026-08-02", "https://www.zhihu.com/question/1/answer/8", 50]
    answer += [9, 5, 4, 3, 2, 1]
    for name, rows in (("文章.xls", [ARTICLES, article]), ("回答.xls", [ANSWERS, answer])):
        report = workspace.land(f"zh/{name}", csv_text(rows))
        assert (report.outcome, report.refusals) == ("landed", [])
    assert workspace.rows("zhihu_contents", VALUES, "published_at") == [
        (datetime(2026, 8, 1, 9, 30), article[2], 100000, None, 5, None, 3, 2, 1),
        (datetime(2026, 8, 2), answer[2], 50, 9, 5, 4, 3, 2, 1),
    ]
