"""公众号 datacube answers in JSON, old and new, of days that the .xls exports cover as well."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.sample.exports.moments import folder
from pipeline.sample.exports.wechat_official_articles import article_url
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.platforms.posts import Post
from pipeline.sample.timeline import DAY

DAYS = 7
EVERYBODY = 99999999


def write_answers(inbox: Path, audience: Audience) -> None:
    """Write one answer a file: account by day, then articles, as the two series give them."""
    end = audience.timeline.end
    days = [end - number * DAY for number in range(DAYS, 0, -1)]
    answers: dict[str, list[Any]] = {
        "getusersummary": [_moves(audience, day) for day in days],
        "getusercumulate": [
            {"ref_date": str(day), "user_source": 0,
             "cumulate_user": int(audience.followers[audience.day(day)])}
            for day in days
        ],
        "getuserread": [
            {"ref_date": str(day), "user_source": EVERYBODY, **_reads(_read(audience, day))}
            for day in days
        ],
        "getusershare": [
            {"ref_date": str(day), "share_scene": 1, "share_user": 3, "share_count": 4}
            for day in days
        ],
    }  # fmt: skip
    articles = [post for post in audience.posts_before(end) if post.published_at.date() >= days[0]]
    answers["getarticlesummary"] = [_summary(audience, post) for post in articles]
    answers["getarticletotal"] = [_total(audience, post) for post in articles]
    answers["getbizsummary"] = [
        {"ref_date": str(day), "detail": _content(_read(audience, day))} for day in days
    ]
    answers["getarticletotaldetail"] = [_detail(audience, post) for post in articles]
    where = folder(inbox, audience.account, end)
    for name, records in answers.items():
        delay = {"is_delay": False} if name in ("getbizsummary", "getarticletotaldetail") else {}
        text = json.dumps({"list": records} | delay, ensure_ascii=False)
        (where / f"{name}.json").write_bytes(text.encode())


def _read(audience: Audience, day: date) -> int:
    return int(audience.by_day["reads"][audience.day(day)])


def _moves(audience: Audience, day: date) -> dict[str, Any]:
    at = audience.day(day)
    won, lost = (int(audience.by_day[f"followers_{word}"][at]) for word in ("gained", "lost"))
    return {"ref_date": str(day), "user_source": 0, "new_user": won, "cancel_user": lost}


def _reads(readers: int) -> dict[str, int]:
    return {
        "int_page_read_user": readers, "int_page_read_count": readers * 127 // 100,
        "ori_page_read_user": readers // 50, "ori_page_read_count": readers // 45,
        "share_user": readers // 90, "share_count": readers // 80,
        "add_to_fav_user": readers // 120, "add_to_fav_count": readers // 110,
    }  # fmt: skip


def _article(audience: Audience, post: Post) -> dict[str, Any]:
    mid = 2247480000 + audience.account.number * 10_000 + post.number
    day = post.published_at.date()
    return {"ref_date": str(day), "msgid": f"{mid}_1", "title": post.subject.title}


def _summary(audience: Audience, post: Post) -> dict[str, Any]:
    first = int(audience.by_post["reads"][post.number, audience.day(post.published_at.date())])
    return _article(audience, post) | {"user_source": 0} | _reads(first)


def _total(audience: Audience, post: Post) -> dict[str, Any]:
    counted = audience.timeline.end - DAY
    readers = audience.until("reads", post, audience.timeline.end)
    detail: Mapping[str, Any] = {
        "stat_date": str(counted),
        "target_user": int(audience.followers[audience.day(counted)]),
        "int_page_from_feed_read_user": readers // 5,
    }
    return _article(audience, post) | {"details": [{**detail, **_reads(readers)}]}


def _content(readers: int) -> dict[str, Any]:
    return {
        "read_user": readers,
        "read_user_source": [
            {"user_count": readers, "scene_desc": "全部"},
            {"user_count": readers * 6 // 10, "scene_desc": "公众号消息"},
            {"user_count": readers // 4, "scene_desc": "朋友圈"},
        ],
        "share_user": readers // 90, "zaikan_user": readers // 100, "like_user": readers // 33,
        "comment_count": readers // 160, "collection_user": readers // 120, "praise_money": 0,
    }  # fmt: skip


def _detail(audience: Audience, post: Post) -> dict[str, Any]:
    end = audience.timeline.end
    readers = audience.until("reads", post, end)
    detail = _content(readers) | {
        "stat_date": str(end - DAY),
        "read_subscribe_user": audience.until("followers_gained", post, end),
        "read_delivery_rate": 0.08,
        "read_finish_rate": round(post.finish_rate, 3),
        "read_avg_activetime": round(post.watch_seconds / 60, 3),
    }
    address = {"content_url": article_url(audience, post), "publish_type": 0}
    return _article(audience, post) | address | {"detail_list": [detail]}
