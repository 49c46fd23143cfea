"""What rules find in the titles that are online, and what review said before they went out."""

from pipeline.report import cells, charts, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.text_rows import Findings, OpenFinding, Repeat
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.sections import reviews
from pipeline.report.view import Figure, Section, Table

CATEGORIES = {
    "absolute_terms": "绝对化表述",
    "ad_mark": "未标明“广告”",
    "endorsement": "增信、推荐与片面宣传",
    "exaggeration": "夸大宣传（含诱导性用语）",
    "live_host": "直播营销人员资质",
    "missing_risk": "未充分揭示风险",
    "off_platform": "引至本行平台以外",
    "past_performance": "过往业绩展示不全",
    "promise_return": "变相承诺收益",
    "unsourced_figure": "数据未注明来源",
}
VERDICTS = {
    "violation": "违规",
    "evidence_needed": "需补证据",
    "manual_review": "需人工复核",
    "advice": "建议",
}
SEVERITIES = {1: "轻", 2: "中", 3: "重"}
FOUND_HEAD = ("审查", "命中", "命中占比", "已改", "改正中位（天）")
OPEN_HEAD = ("标题", "账号", "类别", "程度", "判定", "依据与原因", "建议改法", "未改天数")
REPEAT_HEAD = ("账号", "类别", "命中周数", "命中篇数", "未改篇数", "首周", "末周")
LEDE = "在线标题按发布日有效的规则逐条比对；只看标题，正文未写明的查不到，占比低不等于合规。"
CLEAN = "本周在线标题未见命中规则（审 {reviewed} 篇）"
FOUND = "本周 {reviewed} 篇在线标题中 {found} 篇命中规则（{share}）"
UNKNOWN = "本周没有可审的在线标题"
OPEN_NOTE = (
    "至 {day} 线上仍是这个标题；天数自首次导出可见起算。判定为规则初筛，以合规岗复核结论为准。"
)


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    texts = facts.texts
    beside: list[Table | Figure] = [_tiers(facts)]
    log: list[Table | Figure] = [reviews.by_month(facts)] if texts.reviews else []
    categories = _categories(facts)
    if categories:
        beside.append(_by_category(facts, categories))
    else:  # a week without findings leaves room for the log
        beside, log = [*beside, *log], []
    blocks = [beside]
    if texts.open_findings:
        blocks.append([_open(facts)])
    if texts.repeats:
        blocks.append([_repeats(texts.repeats)])
    if log:
        blocks.append(log)
    if texts.reviews:
        blocks.append([reviews.latest(facts)])
    return Section(
        id="compliance",
        kicker=say("合规"),
        title=title,
        lede=say(LEDE),
        metric="finding_share",
        blocks=blocks,
    )


def title(facts: Facts) -> str:
    """Say how many of the titles reviewed have a finding, and how many are still online."""
    row = all_rules(facts).get(None)
    if row is None or not row.posts_reviewed:
        return say(UNKNOWN)
    waiting = facts.texts.open_findings
    still = say("；{n} 处至今未改", n=len(waiting)) if waiting else ""
    if not row.posts_found:
        return say(CLEAN, reviewed=row.posts_reviewed) + still
    share = formats.rate(row.found_share)
    return say(FOUND, reviewed=row.posts_reviewed, found=row.posts_found, share=share) + still


def category(code: str | None, name: str | None) -> str:
    """The name of a category of rules; a bank's own keeps the name it was given."""
    return say(CATEGORIES[code]) if code in CATEGORIES else name or code or ""


def all_rules(facts: Facts) -> dict[str | None, Findings]:
    """What all rules together found this week, by part."""
    return {row.part: row for row in facts.texts.findings if row.category is None}


def _categories(facts: Facts) -> list[Findings]:
    """What was found at the place by category, the most frequent first."""
    rows = [row for row in facts.texts.findings if row.part is None and row.category]
    return sorted(rows, key=lambda row: (-row.posts_found, row.category or ""))


