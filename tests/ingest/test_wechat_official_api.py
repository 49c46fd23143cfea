"""公众号: datacube answers, in the JSON they are given in."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.ingest.conftest import Workspace

DAY = date(2025, 5, 21)
READS = {
    "int_page_read_user": 236,
    "int_page_read_count": 256,
    "ori_page_read_user": 29,
    "ori_page_read_count": 34,
    "share_user": 12,
    "share_count": 99,
    "add_to_fav_user": 1,
    "add_to_fav_count": 3,
}
READS_LANDED = tuple(READS.values())
READS_COLUMNS = "readers, reads, jump_users, jumps, share_users, shares, favorite_users, favorites"
ARTICLE = {"ref_date": "2025-05-21", "msgid": "10000050_1", "title": "一篇文章"}


def land(workspace: Workspace, document: Any) -> None:
    body = json.dumps(document, ensure_ascii=False).encode()
    report = workspace.land("hq/answer.json", body)
    assert (report.outcome, report.refusals) == ("landed", []), report
    assert report.warnings[1:] == [], "nothing but that the account is not registered"


def test_followers_won_by_source_and_the_stock_are_kept_apart(workspace: Workspace) -> None:
    day = {"ref_date": "2025-05-21"}
    summary = [
        day | {"user_source": 0, "new_user": 5, "cancel_user": 2},
        day | {"user_source": 30, "new_user": 1, "cancel_user": 0},
    ]
    stock = day | {"user_source": 0, "cumulate_user": 1217056}
    land(workspace, {"list": summary})
    columns = "day, user_source, followers_gained, followers_lost, source_sheet, source_line"
    assert workspace.rows("wechat_official_api_user_summary", columns) == [
        (DAY, 0, 5, 2, "$.list", 1),
        (DAY, 30, 1, 0, "$.list", 2),
    ]
    report = workspace.land("hq/stock.json", json.dumps({"list": [stock]}).encode())
    assert (report.outcome, report.unknown_columns) == ("landed", ())
    assert workspace.rows("wechat_official_api_user_cumulate", "day, followers_total") == [
        (DAY, 1217056)
    ]


def test_everybody_stands_beside_the_overlapping_sources(workspace: Workspace) -> None:
    day = {"ref_date": "2025-05-21"} | READS
    # Some tools save the answers of several days as one list.
    land(
        workspace,
        [
            {"list": [day | {"user_source": 99999999}]},
            {"list": [day | {"user_source": 2, "add_to_fav_user": None}]},
        ],
    )
    rows = workspace.rows("wechat_official_api_reads_daily", "day, channel, " + READS_COLUMNS)
    assert rows == [
        (DAY, "all", *READS_LANDED),
        (DAY, "moments", *READS_LANDED[:6], None, READS_LANDED[7]),
    ]


def test_a_source_that_is_not_declared_is_refused(workspace: Workspace) -> None:
    day = {"ref_date": "2025-05-21", "user_source": 77} | READS
    report = workspace.land("hq/answer.json", json.dumps({"list": [day]}).encode())
    assert report.outcome == "refused"
    assert "不是约定的词" in report.refusals[0]


def test_reads_by_hour_are_not_taken_for_reads_by_day(workspace: Workspace) -> None:
    hour = {"ref_date": "2025-05-21", "ref_hour": 1400, "user_source": 0} | READS
    report = workspace.land("hq/answer.json", json.dumps({"list": [hour]}).encode())
    assert report.outcome == "unknown"


def test_shares_land_with_the_platform_s_codes(workspace: Workspace) -> None:
    share = {"ref_date": "2025-05-21", "share_scene": 1, "share_user": 3, "share_count": 4}
    land(workspace, {"list": [share]})
    columns = "day, share_scene, user_source, share_users, shares"
    assert workspace.rows("wechat_official_api_shares_daily", columns) == [(DAY, 1, None, 3, 4)]


def test_articles_by_day_are_kept_apart_from_their_running_totals(workspace: Workspace) -> None:
    land(workspace, {"list": [ARTICLE | {"user_source": 0} | READS]})
    rows = workspace.rows(
        "wechat_official_api_articles_daily", "day, msgid, title, " + READS_COLUMNS
    )
    assert rows == [(DAY, "10000050_1", "一篇文章", *READS_LANDED)]
    total = {"stat_date": "2025-05-22", "target_user": 900, "int_page_from_feed_read_user": 7}
    body = json.dumps({"list": [ARTICLE | {"details": [total | READS]}]}).encode()
    report = workspace.land("hq/total.json", body)
    assert (report.outcome, report.unknown_columns) == ("landed", ())
    columns = "published_on, msgid, counted_on, delivered, readers_from_moments, "
    rows = workspace.rows("wechat_official_api_article_totals", columns + READS_COLUMNS)
    assert rows == [(DAY, "10000050_1", date(2025, 5, 22), 900, 7, *READS_LANDED)]


CONTENT = {
    "read_user": 120,
    "read_user_source": [
        {"user_count": 120, "scene_desc": "全部"},
        {"user_count": 70, "scene_desc": "公众号消息"},
        {"user_count": 60, "scene_desc": "朋友圈"},
    ],
    "share_user": 7,
    "zaikan_user": 2,
    "like_user": 3,
    "comment_count": 1,
    "collection_user": 4,
    "praise_money": 1234,
}
CONTENT_COLUMNS = (
    "readers, share_users, wow_users, like_users, comments, favorite_users, tips_yuan, delayed"
)
CONTENT_LANDED = (120, 7, 2, 3, 1, 4, Decimal("12.34"), False)
CHANNELS = [("all", 120), ("message", 70), ("moments", 60)]


def test_an_account_s_day_has_an_object_in_each_record(workspace: Workspace) -> None:
    answer = {"list": [{"ref_date": "2025-05-21", "detail": CONTENT}], "is_delay": False}
    land(workspace, answer)
    rows = workspace.rows("wechat_official_api_account_daily", "day, " + CONTENT_COLUMNS)
    assert rows == [(DAY, *CONTENT_LANDED)]
    assert workspace.rows("wechat_official_api_account_channels", "channel, readers") == CHANNELS


@pytest.mark.parametrize(("publish_type", "notice"), [(0, "notified"), (1, "without_notice")])
def test_an_article_s_running_totals_are_in_yuan_and_seconds(
    workspace: Workspace, publish_type: int, notice: str
) -> None:
    measures = {"read_delivery_rate": 0.1, "read_finish_rate": 0.5, "read_avg_activetime": 0.125}
    detail = CONTENT | measures | {"stat_date": "2025-05-22", "read_subscribe_user": 6}
    article = ARTICLE | {"content_url": "http://u", "publish_type": publish_type}
    land(workspace, {"list": [article | {"detail_list": [detail]}], "is_delay": False})
    columns = "published_on, msgid, title, url, notice, counted_on, followers_gained, "
    columns += "delivery_rate, finish_rate, avg_read_seconds, " + CONTENT_COLUMNS
    later = date(2025, 5, 22)
    rates = (6, 0.1, 0.5, 7.5)
    assert workspace.rows("wechat_official_api_article_details", columns) == [
        (DAY, ARTICLE["msgid"], "一篇文章", "http://u", notice, later, *rates, *CONTENT_LANDED)
    ]
    rows = workspace.rows("wechat_official_api_article_channels", "counted_on, channel, readers")
    assert rows == [(later, channel, readers) for channel, readers in CHANNELS]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"errcode": 61501, "errmsg": "date range error"}, "JSON, as a back office answers"),
        ({"list": [], "is_delay": False}, "JSON, as a back office answers"),
        ({"list": [ARTICLE | {"details": [{"stat_date": "2025-05-22"} | READS]}]}, "target_user"),
    ],
)
def test_an_answer_without_records_or_without_a_column_is_refused(
    workspace: Workspace, body: Any, reason: str
) -> None:
    report = workspace.land("hq/笔记.xlsx", json.dumps(body).encode())
    assert report.outcome == "refused"
    assert reason in report.reasons[0]


@pytest.mark.parametrize("body", [b'{"list": [{"a": 1}', b'{"a": 1, "a": 2}', b"[" * 100_000])
def test_json_that_is_broken_is_refused(workspace: Workspace, body: bytes) -> None:
    report = workspace.land("hq/answer.json", body)
    assert report.outcome == "refused"
    assert "JSON that cannot be read" in report.reasons[0]
