"""Wealth subscriptions: customers, orders and amount per tier, and what is still open."""

from pipeline.report import cells, charts, formats
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Subscriptions
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.view import Figure, Section, Table

RATE = ("subscribed_rate", "subscribed_clickers")
HEAD = (
    "层级",
    "申购客户",
    "笔数",
    "金额",
    "待确认",
    "已撤回",
    "理财点击",
    "点击客户",
    "其中申购",
    "申购率",
)


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    return Section(
        id="subscriptions",
        kicker=say("理财申购"),
        title=title,
        lede=say("只计已确认、且未在冷静期内撤回的申购；待确认与已撤回另列，不计入金额。"),
        metric="subscribers",
        blocks=[[_tiers(facts)], [_amounts(facts)]],
    )


def _tiers(facts: Facts) -> Table:
    rows = {row.part: row for row in facts.subscriptions if row.week == facts.week.name}
    lines = [
        [formats.text(facts.name(part)), *_numbers(rows[part])]
        for part in (*facts.parts, None)
        if part in rows
    ]
    return Table(
        id="subscriptions-tiers",
        title=say("各层级，{week}", week=facts.week.name),
        head=tuple(map(say, HEAD)),
        rows=lines,
        metric="subscribed_rate",
    )


def _numbers(row: Subscriptions) -> list[Cell]:
    counts = [
        cells.cell(getattr(row, name), form, row, name)
        for name, form in (
            ("customers", formats.exact),
            ("orders", formats.exact),
            ("amount_yuan", formats.yuan),
            ("pending_orders", formats.exact),
            ("withdrawn_orders", formats.exact),
            ("wealth_clicks", formats.count),
            ("clickers", formats.exact),
        )
    ]
    reached = row.subscribed_clickers
    return [
        *counts,
        cells.cell(reached, formats.exact, row, "subscribed_clickers", row.mature),
        cells.with_interval(
            row.subscribed_rate, row.rate_low, row.rate_high, row, RATE, row.mature
        ),
    ]


def _amounts(facts: Facts) -> Figure:
    weeks = facts.week.trend
    drawn = [line for part in dict.fromkeys((None, *facts.drawn)) if (line := _line(facts, part))]
    return Figure(
        id="subscriptions-amounts",
        title=say("申购金额，近 {n} 周", n=len(weeks)),
        caption=say(
            "{first} 至 {last} 全行与各层级每周确认的申购金额（元）；人数过少而不展示的周断开。",
            first=weeks[0],
            last=weeks[-1],
        ),
        spec=charts.lines([week.partition("-")[2] for week in weeks], drawn),
        data=_amounts_table(facts),
        metric="subscription_amount",
    )


def _line(facts: Facts, part: str | None) -> charts.Line | None:
    rows = {row.week: row for row in facts.subscriptions if row.part == part}
    shown = [_amount(rows.get(week)) for week in facts.week.trend]
    values = [
        float(rows[week].amount_yuan or 0) if cell.state == "" else None
        for week, cell in zip(facts.week.trend, shown, strict=True)
    ]
    if all(value is None for value in values):
        return None
    return charts.Line(facts.name(part), facts.tier(part), values, [cell.text for cell in shown])


def _amount(row: Subscriptions | None) -> Cell:
    value = None if row is None else row.amount_yuan
    return cells.cell(value, formats.yuan, row, "amount_yuan")


def _amounts_table(facts: Facts) -> Table:
    rows = {(row.week, row.part): row for row in facts.subscriptions}
    places = facts.columns
    lines = [
        [formats.text(week), *(_amount(rows.get((week, part))) for part in places)]
        for week in facts.week.trend
    ]
    head = (say("周"), *(facts.name(part) for part in places))
    return Table(id="subscriptions-amounts-data", title=say("每周申购金额"), head=head, rows=lines)
