"""小红书 聚光: reports of the ad platform, a dataset for each level, so no spend is added twice."""

from collections.abc import Mapping

from pipeline.ingest.names import code, digits, label, note_id
from pipeline.ingest.source import Column, Source
from pipeline.ingest.spans import span_length, span_start
from pipeline.ingest.units import Type, amount, average, count, minutes, percent_text

_SPEND = {"消费": "spend_yuan", "小红星任务期消费": "task_spend_yuan"}
_COSTS = {
    "平均点击成本": "yuan_per_click",
    "平均互动成本": "yuan_per_engagement",
    "小红星站外活跃成本(30日归因)": "yuan_per_offsite_user_30d",
    "新增种草人群成本": "yuan_per_new_interested",
    "新增深度种草人群成本": "yuan_per_new_deeply_interested",
    "私信进线成本": "yuan_per_message_consult",
    "私信开口成本": "yuan_per_message_opened",
    "私信留资成本": "yuan_per_message_lead",
}
_RATES = {
    "点击率": "click_rate",
    "行动按钮点击率": "action_click_rate",
    "搜索组件点击转化率": "search_click_rate",
}
_COUNTS = {
    "展现量": "impressions",
    "点击量": "clicks",
    "点赞": "likes",
    "评论": "comments",
    "收藏": "saves",
    "关注": "follows",
    "分享": "shares",
    "互动量": "engagement",
    "行动按钮点击量": "action_clicks",
    "截图": "screenshots",
    "保存图片": "image_saves",
    "小红星站外活跃UV(30日归因)": "offsite_users_30d",
    "搜索组件点击量": "search_clicks",
    "搜后阅读量": "reads_after_search",
    "新增种草人群": "new_interested",
    "新增深度种草人群": "new_deeply_interested",
    "私信进线数": "message_consults",
    "私信进线人数": "message_users",
    "私信开口数": "messages_opened",
    "私信开口条数": "messages",
    "私信留资数": "message_leads",
    "表单提交": "form_leads",
    "落地页访问量": "landing_page_visits",
    "表单按钮曝光量": "form_button_impressions",
    "激活数": "app_activations",
    "注册数": "app_registrations",
}
_PLACEMENT = {
    "投放位置": "placement",
    "精准定向": "targeting",
    "关键词": "keyword",
}
_NAMES = {
    "创意名称": "creative_name",
    "单元名称": "unit_name",
    "计划名称": "plan_name",
    "笔记跳转链接": "note_url",
}
_IDS = {
    "创意ID": ("creative_id", digits),
    "笔记ID": ("note_id", note_id),
    "单元ID": ("unit_id", digits),
    "计划ID": ("plan_id", digits),
}
_LEVELS = {"创意ID": "creatives", "笔记ID": "notes", "单元ID": "units", "计划ID": "plans"}


def _optional(kind: Type, names: Mapping[str, str]) -> tuple[Column, ...]:
    return tuple(
        Column(n, header, kind, optional=True, nullable=True) for header, n in names.items()
    )


_METRICS = (
    *_optional(amount, _SPEND),
    *_optional(average, _COSTS),
    Column(
        "yuan_per_1000_impressions",
        ("平均千次展示费用", "平均千次展现费用"),
        average,
        optional=True,
        nullable=True,
    ),
    *_optional(percent_text, _RATES),
    *_optional(count, _COUNTS),
    *_optional(average, {"平均搜索后阅读笔记篇数": "notes_read_after_search"}),
    *_optional(minutes, {"平均响应时长(分)": "avg_reply_seconds"}),
)


def _report(level: str) -> Source:
    """Declare the report of one level: it has that level's id, and no finer one."""
    order = list(_IDS)
    finer = tuple(order[: order.index(level)])
    coarser = order[order.index(level) + 1 :]
    own, kind = _IDS[level]
    placement = tuple(_PLACEMENT.values())
    return Source(
        name=f"xiaohongshu_ads_{_LEVELS[level]}",
        title=f"聚光 report with {level}" + (f", without {', '.join(finer)}" if finer else ""),
        platform="xiaohongshu",
        one_row_is=f"one of the {_LEVELS[level]} in one day or hour, by placement and keyword",
        key=("starts_at", "span", own, *placement),
        columns=(
            Column("starts_at", "时间", span_start),
            Column("span", "时间", span_length),
            Column(own, level, kind),
            *(Column(*_named(header), optional=True, nullable=True) for header in coarser),
            *_optional(code, _PLACEMENT),
            *_optional(label, _NAMES),
            *_METRICS,
        ),
        partition_by=("starts_at", "month"),
        without=finer,
        not_entities=("合计", "总计"),
        declared_in="pipeline/ingest/platforms/xiaohongshu_ads.py",
        where="聚光 (ad.xiaohongshu.com) → 报表 → 导出",
        container="xlsx or CSV, header in one of the first six rows",
        quirks=(
            "columns are those the user chose; the id of the level and 时间 have to be there",
            "a row 合计 or 总计 is no data; days and hours of the same time are both landed: "
            "never add both",
            "30-day attribution arrives late; the core data differ from the daily totals",
        ),
        evidence="column names from public code; GUESS: the file itself, which nobody has shown: "
        "its container, a sum row, and rates with their sign (others are refused)",
    )


def _named(header: str) -> tuple[str, str, Type]:
    name, kind = _IDS[header]
    return name, header, kind


SOURCES = tuple(_report(level) for level in _LEVELS)
