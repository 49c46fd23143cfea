"""The page's words for the codes in the published tables: Chinese here, said by the functions."""

from pipeline.report.language import say
from pipeline.report.place import Place

STAGES = {
    "exposure": "曝光",
    "read": "阅读/观看",
    "engagement": "互动",
    "follow": "新增关注",
    "intent": "意向",
    "click": "引流点击",
    "arrival": "到达",
    "new_customer": "新户",
    "active": "月活跃",
    "asset": "有资产",
    "subscription": "理财申购",
}
COUNT_STAGES = ("exposure", "read", "engagement", "follow", "intent", "click")
PERSON_STAGES = ("arrival", "new_customer", "active", "asset", "subscription")

TIERS = {
    "head_office": "总行",
    "line": "条线",
    "branch": "分行",
    "unregistered": "未登记",
    "unattributed": "未归因",
}
OWN_TIERS = ("head_office", "line", "branch")
BANK = "全行"

PLATFORMS = {
    "xiaohongshu": "小红书",
    "wechat_official": "公众号",
    "wechat_channels": "视频号",
    "douyin": "抖音",
    "weibo": "微博",
    "kuaishou": "快手",
    "bilibili": "哔哩哔哩",
    "zhihu": "知乎",
    "toutiao": "头条",
    "baijiahao": "百家号",
    "wecom": "企业微信",
    "mini_program": "小程序",
    "alipay": "支付宝",
    "bank_app": "手机银行",
    "branch_queue": "网点取号",
    "unattributed": "未归因",
}
FORMS = {"image_text": "图文", "video": "视频", "article": "文章", "live": "直播"}

DATASETS = {
    "xiaohongshu_notes": "小红书·笔记明细",
    "xiaohongshu_account_daily": "小红书·账号趋势",
    "xiaohongshu_account_summary": "小红书·账号总体",
    "xiaohongshu_note_overview": "小红书·单篇总览",
    "xiaohongshu_note_daily": "小红书·单篇趋势（日）",
    "xiaohongshu_note_hourly": "小红书·单篇趋势（小时）",
    "xiaohongshu_cooperation_notes": "小红书蒲公英·笔记",
    "xiaohongshu_cooperation_orders": "小红书蒲公英·订单",
    "xiaohongshu_boosts": "小红书薯条·订单",
    "xiaohongshu_brand_notes": "小红书灵犀·笔记榜",
    "xiaohongshu_shop_visits": "小红书星河·进店",
    "xiaohongshu_ads_creatives": "小红书聚光·创意",
    "xiaohongshu_ads_notes": "小红书聚光·笔记",
    "xiaohongshu_ads_units": "小红书聚光·单元",
    "xiaohongshu_ads_plans": "小红书聚光·计划",
    "wechat_official_followers_daily": "公众号·用户增长",
    "wechat_official_reads_daily": "公众号·阅读渠道（日）",
    "wechat_official_actions_daily": "公众号·分享收藏（日）",
    "wechat_official_article_channels": "公众号·单篇渠道",
    "wechat_official_articles": "公众号·单篇数据",
    "wechat_official_articles_2022": "公众号·单篇数据（旧版）",
    "wechat_official_trends_2025": "公众号·阅读趋势（旧版）",
    "wechat_official_article_detail": "公众号·单篇详情",
    "wechat_official_article_trends": "公众号·单篇趋势（日）",
    "wechat_official_article_audience": "公众号·单篇读者分布",
    "wechat_official_api_user_summary": "公众号接口·用户增减",
    "wechat_official_api_user_cumulate": "公众号接口·累计用户",
    "wechat_official_api_reads_daily": "公众号接口·阅读（日）",
    "wechat_official_api_shares_daily": "公众号接口·分享（日）",
    "wechat_official_api_articles_daily": "公众号接口·单篇（日）",
    "wechat_official_api_article_totals": "公众号接口·单篇累计（旧版）",
    "wechat_official_api_account_daily": "公众号接口·内容概况（日）",
    "wechat_official_api_account_channels": "公众号接口·阅读来源（日）",
    "wechat_official_api_article_details": "公众号接口·单篇累计",
    "wechat_official_api_article_channels": "公众号接口·单篇来源（累计）",
    "wechat_channels_videos": "视频号·单篇视频",
    "douyin_works": "抖音·作品列表",
    "douyin_account_daily": "抖音·数据表现（日）",
    "bilibili_videos": "B站·近期稿件对比",
    "bilibili_account_daily": "B站·历史累计数据趋势",
    "zhihu_contents": "知乎·单篇内容",
    "zhihu_account_daily": "知乎·日报表",
    "toutiao_articles": "头条·图文与微头条",
    "toutiao_videos": "头条·视频",
    "toutiao_account_daily": "头条·数据趋势",
    "toutiao_followers_daily": "头条·粉丝趋势",
    "baijiahao_articles": "百家号·单篇数据",
    "wecom_customers_daily": "企业微信·客户统计",
    "wecom_customers": "企业微信·客户列表",
    "weibo_posts": "微博·博文",
    "weibo_account_daily": "微博·账号（日）",
    "kuaishou_posts": "快手·作品",
    "kuaishou_account_daily": "快手·账号（日）",
    "mini_program_account_daily": "小程序·访问（日）",
    "alipay_posts": "支付宝·内容",
    "alipay_account_daily": "支付宝·账号（日）",
    "bank_accounts": "行内·账号登记表",
    "bank_channel_daily": "行内·自有渠道（日）",
    "bank_follower_counts": "行内·粉丝数登记",
    "bank_links": "行内·引流链接",
    "bank_events": "行内·转化事件",
    "bank_balances": "行内·资产余额",
    "bank_consents": "行内·授权",
    "bank_experiments": "行内·实验方案",
    "bank_assignments": "行内·实验分组",
    "bank_spend": "行内·投放费用",
    "bank_campaigns": "行内·活动与来源码",
    "bank_merchant_weeks": "行内·商户经营（周）",
    "bank_work_corrections": "行内·作品对照更正",
    "bank_reviews": "行内·审稿决定",
    "bank_post_labels": "行内·作品标注",
    "bank_comments": "行内·评论",
    "bank_content_calendar": "行内·内容日历",
    "none": "尚无任何文件",
}
CONSENTS = {
    "counted": "已计入",
    "never_asked": "从未征询",
    "withdrawn": "已撤回",
    "tied": "同时授予与撤回",
    "expired": "已过期",
    "not_separate": "非单独同意",
    "earlier_notice": "告知版本过旧",
}
FUNNELS = {
    "branch": "网点",
    "card": "信用卡",
    "content_to_active": "内容到活跃客户",
    "shop_loan": "商户贷",
    "wealth": "理财",
}
EVENTS = {
    "click": "引流点击",
    "arrival": "到达",
    "new_customer": "成为新户",
    "registered": "注册",
    "account_opened": "开户",
    "card_bound": "绑卡",
    "login": "登录",
    "transaction": "自主交易",
    "card_application": "申请信用卡",
    "card_approved": "核卡",
    "card_first_use": "首刷",
    "risk_assessment": "风险测评",
    "wealth_subscription": "申购理财",
    "wealth_confirmed": "申购确认",
    "branch_booking": "预约网点",
    "branch_signing": "网点签约",
    "loan_page": "看商户贷页",
    "loan_authorised": "授权查询",
    "loan_application": "申请贷款",
    "loan_drawn": "提款",
}
STATUSES = {"current": "正常", "overdue": "逾期", "missing": "未交付"}
WAITING = {"refused": "不能入库", "unknown": "不认识", "held": "留置待核"}
AMBIGUOUS = {
    "same_moment": "同刻发布",
    "maybe_renamed": "或为改名",
    "same_day": "同日发布",
}
UNITS = {
    "count": "次",
    "persons": "人",
    "share": "占比",
    "yuan": "元",
    "days": "天",
    "per 1,000": "每千",
}

