"""百家号: what baijiahao.baidu.com exports."""

from pipeline.ingest.source import Column, Source
from pipeline.ingest.units import count, local_date, text, title

ARTICLES = Source(
    name="baijiahao_articles",
    title="per article, xlsx",
    platform="baijiahao",
    one_row_is="one article, lifetime totals at the moment of export",
    key=("url",),
    columns=(
        Column("title", "标题", title),
        Column("url", "链接", text),
        Column("published_on", "发布时间", local_date("%Y-%m-%d")),
        Column("reads", "阅读量", count, nullable=True),
        Column("comments", "评论量", count, nullable=True),
        Column("likes", "点赞量", count, nullable=True),
        Column("saves", "收藏量", count, nullable=True),
        Column("shares", "分享量", count, nullable=True),
        Column("recommendations", "推荐量", count, nullable=True),
    ),
    partition_by=("exported_at", "month"),
    post_key=("url",),
    post_parts=r"[?&]id=(\d+)",
    lifetime=True,
    where="baijiahao.baidu.com → 数据中心 → 内容分析 → 导出",
    container="xlsx, sheet data, header in row 1, every cell text",
    quirks=(
        "the id of 19 digits is in the address only",
        "the time of publication is a day",
        "推荐量 is how often the article was shown by recommendation",
    ),
    evidence="five real exports",
)

SOURCES = (ARTICLES,)
