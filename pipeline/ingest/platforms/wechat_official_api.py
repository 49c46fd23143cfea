"""微信公众号: answers of the datacube interface as it was until 2025, saved as JSON."""

from pipeline.ingest.source import Column, Source
from pipeline.ingest.units import choice, count, local_date, text, title_or_blank

_DAY = local_date("%Y-%m-%d")
_LIST = ("$.list", "$")
_CONTAINER = 'JSON as answered, {"list": [...]}; several answers may stand in one list'
_OLD = "developers.weixin.qq.com; the platform no longer maintains this series"
_OVERLAP = "99999999 is everybody, once; the other sources overlap: never add them"

READ_SOURCES = {
    "99999999": "all",
    "0": "message",
    "1": "friend",
    "2": "moments",
    "4": "history",
    "5": "other",
    "6": "top_stories",
    "7": "search",
}


_READS = (
    Column("readers", "int_page_read_user", count),
    Column("reads", "int_page_read_count", count),
    # The platform tells these of all sources together only.
    Column("jump_users", "ori_page_read_user", count, nullable=True),
    Column("jumps", "ori_page_read_count", count, nullable=True),
    Column("share_users", "share_user", count, nullable=True),
    Column("shares", "share_count", count, nullable=True),
    Column("favorite_users", "add_to_fav_user", count, nullable=True),
    Column("favorites", "add_to_fav_count", count, nullable=True),
)

USER_SUMMARY = Source(
    name="wechat_official_api_user_summary",
    title="getusersummary",
    platform="wechat_official",
    one_row_is="followers won and lost on one day through one source (daily)",
    key=("day", "user_source"),
    columns=(
        Column("day", "ref_date", _DAY),
        Column("user_source", "user_source", count),
        Column("followers_gained", "new_user", count),
        Column("followers_lost", "cancel_user", count),
    ),
    partition_by=("day", "month"),
    sections=_LIST,
    declared_in="pipeline/ingest/platforms/wechat_official_api.py",
    where="datacube/getusersummary",
    container=_CONTAINER,
    quirks=("daily; a follower came through one source, so the sources add up to the day",),
    evidence="developers.weixin.qq.com",
)

USER_CUMULATE = Source(
    name="wechat_official_api_user_cumulate",
    title="getusercumulate",
    platform="wechat_official",
    one_row_is="all followers at the end of one day (cumulative)",
    key=("day",),
    columns=(
        Column("day", "ref_date", _DAY),
        Column("followers_total", "cumulate_user", count),
    ),
    partition_by=("day", "month"),
    sections=_LIST,
    ignore=("user_source",),
    declared_in="pipeline/ingest/platforms/wechat_official_api.py",
    where="datacube/getusercumulate",
    container=_CONTAINER,
    quirks=("cumulative: a stock, never added over days",),
    evidence="developers.weixin.qq.com",
)

READS_DAILY = Source(
    name="wechat_official_api_reads_daily",
    title="getuserread",
    platform="wechat_official",
    one_row_is="readers and reads of one day from one source (daily)",
    key=("day", "channel"),
    columns=(
        Column("day", "ref_date", _DAY),
        Column("channel", "user_source", choice(READ_SOURCES)),
        *_READS,
    ),
    partition_by=("day", "month"),
    sections=_LIST,
    without=("ref_hour", "msgid"),
    declared_in="pipeline/ingest/platforms/wechat_official_api.py",
    where="datacube/getuserread",
    container=_CONTAINER,
    quirks=(_OVERLAP, "daily"),
    evidence=_OLD,
)

SHARES_DAILY = Source(
    name="wechat_official_api_shares_daily",
    title="getusershare",
    platform="wechat_official",
    one_row_is="those who shared on one day into one scene (daily)",
    key=("day", "share_scene", "user_source"),
    columns=(
        Column("day", "ref_date", _DAY),
        Column("share_scene", "share_scene", count),
        Column("user_source", "user_source", count, optional=True, nullable=True),
        Column("share_users", "share_user", count),
        Column("shares", "share_count", count),
    ),
    partition_by=("day", "month"),
    sections=_LIST,
    without=("ref_hour", "msgid"),
    declared_in="pipeline/ingest/platforms/wechat_official_api.py",
    where="datacube/getusershare",
    container=_CONTAINER,
    quirks=("scenes and sources are the platform's codes, landed as they are", "daily"),
    evidence=_OLD,
)

ARTICLES_DAILY = Source(
    name="wechat_official_api_articles_daily",
    title="getarticlesummary",
    platform="wechat_official",
    one_row_is="what one article won on one day (daily)",
    key=("day", "msgid", "user_source"),
    columns=(
        Column("day", "ref_date", _DAY),
        Column("msgid", "msgid", text),
        Column("title", "title", title_or_blank),
        Column("user_source", "user_source", count, optional=True, nullable=True),
        *_READS,
    ),
    partition_by=("day", "month"),
    sections=_LIST,
    without=("stat_date", "ref_hour"),
    declared_in="pipeline/ingest/platforms/wechat_official_api.py",
    where="datacube/getarticlesummary",
    container=_CONTAINER,
    quirks=(
        "daily; articles with very few readers are not listed",
        "where user_source is there, 99999999 is everybody and the others overlap",
    ),
    evidence=_OLD,
)

_SCENES = {
    "session": "message",
    "hist_msg": "history",
    "feed": "moments",
    "friends": "friend",
    "other": "other",
    "kanyikan": "top_stories",
}

ARTICLE_TOTALS = Source(
    name="wechat_official_api_article_totals",
    title="getarticletotal",
    platform="wechat_official",
    one_row_is="one article from its publication to the end of one day (cumulative, seven days)",
    key=("msgid", "counted_on", "user_source"),
    columns=(
        Column("published_on", "ref_date", _DAY),
        Column("msgid", "msgid", text),
        Column("title", "title", title_or_blank),
        Column("counted_on", "stat_date", _DAY),
        Column("user_source", "user_source", count, optional=True, nullable=True),
        Column("delivered", "target_user", count, nullable=True),
        *_READS,
        *(
            Column(f"{thing}_from_{name}", header, count, optional=True, nullable=True)
            for scene, name in _SCENES.items()
            for unit, thing in {"user": "readers", "count": "reads"}.items()
            for header in (f"int_page_from_{scene}_read_{unit}",)
        ),
    ),
    partition_by=("counted_on", "month"),
    sections=("$.list.details",),
    declared_in="pipeline/ingest/platforms/wechat_official_api.py",
    where="datacube/getarticletotal",
    container='JSON as answered, {"list": [{…, "details": [...]}]}',
    quirks=(
        "cumulative from publication: the days of an article are never added",
        "the readers by source overlap; articles with very few readers are not listed",
    ),
    evidence=_OLD,
)

SOURCES = (
    USER_SUMMARY,
    USER_CUMULATE,
    READS_DAILY,
    SHARES_DAILY,
    ARTICLES_DAILY,
    ARTICLE_TOTALS,
)
