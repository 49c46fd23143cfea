"""The posts that gained most reads in the report week."""

from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Post
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.view import Section, Table

HEAD = (
    "标题",
    "账号",
    "平台",
    "发布日",
    "本周新增阅读",
    "累计阅读",
    "累计互动",
    "互动率",
    "带来关注",
    "引流点击",
)


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    lede = (
        say("本周新增阅读由相邻两次导出的累计值相减得到；其余为导出时的累计值。")
        if facts.week.is_report_week
        else say("帖子的周增量只为最新一周发布，本页是较早的一周，故不列。")
    )
    return Section(
        id="content",
        kicker=say("内容"),
        title=title,
        lede=lede,
        metric="reads_last_week",
        blocks=[[_table(facts)]] if facts.posts else [],
        follows=facts.is_bank,
    )


def _table(facts: Facts) -> Table:
    return Table(
        id="content-posts",
        title=say("本周新增阅读最多的 {n} 篇", n=len(facts.posts)),
        head=tuple(map(say, HEAD)),
        rows=[_line(row) for row in facts.posts],
        metric="engagement_rate",
        sortable=True,
        listed=True,
        rows_of=[(row.tier, row.platform) for row in facts.posts] if facts.is_bank else (),
    )


def _line(row: Post) -> list[Cell]:
    counts = ("reads_last_week", "reads", "engagement")
    return [
        formats.text(row.title or say("（无标题）"), note=_origin(row)),
        formats.text(row.account_name, note=words.tier(row.tier) if row.tier else ""),
        formats.text(words.platform(row.platform), note=words.form(row.form)),
        formats.text(row.published_on),
        *(cells.cell(getattr(row, name), formats.count) for name in counts),
        cells.cell(row.engagement_rate, formats.rate),
        cells.cell(row.followers_gained, formats.signed),
        cells.cell(row.clicks, formats.exact),
    ]


def _origin(row: Post) -> str:
    if row.source_file is None:
        return ""
    sheet = f" · {row.source_sheet}" if row.source_sheet else ""
    line = say(" · 第 {line} 行", line=row.source_line) if row.source_line is not None else ""
    return f"{row.source_file}{sheet}{line}"
