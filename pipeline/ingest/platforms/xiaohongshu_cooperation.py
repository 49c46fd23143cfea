"""小红书 蒲公英: notes and orders of paid cooperation with creators."""

from pipeline.ingest.names import digits, label, note_id
from pipeline.ingest.source import Column, Source
from pipeline.ingest.units import (
    Type,
    amount,
    average,
    count,
    local_date,
    local_time,
    percent_text,
    seconds_any,
    text,
    title,
)

_DAYS = ("%Y/%m/%d", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S")


def _columns(kind: Type, names: dict[str, str]) -> tuple[Column, ...]:
    """Declare columns that the file may lack and whose cells may hold no value."""
    return tuple(
        Column(n, header, kind, optional=True, nullable=True) for header, n in names.items()
    )


NOTES = Source(
    name="xiaohongshu_cooperation_notes",
    title="蒲公英 笔记数据",
    platform="xiaohongshu",
    one_row_is="one paid note, totals at the moment of export",
    key=("note_id",),
    columns=(
        Column("note_id", "笔记id", note_id),
        Column("title", "笔记标题", title, nullable=True),
        Column("published_on", "笔记发布日期", local_date(*_DAYS), nullable=True),
        Column("creator", "博主昵称", text, nullable=True),
        *_columns(label, {"笔记类型": "form", "内容标签": "topic"}),
        *_columns(
            amount, {"博主报价": "quote_yuan", "服务费金额": "fee_yuan", "总金额": "total_yuan"}
        ),
        *_columns(
            count,
            {
                "博主粉丝量": "creator_followers",
                "曝光量": "impressions",
                "阅读量": "reads",
                "阅读UV": "readers",
                "自然阅读量": "organic_reads",
                "推广阅读量": "paid_reads",
                "正文组件点击量": "body_clicks",
                "笔记底栏组件点击量": "bottom_bar_clicks",
                "评论区组件点击量": "comment_clicks",
            },
        ),
        *_columns(
            percent_text,
            {
                "5s播放率": "play_5s_rate",
                "3s阅读率": "read_3s_rate",
                "视频完播率": "completion_rate",
                "互动率": "engagement_rate",
                "正文组件CTR": "body_click_rate",
                "笔记底栏组件CTR": "bottom_bar_click_rate",
                "评论区组件CTR": "comment_click_rate",
            },
        ),
        *_columns(seconds_any, {"平均浏览时长": "avg_view_seconds"}),
    ),
    partition_by=("exported_at", "month"),
    post_key=("note_id",),
    declared_in="pipeline/ingest/platforms/xiaohongshu_cooperation.py",
    where="pgy.xiaohongshu.com/solar/post-trade/content-manage → 导出",
    container="xlsx, two merged rows of group headers, the names in row 3; or, set in order by "
    "its user, the names in row 1",
    quirks=(
        "104 to 113 columns; only those whose name was seen are landed, the run names the others",
        "days are written in two forms in one column; rates are text as 60.00%; - is missing",
    ),
    evidence="two public parsers of real exports; GUESS: that 平均浏览时长 is in seconds",
)

ORDERS = Source(
    name="xiaohongshu_cooperation_orders",
    title="蒲公英 订单报告",
    platform="xiaohongshu",
    one_row_is="one cooperation order, totals at the moment of export",
    key=("order_id", "spu"),
    columns=(
        Column("order_id", "订单id", digits),
        Column("updated_on", "数据更新日期", local_date(*_DAYS), nullable=True),
        Column("cooperation", "合作名称", text, nullable=True),
        Column("spu", "spu名称", label, optional=True, nullable=True),
        *_columns(
            label,
            {
                "报备品牌": "brand",
                "下单账号": "ordering_account",
                "是否为优效模式": "effect_mode",
                "订单来源": "order_source",
                "正文组件类型": "body_kind",
                "正文组件文案": "body_text",
                "笔记底栏组件类型": "bottom_bar_kind",
                "笔记底栏组件文案": "bottom_bar_text",
                "评论区组件类型": "comment_kind",
                "评论区组件文案": "comment_text",
            },
        ),
        *_columns(
            local_time(*_DAYS), {"订单创建时间": "ordered_at", "订单完成时间": "completed_at"}
        ),
        *_columns(
            amount,
            {
                "博主报价": "quote_yuan",
                "服务费金额": "fee_yuan",
                "总预算": "budget_yuan",
                "总消耗": "spend_yuan",
            },
        ),
        *_columns(average, {"阅读单价": "yuan_per_read", "互动单价": "yuan_per_engagement"}),
        *_columns(
            count,
            {
                "笔记数": "notes",
                "发布人数": "creators",
                "总曝光量": "impressions",
                "总阅读量": "reads",
                "总阅读UV": "readers",
                "总互动量": "engagement",
                "总点赞量": "likes",
                "总收藏量": "saves",
                "总评论量": "comments",
                "总分享量": "shares",
                "总关注量": "followers_gained",
                "总自然曝光量": "organic_impressions",
                "总自然阅读量": "organic_reads",
                "总推广曝光量": "paid_impressions",
                "总推广阅读量": "paid_reads",
                "总加热曝光量": "boosted_impressions",
                "总加热阅读量": "boosted_reads",
                "正文组件曝光量": "body_impressions",
                "正文组件点击量": "body_clicks",
                "笔记底栏组件曝光量": "bottom_bar_impressions",
                "笔记底栏组件点击量": "bottom_bar_clicks",
                "评论区组件曝光量": "comment_impressions",
                "评论区组件点击量": "comment_clicks",
                "申请人数": "applicants",
                "品牌号关注量": "brand_follows",
                "搜索词点击量": "search_clicks",
                "助推笔记曝光量": "helper_impressions",
                "助推笔记阅读量": "helper_reads",
                "体验合集组件曝光量": "collection_impressions",
                "体验合集组件点击量": "collection_clicks",
                "体验合集组件点击人数": "collection_clickers",
            },
        ),
        *_columns(
            percent_text,
            {
                "图文笔记占比": "image_text_share",
                "视频笔记占比": "video_share",
                "5s播放率": "play_5s_rate",
                "3s阅读率": "read_3s_rate",
                "总互动率": "engagement_rate",
                "阅读量达成率": "reads_reached_rate",
                "正文组件CTR": "body_click_rate",
                "笔记底栏组件CTR": "bottom_bar_click_rate",
                "评论区组件CTR": "comment_click_rate",
                "体验合集组件点击率": "collection_click_rate",
            },
        ),
        *_columns(seconds_any, {"平均浏览时长": "avg_view_seconds"}),
    ),
    partition_by=("exported_at", "month"),
    declared_in="pipeline/ingest/platforms/xiaohongshu_cooperation.py",
    where="pgy.xiaohongshu.com → 内容管理 → 订单 (/content-manage/order) → 导出",
    container="xlsx",
    quirks=(
        "an order id of 19 digits written as a number has lost digits: its row is refused",
        "rates are text as 9.3%; - is missing",
    ),
    evidence="documentation with sample values; GUESS: the order of the columns (not relied on), "
    "and that 平均浏览时长 is in seconds",
)

SOURCES = (NOTES, ORDERS)
