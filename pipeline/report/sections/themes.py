"""What posts are about and how alike they are, when they are read, and what new followers stay."""

from typing import Any

from pipeline.report import cells, charts, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.text_rows import Homogeneity, Mix
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.sections import readers
from pipeline.report.view import Figure, Section, Table

THEMES = {
    "product_promo": "产品宣传",
    "knowledge": "知识科普",
    "welfare": "福利抽奖",
    "lifestyle": "生活场景",
    "ip": "IP 形象",
    "hot_event": "热点赛事",
    "culture_travel": "文旅",
    "other": "其他主题",
}
FORMS = {
    "live_commerce": "直播带货",
    "activity_benefit": "活动福利",
    "product_placement": "产品植入",
    "none": "不带货",
}
NAMES = {"theme": THEMES, "selling_form": FORMS}
MIX_HEAD = ("作品", "占比", "阅读/观看", "互动率", "关注率", "点击率")
VARIETY_HEAD = (
    "层级",
    "作品",
    "有效主题数",
    "有效带货形式数",
    "与本账号重复",
    "与本行其他账号重复",
)
LEDE = "主题与带货形式按标题判定，本行标注优先；互动、关注、点击为至今累计，除以同一批作品的阅读。"
TITLE = "发得最多的是{most}（占 {share}），点击率最高的是{best}（{n} 篇，{rate}）"
SAME_TITLE = "{most}发得最多（占 {share}），点击率也最高（{rate}）"
ONLY_TITLE = "发得最多的是{most}（占 {share}）"
NO_MONTH = "还没有一个完整月的作品可比"
NO_RATE = "没有可比的阅读，或平台不导出此项"
NO_CLICKS = "这些作品没有自己的引流链接"


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    beside: list[Table | Figure] = [*readers.hours(facts)]
    if _own(facts, "theme"):
        beside.insert(0, _themes(facts))
    below: list[Table | Figure] = [*readers.giveaways(facts)]
    if facts.texts.homogeneity:
        below.insert(0, _homogeneity(facts))
    varied: list[Table | Figure] = [_variety(facts)] if facts.texts.variety else []
    rows: list[list[Table | Figure]] = [beside, varied, below]
    rows += [[table] for table in readers.folded(facts)]
    return Section(
        id="themes",
        kicker=say("内容质量"),
        title=title,
        lede=say(LEDE),
        metric="mix_share",
        blocks=[row for row in rows if row],
    )


def title(facts: Facts) -> str:
    """Say which theme has most posts, and which of those with enough is clicked most."""
    rows = _own(facts, "theme")
    if not rows:
        return say(NO_MONTH)
    most = rows[0]
    name, share = words.within(_name(most)), formats.rate(most.share)
    best = max(_compared(facts, rows), key=lambda row: row.click_rate or 0, default=None)
    if best is None:
        return say(ONLY_TITLE, most=name, share=share)
    rate = formats.rate(best.click_rate)
    if best is most:
        return say(SAME_TITLE, most=name, share=share, rate=rate)
    posts = formats.exact(best.posts)
    return say(TITLE, most=name, share=share, best=words.within(_name(best)), rate=rate, n=posts)


def _compared(facts: Facts, rows: list[Mix]) -> list[Mix]:
    least = int(cells.parameter(facts, "posting_least"))
    return [row for row in rows if row.posts >= least and row.click_rate is not None]


def _own(facts: Facts, dimension: str) -> list[Mix]:
    """The place's categories of the latest month, the most frequent first."""
    rows = [r for r in facts.texts.mix if (r.part, r.dimension) == (None, dimension)]
    return sorted(rows, key=lambda row: (-row.posts, row.category))


def _name(row: Mix) -> str:
    names = NAMES[row.dimension]
    return say(names[row.category]) if row.category in names else row.category


def _themes(facts: Facts) -> Figure:
    rows = _own(facts, "theme")
    least = cells.parameter(facts, "posting_least")
    return Figure(
        id="themes-clicks",
        title=say("各主题的点击率"),
        caption=say(
            "{month}发布的作品，按篇数从多到少；少于 {least} 篇或没有引流链接的主题不画。",
            month=formats.month_name(rows[0].month),
            least=least,
        ),
        spec=_roomy(charts.bars([_bar(row) for row in _compared(facts, rows)], 290)),
        data=_mix(facts),
        metric="mix_share",
    )


def _roomy(spec: dict[str, Any]) -> dict[str, Any]:
    """The same bars, shorter: their numbers are long, and a phone is narrow."""
    spec["layout"]["xaxis"]["range"][1] *= 1.2
    return spec


def _bar(row: Mix) -> charts.Bar:
    text = say("{rate} · {n} 篇", rate=formats.rate(row.click_rate), n=row.posts)
    return charts.Bar(_name(row), row.click_rate or 0, text)


