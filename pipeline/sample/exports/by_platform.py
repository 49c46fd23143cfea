"""Which exports an operator makes on which platform, and how often."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.sample.exports import (
    baijiahao,
    bilibili,
    douyin,
    mapped,
    toutiao,
    wechat_official_datacube,
    wechat_official_detail,
    wecom,
    xiaohongshu_products,
    zhihu,
)
from pipeline.sample.exports.wechat_channels_videos import write_videos
from pipeline.sample.exports.wechat_official_articles import write_articles
from pipeline.sample.exports.wechat_official_followers_daily import write_followers
from pipeline.sample.exports.wechat_official_tendency import write_tendency
from pipeline.sample.exports.xiaohongshu_account_daily import write_account_days
from pipeline.sample.exports.xiaohongshu_notes import write_notes
from pipeline.sample.platforms.audience import Audience
from pipeline.sample.timeline import Window

PostWriter = Callable[[Path, Audience, date], None]
DayWriter = Callable[[Path, Audience, Window], None]

WEEKLY: dict[str, PostWriter] = {
    "xiaohongshu": write_notes,
    "wechat_official": write_articles,
    "wechat_channels": write_videos,
}
MONTHLY: dict[str, PostWriter] = {
    "douyin": douyin.write_works,
    "weibo": mapped.write_weibo_posts,
    "kuaishou": mapped.write_kuaishou_posts,
    "bilibili": bilibili.write_videos,
    "zhihu": zhihu.write_contents,
    "toutiao": toutiao.write_works,
    "baijiahao": baijiahao.write_articles,
    "wecom": wecom.write_customer_list,
    "alipay": mapped.write_alipay_posts,
}
BY_WINDOW: dict[str, tuple[DayWriter, ...]] = {
    "xiaohongshu": (write_account_days,),
    "wechat_official": (write_followers, write_tendency),
    "douyin": (douyin.write_account_days,),
    "weibo": (mapped.write_weibo_days,),
    "kuaishou": (mapped.write_kuaishou_days,),
    "bilibili": (bilibili.write_totals,),
    "zhihu": (zhihu.write_account_days,),
    "toutiao": (toutiao.write_account_days,),
    "wecom": (wecom.write_customer_days,),
    "mini_program": (mapped.write_mini_program_days,),
    "alipay": (mapped.write_alipay_days,),
}
# Exports that nothing reads yet, or that say again what others say: once, at the end.
ONCE: dict[str, tuple[Callable[[Path, Audience], None], ...]] = {
    "hq-xhs": (xiaohongshu_products.write_note_detail,),
    "cards-xhs": (
        xiaohongshu_products.write_cooperation,
        xiaohongshu_products.write_boosts,
        xiaohongshu_products.write_ads,
    ),
    "hq-mp": (wechat_official_datacube.write_answers,),
    "wealth-mp": (wechat_official_detail.write_article_detail,),
    "branch-linjiang-mp": (wechat_official_detail.write_trend_of_2025,),
}


def write_exports(inbox: Path, one: Audience) -> None:
    """Write every export of an account: posts weekly or monthly, its days window by window."""
    platform, timeline = one.account.platform, one.timeline
    mapped.write_mappings(inbox, one)
    for days, writers in ((timeline.exports, WEEKLY), (timeline.monthly_exports, MONTHLY)):
        for day in days if platform in writers else ():
            writers[platform](inbox, one, day)
    for window in timeline.windows:
        for write_days in BY_WINDOW.get(platform, ()):
            write_days(inbox, one, window)
    for write_once in ONCE.get(one.account.account_id, ()):
        write_once(inbox, one)
