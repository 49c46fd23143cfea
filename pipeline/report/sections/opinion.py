"""What is said under the bank's posts: about what, how grave, and whether anybody answered."""

from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.text_rows import Answers, Opinion
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.stacks import Part, stacks
from pipeline.report.view import Figure, Section, Table

ASPECTS = {
    "fraud": "诈骗",
    "privacy": "信息泄露",
    "product_loss": "产品亏损",
    "fee": "收费",
    "queue": "排队",
    "service": "服务",
}
SEVERITIES = {0: "不严重", 1: "轻", 2: "中", 3: "重"}
GRAVE = 3
KINDS = {"question": "提问", "complaint": "投诉"}
TIER_HEAD = ("层级", "评论", "负面", "负面占比", "正面", "严重评论")
ASPECT_HEAD = ("方面", "评论", *SEVERITIES.values(), "负面占比")
ANSWER_HEAD = (
    "层级",
    "类型",
    "评论",
    "已回复",
    "未回复",
    "回复用时中位（小时）",
    "最久未回复（天）",
)
WAITING_HEAD = ("账号", "层级", "平台", "周", "类型", "未回复", "最久未回复（天）")
LEDE = (
    "评论由规则判定方面与严重程度，只计评论、不计评论人；一条涉及几个方面，各计一次。"
    "提问与投诉只看导出中有回复记录的账号。"
)
TITLE = "本周 {n} 条评论，负面占 {share}"
GRAVE_TITLE = "，{n} 条严重"
WAITING_TITLES = {  # complaints before questions
    "complaint": "；{n} 条投诉还没有回复",
    "question": "；{n} 条提问还没有回复",
}
NO_COMMENTS = "本周没有交付评论"


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    blocks: list[list[Table | Figure]] = []
    if _total(facts):
        blocks.append([_by_aspect(facts), _tiers(facts)])
    if facts.texts.grave:
        blocks.append([_grave(facts.texts.grave)])
    if facts.texts.answers:
        blocks.append([_answers(facts)])
    if facts.texts.unanswered:
        blocks.append([_waiting(facts)])
    return Section(
        id="opinion",
        kicker=say("舆情"),
        title=title,
        lede=say(LEDE),
        metric="negative_share",
        blocks=blocks,
    )


def title(facts: Facts) -> str:
    """Say how many comments there are, how many negative, grave, and without an answer."""
    total = _total(facts)
    if total is None or not total.comments:
        return say(NO_COMMENTS)
    told = say(TITLE, n=formats.exact(total.comments), share=formats.rate(total.negative_share))
    grave = counts(facts, None).get((None, GRAVE))
    if grave is not None and grave.comments:
        told += say(GRAVE_TITLE, n=formats.exact(grave.comments))
    waiting = {r.kind: r.unanswered for r in facts.texts.answers if r.part is None}
    kind = next((one for one in WAITING_TITLES if waiting.get(one)), None)
    return told + say(WAITING_TITLES[kind], n=formats.exact(waiting[kind])) if kind else told


def _total(facts: Facts) -> Opinion | None:
    return counts(facts, None).get((None, None))


def counts(facts: Facts, part: str | None) -> dict[tuple[str | None, int | None], Opinion]:
    """The comments of one part, or of the place itself, by aspect and severity."""
    rows = [row for row in facts.texts.opinions if row.part == part]
    return {(row.aspect, row.severity): row for row in rows}


def _by_aspect(facts: Facts) -> Figure:
    found = counts(facts, None)
    aspects = [aspect for aspect in ASPECTS if (aspect, None) in found]
    parts = [
        Part(
            say(name),
            severity,
            [_comments(found.get((aspect, severity))) for aspect in aspects],
        )
        for severity, name in SEVERITIES.items()
    ]
    return Figure(
        id="opinion-aspects",
        title=say("说的是什么，有多严重"),
        caption=say("本周的评论条数；斜纹为重，即严重评论。没有涉及任何方面的评论只在总数里。"),
        spec=stacks([say(ASPECTS[one]) for one in aspects], parts, 80 + 40 * len(aspects)),
        data=_aspects(facts, found),
        metric="grave_comments",
    )


def _comments(row: Opinion | None) -> int:
    return 0 if row is None else row.comments


