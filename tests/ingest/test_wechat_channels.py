"""视频号: videos, as CSV with a BOM."""

from datetime import date

import pytest

from tests.ingest.conftest import Workspace
from tests.ingest.containers import cells, csv_text

HEADER = cells(
    "视频描述 | 视频ID | 发布时间 | 完播率 | 平均播放时长 | 播放量 | 推荐 | 喜欢 | 评论量 | "
    "分享量 | 关注量 | 转发聊天和朋友圈 | 设为铃声 | 设为状态 | 设为朋友圈封面"
)
LATE = cells("企微链接点击次数 | 企微链接点击人数 | 添加到通讯录次数 | 添加到通讯录人数")
FIRST = ["两行\n的描述 #理财", "export/UzFfAgtg1", "2025/09/27", "11.14%", "32.50秒"]
FIRST += [1000, 1, 2, 3, 4, 5, 6, 7, 8, 9]
SECOND = ["", "export/UzFfAgtg2", "2025/09/28", "0%", "0秒", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
COLUMNS = (
    "description, video_id, published_on, completion_rate, avg_watch_seconds, plays, recommends, "
    "likes, comments, shares, follows, forwards, ringtones, statuses, covers, wecom_link_clicks, "
    "wecom_link_clickers, contact_adds, contact_adders, source_line"
)


@pytest.mark.parametrize("late", [[], [21, 20, 11, 10]], ids=["15 columns", "19 columns"])
def test_videos_land_with_15_and_19_columns(workspace: Workspace, late: list[int]) -> None:
    header = [*HEADER, *LATE[: len(late)]]
    data = csv_text([header, [*FIRST, *late], [*SECOND, *late]], encoding="utf-8-sig")
    report = workspace.land("hq/视频号动态数据明细.csv", data)
    assert (report.outcome, report.refusals) == ("landed", [])
    rest = tuple(late) or (None,) * 4
    assert workspace.rows("wechat_channels_videos", COLUMNS) == [
        (*FIRST[:2], date(2025, 9, 27), 0.1114, 32.5, 1000, 1, 2, 3, 4, 5, 6, 7, 8, 9, *rest, 2),
        # The description before it holds a newline: the record starts on the file's fourth line.
        (*SECOND[:2], date(2025, 9, 28), 0.0, 0.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, *rest, 4),
    ]
