"""The bank's own funnels: how far the customers of a month came, step by step, and how fast."""

from collections.abc import Sequence
from itertools import groupby

from pipeline.report import cells, charts, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.journey_rows import JourneyStep
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.view import Figure, Section, Table

STEP_RATE = ("step_rate", "persons")
TOTAL_RATE = ("total_rate", "persons")
HEAD = (
    "漏斗",
    "步骤",
    "人数",
    "上月人数",
    "步转化率",
    "累计转化率",
    "上月累计转化率",
    "中位用时",
    "九成用时",
)
LEDE = (
    "同一客户按时间先后走完的步骤；每个漏斗取观察窗口已走完的最近一个入口月。"
    "区间为 Wilson 95%，用时自入口起算。"
)
LEDE_OF_MONTH = (
    "本月进入漏斗的客户按时间先后走完的步骤。观察窗口尚未走完的漏斗标为未成熟，数字还会上升。"
    "区间为 Wilson 95%，用时自入口起算。"
)
BEFORE = "上月没有，或人数过少不展示"
SPANS = ((86_400, "{n} 天"), (3600, "{n} 小时"), (60, "{n} 分钟"))


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    return Section(
        id="journeys",
        kicker=say("客户旅程"),
        title=title,
        lede=say(LEDE_OF_MONTH if facts.period.kind == "month" else LEDE),
        metric="funnel_step_rate",
        blocks=[[_figure(facts)], [_table(facts)]] if facts.journeys else [],
    )


def title(facts: Facts) -> str:
    """Name the hardest step of the funnels that are over: it loses most of those who came to it."""
    row = hardest(facts)
    if row is None and facts.period.kind == "month":
        return say(
            "{month}进入的客户，还没有一个漏斗走完观察窗口",
            month=formats.month_name(facts.period.starts),
        )
    if row is None:
        over = any(one.mature for one in _own(facts.journeys))
        return say("走完观察窗口的漏斗人数都过少" if over else "还没有一个漏斗走完观察窗口")
    return say(
        "最难的一步：{funnel}的「{event}」，{rate} 走到",
        funnel=words.funnel(row.funnel, row.funnel_name),
        event=words.event(row.event),
        rate=formats.rate(row.step_rate),
    )


def hardest(facts: Facts) -> JourneyStep | None:
    """The step of the place that the smallest share of those before it came to."""
    rows = [row for row in _own(facts.journeys) if _told(row)]
    return min(rows, key=lambda row: (row.step_rate or 0, row.funnel, row.step), default=None)


def _told(row: JourneyStep) -> bool:
    return bool(row.mature) and row.step_rate is not None and not row.hides("step_rate")


def _own(rows: Sequence[JourneyStep]) -> list[JourneyStep]:
    return [row for row in rows if row.part is None]


def _last(rows: Sequence[JourneyStep]) -> list[JourneyStep]:
    """The last step of every funnel at every level."""
    steps = {row.funnel: row.step for row in _own(rows)}  # rows stand in order of step
    return [row for row in rows if row.step == steps.get(row.funnel)]


def _figure(facts: Facts) -> Figure:
    groups = [
        (facts.name(part), dots)
        for part in dict.fromkeys((None, *facts.drawn))
        if (dots := [dot for row in _last(facts.journeys) if (dot := _dot(row, part))])
    ]
    return Figure(
        id="journeys-totals",
        title=say("从入口走到最后一步的客户占比"),
        caption=say("各漏斗、全行与各层级；竖线为 95% 区间。人数过少的不画。"),
        spec=charts.rates(groups, 320),
        data=_totals(facts),
        metric="funnel_total_rate",
    )


def _dot(row: JourneyStep, part: str | None) -> charts.Dot | None:
    value, low, high = row.total_rate, row.total_low, row.total_high
    if row.part != part or row.hides("total_rate") or None in (value, low, high):
        return None
    name = words.funnel(row.funnel, row.funnel_name)
    return charts.Dot(name, value or 0, low or 0, high or 0, row.tier, bool(row.mature))


def _totals(facts: Facts) -> Table:
    found = {(row.funnel, row.part): row for row in _last(facts.journeys)}
    lines = [
        [
            formats.text(words.funnel(row.funnel, row.funnel_name), note=_month(row)),
            *(_total(facts, found.get((row.funnel, part))) for part in facts.columns),
        ]
        for row in _last(_own(facts.journeys))
    ]
    head = (say("漏斗"), *(facts.name(part) for part in facts.columns))
    return Table(id="journeys-totals-data", title=say("累计转化率"), head=head, rows=lines)


def _total(facts: Facts, row: JourneyStep | None) -> Cell:
    if row is None:
        return cells.dash(say("这一层级没有人进入"))
    return cells.with_interval(
        row.total_rate, row.total_low, row.total_high, row, TOTAL_RATE, row.mature
    )


def _month(row: JourneyStep) -> str:
    return formats.month_name(row.starts_on)


def _table(facts: Facts) -> Table:
    lines = [
        _line(row, is_first=at == 0)
        for _, steps in groupby(_own(facts.journeys), key=lambda row: row.funnel)
        for at, row in enumerate(steps)
    ]
    return Table(
        id="journeys-steps",
        title=say("逐步，全行"),
        head=tuple(say(name) for name in HEAD),
        rows=lines,
        note=say("累计转化率以进入漏斗的客户为底；用时是从进入到走到该步的时间。"),
        metric="funnel_step_rate",
    )


def _line(row: JourneyStep, *, is_first: bool) -> list[Cell]:
    name = words.funnel(row.funnel, row.funnel_name)
    none = say("入口没有上一步")
    return [
        formats.text(name, note=_month(row) if is_first else ""),
        formats.text(words.event(row.event)),
        cells.cell(row.persons, formats.exact, row, "persons", row.mature),
        cells.cell(row.previous_persons, formats.exact, why=say(BEFORE)),
        cells.dash(none)
        if is_first
        else cells.with_interval(
            row.step_rate, row.step_low, row.step_high, row, STEP_RATE, row.mature
        ),
        cells.dash(none)
        if is_first
        else cells.with_interval(
            row.total_rate, row.total_low, row.total_high, row, TOTAL_RATE, row.mature
        ),
        cells.dash(none)
        if is_first
        else cells.cell(row.previous_rate, formats.rate, why=say(BEFORE)),
        _span(row, "median_seconds"),
        _span(row, "p90_seconds"),
    ]


def _span(row: JourneyStep, column: str) -> Cell:
    why = say("入口没有用时，或人数过少不展示")
    return cells.cell(getattr(row, column), span, row, column, row.mature, why)


def span(seconds: int) -> str:
    """A time as people say it: days, hours or minutes, one decimal below ten."""
    for size, words_of in SPANS:
        if seconds >= size or size == SPANS[-1][0]:
            n = seconds / size
            return say(words_of, n=formats.ratio(n, 1 if n < 10 else 0))
    raise AssertionError("the last span takes everything")
