"""微信公众号: answers of the datacube interface on content since 2025-11, saved as JSON."""

from pipeline.ingest.platforms.wechat_official import CHANNELS
from pipeline.ingest.source import Column, Source
from pipeline.ingest.units import (
    Type,
    choice,
    count,
    fen,
    local_date,
    minutes,
    ratio,
    text,
    title_or_blank,
    truth,
)

_DAY = local_date("%Y-%m-%d")
_SCENE = choice(CHANNELS)
_DELAYED = Column("delayed", "is_delay", truth, optional=True, nullable=True)
_NEW = "developers.weixin.qq.com, data from 2025-11-01"


def _some(kind: Type, name: str, header: str) -> Column:
    return Column(name, header, kind, optional=True, nullable=True)


_CONTENT = (
    Column("readers", "read_user", count),
    Column("share_users", "share_user", count),
    Column("wow_users", "zaikan_user", count, nullable=True),
    Column("like_users", "like_user", count, nullable=True),
    Column("comments", "comment_count", count, nullable=True),
    _some(count, "favorite_users", "collection_user"),
    _some(fen, "tips_yuan", "praise_money"),
)

ACCOUNT_DAILY = Source(
    name="wechat_official_api_account_daily",
    title="getbizsummary",
    platform="wechat_official",
    one_row_is="all content of the account on one day (daily)",
    key=("day",),
    columns=(Column("day", "ref_date", _DAY), *_CONTENT, _DELAYED),
    partition_by=("day", "month"),
    sections=("$.list",),
    without=("msgid",),
    declared_in="pipeline/ingest/platforms/wechat_official_content_api.py",
    where="datacube/getbizsummary",
    container='JSON as answered, {"list": [{"ref_date": …, "detail": {…}}], "is_delay": …}',
    quirks=("daily; read_user is that of the source 全部", "praise_money is in 分, stored in yuan"),
    evidence=_NEW,
)

ACCOUNT_CHANNELS = Source(
    name="wechat_official_api_account_channels",
    title="getbizsummary, read_user_source",
    platform="wechat_official",
    one_row_is="the readers of one day from one source (daily)",
    key=("day", "channel"),
    columns=(
        Column("day", "ref_date", _DAY),
        Column("channel", "scene_desc", _SCENE),
        Column("readers", "user_count", count),
        _DELAYED,
    ),
    partition_by=("day", "month"),
    sections=("$.list.detail.read_user_source",),
    without=("msgid",),
    ignore=tuple(column.headers[0] for column in _CONTENT),
    declared_in="pipeline/ingest/platforms/wechat_official_content_api.py",
    where="datacube/getbizsummary",
    container="a list within each day of the answer",
    quirks=("全部 is everybody, once; the other sources overlap: never add them",),
    evidence=_NEW + "; GUESS: that the sources are those of the 2026 exports (others are refused)",
)

ARTICLE_DETAILS = Source(
    name="wechat_official_api_article_details",
    title="getarticletotaldetail",
    platform="wechat_official",
    one_row_is="one article from its publication to the end of one day (cumulative, thirty days)",
    key=("msgid", "counted_on"),
    columns=(
        Column("published_on", "ref_date", _DAY),
        Column("msgid", "msgid", text),
        Column("title", "title", title_or_blank, optional=True),
        Column("url", "content_url", text, optional=True, nullable=True),
        Column("notice", "publish_type", choice({"0": "notified", "1": "without_notice"})),
        Column("counted_on", "stat_date", _DAY),
        *_CONTENT,
        _some(count, "followers_gained", "read_subscribe_user"),
        _some(ratio, "delivery_rate", "read_delivery_rate"),
        _some(ratio, "finish_rate", "read_finish_rate"),
        _some(minutes, "avg_read_seconds", "read_avg_activetime"),
        _DELAYED,
    ),
    partition_by=("counted_on", "month"),
    sections=("$.list.detail_list",),
    declared_in="pipeline/ingest/platforms/wechat_official_content_api.py",
    where="datacube/getarticletotaldetail",
    container='JSON as answered, {"list": [{…, "detail_list": [...]}], "is_delay": …}',
    quirks=(
        "cumulative from publication to stat_date, as the platform's page says: the days of an "
        "article are never added; public code takes them as daily, so check on live data",
        "read_avg_activetime is in minutes, stored in seconds; praise_money in 分, stored in yuan",
        "read_jump_position is not read",
    ),
    evidence=_NEW + " and public code",
)

ARTICLE_CHANNELS = Source(
    name="wechat_official_api_article_channels",
    title="getarticletotaldetail, read_user_source",
    platform="wechat_official",
    one_row_is="the readers of one article from one source, to the end of one day (cumulative)",
    key=("msgid", "counted_on", "channel"),
    columns=(
        Column("published_on", "ref_date", _DAY),
        Column("msgid", "msgid", text),
        Column("counted_on", "stat_date", _DAY),
        Column("channel", "scene_desc", _SCENE),
        Column("readers", "user_count", count),
        _DELAYED,
    ),
    partition_by=("counted_on", "month"),
    sections=("$.list.detail_list.read_user_source",),
    ignore=tuple(
        column.headers[0]
        for column in ARTICLE_DETAILS.columns
        if column.headers[0] not in ("ref_date", "msgid", "stat_date", "is_delay")
    ),
    declared_in="pipeline/ingest/platforms/wechat_official_content_api.py",
    where="datacube/getarticletotaldetail",
    container="a list within each day of each article of the answer",
    quirks=("全部 is everybody, once; the other sources overlap: never add them",),
    evidence=_NEW + "; GUESS: that the sources are those of the 2026 exports (others are refused)",
)

SOURCES = (ACCOUNT_DAILY, ACCOUNT_CHANNELS, ARTICLE_DETAILS, ARTICLE_CHANNELS)