NO_DATA = "没有数据：平台导出不含此项，或文件尚未交付"
IMMATURE = "未成熟"
UNKNOWN_CHANGE = "没有可比的上周数"


def stage(code: str) -> str:
    """The name of a stage."""
    return say(STAGES[code])


def short(code: str) -> str:
    """The name of a stage, the first where it has two, as it stands within a sentence."""
    return within(stage(code).partition("/")[0])


def within(name: str) -> str:
    """A name of ours as it stands within a sentence: in English in lower case."""
    return name[:1].lower() + name[1:]


def tier(code: str | None) -> str:
    """The name of a tier; the whole bank where there is none."""
    return say(BANK) if code is None else _said(TIERS, code)


def place(one: Place) -> str:
    """The name of a place: of ours for bank and tiers, else the register's with the platform."""
    if one.level in ("bank", "tier"):
        return tier(one.tier)
    return one.name if one.platform is None else f"{one.name} · {platform(one.platform)}"


def audience(for_outside: bool) -> str:
    """Whom a page is for."""
    return say("对外资料：小单元不展示，人数已取整") if for_outside else say("内部资料")


def rank(tier: str | None) -> int:
    """Where a tier stands in lists."""
    return list(TIERS).index(tier) if tier in TIERS else len(TIERS)


def platform(code: str | None) -> str | None:
    """The name of a platform; a code not known here stays as it is."""
    return code if code is None else _said(PLATFORMS, code)


def form(code: str | None) -> str:
    """The name of a post's form; nothing where it is unknown."""
    return say(FORMS[code]) if code in FORMS else ""


def dataset(code: str) -> str:
    """The name of a dataset."""
    return _said(DATASETS, code)


def status(code: str) -> str:
    """How a source stands."""
    return _said(STATUSES, code)


def consent(code: str | None) -> str:
    """Why customers are counted or not; all of them where there is no reason."""
    return say("全部客户") if code is None else _said(CONSENTS, code)


def waiting(code: str) -> str:
    """Why a file waits."""
    return _said(WAITING, code)


def ambiguous(code: str) -> str:
    """What the titles that cannot be told apart may be."""
    return _said(AMBIGUOUS, code)


def unit(code: str) -> str:
    """The name of a unit."""
    return _said(UNITS, code)


def funnel(code: str, name: str) -> str:
    """The name of a funnel: a bank's own stays as its definition has it."""
    return say(name) if FUNNELS.get(code) == name else name


def event(code: str) -> str:
    """The name of a step's event; a code not known here stays as it is."""
    return _said(EVENTS, code)


def reporting(reporting_accounts: int | None, accounts: int | None) -> str:
    """Why a count is missing, as far as the number of reporting accounts says."""
    if reporting_accounts == 0 and accounts:
        told = "{n} 个账号的导出都不含此项，或尚未交付"
        return say(told if accounts > 1 else "账号的导出不含此项，或尚未交付", n=accounts)
    return say(NO_DATA)


def _said(names: dict[str, str], code: str) -> str:
    """The name of a code; one not known here stays as it is."""
    return say(names[code]) if code in names else code