def _aspects(facts: Facts, found: dict[tuple[str | None, int | None], Opinion]) -> Table:
    lines = [
        [
            formats.text(say("全部评论") if aspect is None else say(ASPECTS[aspect])),
            cells.counted(row.comments),
            *(cells.counted(_comments(found.get((aspect, one)))) for one in SEVERITIES),
            cells.share_of(facts, row.negative_share, None, None, row.comments),
        ]
        for aspect in (*ASPECTS, None)
        if (row := found.get((aspect, None)))
    ]
    head = tuple(say(name) for name in ASPECT_HEAD)
    return Table(id="opinion-aspects-data", title=say("各方面"), head=head, rows=lines)


def _tiers(facts: Facts) -> Table:
    lines = [
        line for part in (*facts.parts, None) if (line := _tier(facts, part, counts(facts, part)))
    ]
    return Table(
        id="opinion-tiers",
        title=say("各层级"),
        head=tuple(say(name) for name in TIER_HEAD),
        rows=lines,
        note=say("负面与正面之外为中性；评论少时占比只供参考。"),
        metric="negative_share",
    )


def _tier(
    facts: Facts, part: str | None, found: dict[tuple[str | None, int | None], Opinion]
) -> list[Cell]:
    row = found.get((None, None))
    if row is None:
        return []
    grave = _comments(found.get((None, GRAVE)))
    return [
        formats.text(facts.name(part)),
        cells.counted(row.comments),
        cells.counted(row.negative),
        cells.share_of(facts, row.negative_share, None, None, row.comments),
        cells.counted(row.positive),
        cells.counted(grave, asks=True),
    ]


def _grave(rows: list[Opinion]) -> Table:
    """Grave comments of each account, and what they are about."""
    totals = [row for row in rows if row.aspect is None]
    totals.sort(key=lambda row: (-row.comments, row.account_id or ""))
    lines = [
        [
            *_account(row),
            cells.counted(row.comments, asks=True),
            formats.text(
                " · ".join(
                    say(ASPECTS[one.aspect])
                    for one in rows
                    if one.account_id == row.account_id and one.aspect in ASPECTS
                )
            ),
        ]
        for row in totals
    ]
    return Table(
        id="opinion-grave",
        title=say("严重评论在哪些账号"),
        head=tuple(say(name) for name in ("账号", "层级", "平台", "严重评论", "涉及方面")),
        rows=lines,
        note=say(
            "诈骗、信息泄露、误导销售、扬言投诉监管：请当天由账号所在机构核实。原文在平台后台。"
        ),
        metric="grave_comments",
    )


def _account(row: Opinion | Answers) -> list[Cell]:
    return [
        formats.text(row.account_name or row.account_id),
        formats.text(words.tier(row.tier)),
        formats.text(words.platform(row.platform)),
    ]


def _answers(facts: Facts) -> Table:
    found = {(row.part, row.kind): row for row in facts.texts.answers}
    lines = [
        [
            formats.text(facts.name(part)),
            formats.text(say(KINDS[kind])),
            cells.counted(row.comments),
            cells.counted(row.answered),
            *_unanswered(row),
        ]
        for part in (*facts.parts, None)
        for kind in KINDS
        if (row := found.get((part, kind)))
    ]
    return Table(
        id="opinion-answers",
        title=say("本周的提问与投诉"),
        head=tuple(say(name) for name in ANSWER_HEAD),
        rows=lines,
        note=say("回复与否截至 {day}；一条评论可以既是提问又是投诉。", day=facts.run.as_of),
        metric="response_hours",
    )


def _unanswered(row: Answers) -> list[Cell]:
    return [
        cells.counted(row.unanswered, asks=True),
        cells.cell(row.median_response_hours, formats.ratio, why=say("一条也没有回复")),
        cells.cell(row.oldest_unanswered_days, formats.exact, why=say("都已回复")),
    ]


def _waiting(facts: Facts) -> Table:
    rows = facts.texts.unanswered
    lines = [
        [
            *_account(row),
            formats.text(row.week),
            formats.text(say(KINDS[row.kind])),
            cells.counted(row.unanswered),
            cells.cell(row.oldest_unanswered_days, formats.exact),
        ]
        for row in rows
    ]
    return Table(
        id="opinion-waiting",
        title=say("近 {n} 周仍未回复的提问与投诉，按账号", n=len(facts.week.trend)),
        head=tuple(say(name) for name in WAITING_HEAD),
        rows=lines,
        sortable=True,
        folded=True,
        listed=True,
    )