def _mix(facts: Facts) -> Table:
    """Themes, then forms of selling, with what they have won."""
    lines = [
        [
            formats.text(_name(row), note=say(kind)),
            cells.counted(row.posts),
            cells.cell(row.share, formats.rate),
            cells.cell(row.reads, formats.count),
            _rate(facts, row, row.engagement_rate, NO_RATE),
            _rate(facts, row, row.follow_rate, NO_RATE),
            _rate(facts, row, row.click_rate, NO_CLICKS),
        ]
        for dimension, kind in (("theme", "主题"), ("selling_form", "带货形式"))
        for row in _own(facts, dimension)
    ]
    head = (say("类别"), *(say(name) for name in MIX_HEAD))
    return Table(id="themes-mix", title=say("主题与带货形式"), head=head, rows=lines)


def _rate(facts: Facts, row: Mix, value: float | None, why: str) -> Cell:
    """A rate, greyed where few posts are behind it."""
    if value is None:
        return cells.dash(say(why))
    least = int(cells.parameter(facts, "posting_least"))
    few = say("少于 {least} 篇，仅供参考", least=least) if row.posts < least else ""
    return Cell(formats.rate(value), "small" if few else "", few, repr(value))


def _variety(facts: Facts) -> Table:
    alike = {(r.part, r.among): r for r in _month(facts)}
    varied = {(r.part, r.dimension): r for r in facts.texts.variety}
    lines = [
        [
            formats.text(facts.name(part)),
            cells.counted(row.posts),
            _effective(facts, part, "theme"),
            _effective(facts, part, "selling_form"),
            _alike(facts, alike.get((part, "own_account"))),
            _alike(facts, alike.get((part, "own_bank"))),
        ]
        for part in (*facts.parts, None)
        if (row := varied.get((part, "theme")))
    ]
    return Table(
        id="themes-variety",
        title=say("各层级有多丰富，有多重复"),
        head=tuple(say(name) for name in VARIETY_HEAD),
        rows=lines,
        note=say(
            "有效数：各类一样多时等于类数，越集中越接近 1。重复：此前 {days} 天内有标题近似的作品；"
            "同一作品发到多个平台不算。",
            days=cells.parameter(facts, "homogeneity_days"),
        ),
        metric="effective_number",
    )


def _effective(facts: Facts, part: str | None, dimension: str) -> Cell:
    row = next((r for r in facts.texts.variety if (r.part, r.dimension) == (part, dimension)), None)
    if row is None:
        return cells.dash(say(NO_MONTH))
    used = say("用到 {n} 类", n=row.categories)
    return cells.cell(row.effective_number, formats.ratio, note=used)


def _alike(facts: Facts, row: Homogeneity | None) -> Cell:
    if row is None:
        return cells.dash(say("标题太短，无从判断"))
    if not row.full_past:
        return cells.cell(
            row.duplicate_rate,
            formats.rate,
            why=say("标题太短，无从判断"),
            note=say("记录不全，只会偏低"),
        )
    return cells.share_of(facts, row.duplicate_rate, row.rate_low, row.rate_high, row.posts)


def _month(facts: Facts) -> list[Homogeneity]:
    """The latest month of the homogeneity."""
    newest = max((row.month for row in facts.texts.homogeneity), default=None)
    return [row for row in facts.texts.homogeneity if row.month == newest]


def _homogeneity(facts: Facts) -> Figure:
    rows = [row for row in facts.texts.homogeneity if row.among == "own_account"]
    groups = [
        (facts.name(part), dots)
        for part in dict.fromkeys((None, *facts.drawn))
        if (dots := [dot for row in rows if row.part == part and (dot := _dot(row))])
    ]
    return Figure(
        id="themes-homogeneity",
        title=say("与本账号此前作品重复的占比"),
        caption=say("按发布月；空心为此前记录不全的月份，只会偏低。竖线为 Wilson 95% 区间。"),
        spec=charts.rates(groups, 300),
        data=_months(facts),
        metric="duplicate_rate",
    )


def _dot(row: Homogeneity) -> charts.Dot | None:
    if row.duplicate_rate is None or row.rate_low is None or row.rate_high is None:
        return None
    month, whole = f"{row.month:%Y-%m}", bool(row.full_past)
    return charts.Dot(month, row.duplicate_rate, row.rate_low, row.rate_high, row.tier, whole)


def _months(facts: Facts) -> Table:
    rows = facts.texts.homogeneity
    lines = [
        [
            formats.text(f"{row.month:%Y-%m}"),
            formats.text(facts.name(row.part)),
            cells.counted(row.posts),
            cells.counted(row.near_duplicates),
            _alike(facts, row),
        ]
        for part in (None, *facts.parts)
        for row in rows
        if (row.part, row.among) == (part, "own_account")
    ]
    head = tuple(say(name) for name in ("月份", "层级", "作品", "重复", "与本账号重复"))
    return Table(id="themes-homogeneity-data", title=say("逐月"), head=head, rows=lines)