def _tiers(facts: Facts) -> Table:
    found = all_rules(facts)
    parts = [part for part in (*facts.parts, None) if part in found]
    return Table(
        id="compliance-tiers",
        title=say("本周发布、有标题的作品"),
        head=(say("层级"), *(say(name) for name in FOUND_HEAD)),
        rows=[[formats.text(facts.name(part)), *_found(facts, found[part])] for part in parts],
        note=say("占比下方为 Wilson 95% 区间；审查篇数少时区间很宽，未见命中不等于没有。"),
        metric="finding_share",
    )


def _found(facts: Facts, row: Findings) -> list[Cell]:
    none = say("本周没有命中") if not row.posts_found else say("命中的都还没有改")
    return [
        cells.counted(row.posts_reviewed),
        cells.counted(row.posts_found, asks=True),
        cells.share_of(facts, row.found_share, row.rate_low, row.rate_high, row.posts_reviewed),
        cells.counted(row.posts_fixed),
        cells.cell(row.median_days_to_fix, formats.ratio, why=none),
    ]


def _by_category(facts: Facts, rows: list[Findings]) -> Figure:
    bars = [
        charts.Bar(
            category(row.category, row.category_zh),
            row.posts_found,
            say("{n} 篇", n=formats.exact(row.posts_found)),
        )
        for row in rows
    ]
    data = Table(
        id="compliance-categories-data",
        title=say("各类别"),
        head=(say("类别"), *(say(name) for name in FOUND_HEAD)),
        rows=[
            [formats.text(category(row.category, row.category_zh)), *_found(facts, row)]
            for row in rows
        ],
    )
    return Figure(
        id="compliance-categories",
        title=say("本周命中的类别"),
        caption=say("一篇命中几类，各类各计一次。"),
        spec=charts.bars(bars, 60 + 34 * len(bars)),
        data=data,
        metric="finding_share",
    )


def _open(facts: Facts) -> Table:
    rows = facts.texts.open_findings
    return Table(
        id="compliance-open",
        title=say("在线未改的 {n} 处", n=len(rows)),
        head=tuple(say(name) for name in OPEN_HEAD),
        rows=[_open_line(row) for row in rows],
        note=say(OPEN_NOTE, day=facts.run.as_of),
        metric="days_to_fix",
        sortable=True,
        listed=True,
    )


def _open_line(row: OpenFinding) -> list[Cell]:
    severity = say(SEVERITIES[row.severity])
    verdict = say(VERDICTS[row.verdict]) if row.verdict in VERDICTS else row.verdict
    matched = say("命中「{words}」", words=row.matched) if row.matched else ""
    published = say("{day} 发布", day=row.published_on) if row.published_on else ""
    return [
        formats.text(row.title, note=matched),
        formats.text(
            row.account_name or row.account_id,
            note=" · ".join(part for part in (words.platform(row.platform), published) if part),
        ),
        formats.text(category(row.category, row.category_zh), note=row.rule_id),
        Cell(
            severity,
            "attention" if row.severity > 2 else "",
            sort=str(row.severity),
            number=False,
        ),
        formats.text(verdict),
        formats.text(row.legal_basis, note=row.reason or ""),
        formats.text(row.suggestion),
        cells.cell(row.days_open, formats.exact, why=say("不知何时首次可见")),
    ]


def _repeats(rows: list[Repeat]) -> Table:
    lines = [
        [
            formats.text(
                row.account_name or row.account_id,
                note=f"{words.tier(row.tier)} · {words.platform(row.platform)}"
                if row.tier and row.platform
                else "",
            ),
            formats.text(category(row.category, row.category_zh)),
            cells.cell(row.weeks_found, formats.exact),
            cells.cell(row.posts_found, formats.exact),
            cells.cell(row.posts_open, formats.exact),
            formats.text(row.first_week),
            formats.text(row.last_week),
        ]
        for row in rows
    ]
    return Table(
        id="compliance-repeats",
        title=say("屡犯账号"),
        head=tuple(say(name) for name in REPEAT_HEAD),
        rows=lines,
        note=say("几周里都命中同一类别的账号：当面讲一次，胜过再改一篇。"),
        metric="repeat_findings",
        sortable=True,
    )
