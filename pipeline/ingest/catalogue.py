"""Every declared source, in one list."""

from pipeline.ingest.bank.accounts import ACCOUNTS
from pipeline.ingest.bank.balances import BALANCES
from pipeline.ingest.bank.channel_days import CHANNEL_DAYS
from pipeline.ingest.bank.comments import COMMENTS
from pipeline.ingest.bank.consents import CONSENTS
from pipeline.ingest.bank.events import EVENTS
from pipeline.ingest.bank.experiments import ASSIGNMENTS, EXPERIMENTS
from pipeline.ingest.bank.follower_counts import FOLLOWER_COUNTS
from pipeline.ingest.bank.labels import CONTENT_CALENDAR, POST_LABELS
from pipeline.ingest.bank.links import LINKS
from pipeline.ingest.bank.merchants import MERCHANT_WEEKS
from pipeline.ingest.bank.reviews import REVIEWS
from pipeline.ingest.bank.spend import CAMPAIGNS, SPEND
from pipeline.ingest.bank.work_corrections import WORK_CORRECTIONS
from pipeline.ingest.platforms import (
    baijiahao,
    bilibili,
    douyin,
    mapped,
    toutiao,
    wechat_channels,
    wechat_official,
    wechat_official_api,
    wechat_official_content_api,
    wechat_official_detail,
    wecom,
    wecom_customers,
    xiaohongshu,
    xiaohongshu_ads,
    xiaohongshu_boosts,
    xiaohongshu_cooperation,
    xiaohongshu_note_detail,
    zhihu,
)
from pipeline.ingest.source import Source

PLATFORM_SOURCES = (
    *xiaohongshu.SOURCES,
    *xiaohongshu_note_detail.SOURCES,
    *xiaohongshu_cooperation.SOURCES,
    *xiaohongshu_boosts.SOURCES,
    *xiaohongshu_ads.SOURCES,
    *wechat_official.SOURCES,
    *wechat_official_detail.SOURCES,
    *wechat_official_api.SOURCES,
    *wechat_official_content_api.SOURCES,
    *wechat_channels.SOURCES,
    *douyin.SOURCES,
    *zhihu.SOURCES,
    *toutiao.SOURCES,
    *baijiahao.SOURCES,
    *wecom.SOURCES,
    *bilibili.SOURCES,
    *wecom_customers.SOURCES,
    *mapped.SOURCES,
)
BANK_SOURCES = (
    ACCOUNTS,
    CHANNEL_DAYS,
    FOLLOWER_COUNTS,
    LINKS,
    EVENTS,
    BALANCES,
    CONSENTS,
    EXPERIMENTS,
    ASSIGNMENTS,
    SPEND,
    CAMPAIGNS,
    MERCHANT_WEEKS,
    WORK_CORRECTIONS,
    REVIEWS,
    POST_LABELS,
    CONTENT_CALENDAR,
    COMMENTS,
)


def sources() -> tuple[Source, ...]:
    """List every declared source, platforms first."""
    return PLATFORM_SOURCES + BANK_SOURCES
