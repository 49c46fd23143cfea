"""小红书: boost orders (薯条), brand notes (灵犀), and what Taobao saw of them (星河)."""

from pipeline.ingest.names import code, digits, label, note_id
from pipeline.ingest.source import Column, Source
from pipeline.ingest.units import (
    amount,
    count,
    local_date,
    local_time,
    percent_points,
    text,
    title,
)

_TIMES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y/%m/%d %H:%M:%S")

BOOSTS = Source(
    name="xiaohongshu_boosts",
    title="薯条消耗明细",
    platform="xiaohongshu",
    one_row_is="one boost order, totals at the moment of export",
    key=("order_id",),
    columns=(
        Column("order_id", ("订单ID", "订单id", "订单号", "订单编号"), digits),
        Column("note_id", "笔记ID", note_id),
        Column("promoted", "被推广者", text, optional=True, nullable=True),
        Column("spend_yuan", "实际消耗（元）", amount, nullable=True),
        Column("paid_yuan", "实际支付金额（元）", amount, optional=True, nullable=True),
        Column("budget_yuan", "推广总预算（元）", amount, optional=True, nullable=True),
        Column("state", "订单状态", label, optional=True, nullable=True),
        Column("started_at", "启动时间", local_time(*_TIMES), nullable=True),
        Column("impressions", "曝光量", count, optional=True, nullable=True),
        Column("reads", "阅读量", count, optional=True, nullable=True),
    ),
    partition_by=("exported_at", "month"),
    declared_in="pipeline/ingest/platforms/xiaohongshu_boosts.py",
    where="小红书 薯条 → 推广订单 → 导出",
    container="xlsx, header in row 1; brackets of either width",
    quirks=(
        "one note has several orders: spend is per order, never per note",
        "every state is landed; spend counts from 推广完成 on",
    ),
    evidence="public code; GUESS: the spellings of the order id and the forms of 启动时间",
)

BRAND_NOTES = Source(
    name="xiaohongshu_brand_notes",
    title="灵犀 笔记榜",
    platform="xiaohongshu",
    one_row_is="one note, over the window of the export",
    key=("note_id",),
    columns=(
        Column("note_id", "笔记ID", note_id),
        Column("creator", "作业昵称", text, nullable=True),
        Column("title", "笔记标题", title, nullable=True),
        Column("url", "笔记链接", text, optional=True, nullable=True),
        Column("created_at", "创建时间", local_time(*_TIMES), nullable=True),
        Column("impressions", "曝光量", count, nullable=True),
        Column("reads", "阅读量", count, nullable=True),
        Column("engagement", "互动量", count, nullable=True),
        Column("click_rate", "点击率", percent_points, nullable=True),
        Column("engagement_rate", "互动率", percent_points, nullable=True),
        Column("interested_users", "I+TI人群数", count, nullable=True),
        Column("truly_interested_users", "TI人群数", count, nullable=True),
        Column("shop_visitors", "进店用户数", count, nullable=True),
        Column(
            "truly_interested_visit_rate",
            "TI人群进店兑换比",
            percent_points,
            optional=True,
            nullable=True,
        ),
        Column(
            "interested_visit_rate",
            "I+TI人群进店兑换比",
            percent_points,
            optional=True,
            nullable=True,
        ),
    ),
    partition_by=("exported_at", "month"),
    ignore=("封面图",),
    declared_in="pipeline/ingest/platforms/xiaohongshu_boosts.py",
    where="小红书 灵犀 → 笔记榜 → 导出",
    container="xlsx, header in row 1",
    quirks=("点击率 26.94 is 26.94 per cent, without a sign",),
    evidence="public code; GUESS: that 互动率 and the two 兑换比 are per cent points as 点击率 is",
)

SHOP_VISITS = Source(
    name="xiaohongshu_shop_visits",
    title="星河",
    platform="xiaohongshu",
    one_row_is="what one note led to in the shop on one day, by type of traffic and window",
    key=("note_id", "day", "traffic", "attribution_window"),
    columns=(
        Column("note_id", "内容ID", note_id),
        Column("day", "日期", local_date("%Y%m%d", "%Y-%m-%d")),
        Column("traffic", "流量类型", text),
        Column("attribution_window", ("归因周期", "归因口径"), code),
        Column("readers", "阅读/播放UV", count, nullable=True),
        Column("shop_visitors", "进店UV", count, nullable=True),
        Column("new_shop_visitors", "新客进店uv", count, optional=True, nullable=True),
        Column("search_shop_visitors", "搜索进店UV", count, optional=True, nullable=True),
        Column("cart_users", "商品加购UV", count, optional=True, nullable=True),
        Column("buyers", "成交UV", count, optional=True, nullable=True),
        Column("shop_gmv_yuan", "商家GMV", amount, optional=True, nullable=True),
    ),
    partition_by=("day", "month"),
    declared_in="pipeline/ingest/platforms/xiaohongshu_boosts.py",
    where="星河 (Taobao's side of 小红星) → 导出",
    container="CSV in UTF-8 with BOM, or xlsx; header in row 1",
    quirks=(
        "each note stands once for each type of traffic and window: adding them counts it again",
        "a day may end in a TAB; 归因周期 was once 归因口径",
    ),
    evidence="public code",
)

SOURCES = (BOOSTS, BRAND_NOTES, SHOP_VISITS)
