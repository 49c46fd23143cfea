"""Every declared source, in one list."""

from pipeline.ingest.bank.accounts import ACCOUNTS
from pipeline.ingest.bank.balances import BALANCES
from pipeline.ingest.bank.consents import CONSENTS
from pipeline.ingest.bank.events import EVENTS
from pipeline.ingest.bank.follower_counts import FOLLOWER_COUNTS
from pipeline.ingest.bank.links import LINKS
from pipeline.ingest.bank.work_corrections import WORK_CORRECTIONS
from pipeline.ingest.platforms import (
    baijiahao,
    bilibili,
    douyin,
    mapped,
    toutiao,
    wechat_channels,
    wechat_official,
    wecom,
    wecom_customers,
    xiaohongshu,
    zhihu,
)
from pipeline.ingest.source import Source

PLATFORM_SOURCES = (
    *xiaohongshu.SOURCES,
    *wechat_official.SOURCES,
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
    FOLLOWER_COUNTS,
    LINKS,
    EVENTS,
    BALANCES,
    CONSENTS,
    WORK_CORRECTIONS,
)


def sources() -> tuple[Source, ...]:
    """List every declared source, platforms first."""
    return PLATFORM_SOURCES + BANK_SOURCES
