"""What lies outside its usual range this week, and the active customers to come."""

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal

from pipeline.periods import week_name
from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.alert_rows import Alert
from pipeline.report.facts.rows import Forecast
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.place import Place
from pipeline.report.sections.readers import WEEKDAYS
from pipeline.report.view import Section, Table

MOST = 12
MOST_COMMENTS = 4  # of them grave comments: all stand with what the public says
SEVERITY = {1: "提示", 2: "警告", 3: "严重"}
PERIODS = {"day": "日", "week": "周"}
GRAVE_COMMENTS = "grave_comments"
NAMES = {"dau": "日活"}  # of what is no stage of the funnel
TOLD = {
    "above": "{place} {when} {number} {value}，高于通常范围 {low}–{high}（{usual}）",
    "below": "{place} {when} {number} {value}，低于通常范围 {low}–{high}（{usual}）",
}
USUAL = {"day": "前 {n} 个{weekday}的中位数 {usual}", "week": "前 {n} 周中位数 {usual}"}
METHODS = {
    "last": "沿用最近一期",
    "mean": "近四期均值",
    "drift": "长期斜率",
    "damped": "近期斜率，渐缓",
}


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    tables = [_alerts(facts)] if facts.alerts else []
    if facts.forecasts:
        tables.append(_forecasts(facts))
    return Section(
        id="watch",
        kicker=say("预警与预测"),
        title=title,
        lede=say(
            "每个数字与自己的历史相比：周比前几周，日比前几周的同一天；好的偏离也列出，严重的评论在内。"
        ),
        metric="alert",
        blocks=[[table] for table in tables],
    )


def _alerts(facts: Facts) -> Table:
    alerts = pressing(facts.alerts)
    more = len(facts.alerts) > len(alerts)
    title = "最要紧的 {n} 项，共 {of} 项" if more else "{n} 项，最要紧的在前"
    return Table(
        id="watch-alerts",
        title=say(title, n=len(alerts), of=len(facts.alerts)),
        head=tuple(map(say, ("程度", "周期", "说明"))),
        rows=[
            [
                _severity(row),
                formats.text(say(PERIODS[row.period])),
                formats.text(told(row)),
            ]
            for row in alerts
        ],
        metric="expected",
    )


def pressing(alerts: Sequence[Alert]) -> list[Alert]:
    """The gravest, in their order; what is low has its place, grave comments take no more than it.

    One good week in many places must not hide the one that fell.
    """
    said = [at for at, row in enumerate(alerts) if row.metric == GRAVE_COMMENTS]
    moved = [at for at, row in enumerate(alerts) if row.metric != GRAVE_COMMENTS]
    said = said[: max(MOST_COMMENTS, MOST - len(moved))]
    first = sorted(moved, key=lambda at: (alerts[at].direction != "below", at))
    return [alerts[at] for at in sorted([*said, *first[: MOST - len(said)]])]


def told(row: Alert) -> str:
    """Say what lies out of its range, where and when, and what is usual."""
    values = {"place": words.place(_place(row)), "when": _when(row)}
    if row.expected_low is None or row.expected_high is None:
        n, security = round(row.value), _security(row)
        return say("{place} {when} 严重评论 {n} 条{security}", **values, n=n, security=security)
    weekday = say(WEEKDAYS[row.starts_on.isoweekday()])
    told = USUAL[row.period]
    usual = say(told, n=row.periods, weekday=weekday, usual=_written(row, row.expected))
    return say(
        TOLD[row.direction],
        **values,
        number=_number(row),
        value=_written(row, row.value),
        low=_written(row, row.expected_low),
        high=_written(row, row.expected_high),
        usual=usual,
    )


def _place(row: Alert) -> Place:
    return Place(**{name.name: getattr(row, name.name) for name in fields(Place)})


def _when(row: Alert) -> str:
    return week_name(row.starts_on) if row.period == "week" else row.starts_on.isoformat()


def _number(row: Alert) -> str:
    """What is out of its range; a rate by both its stages."""
    name = say(NAMES[row.metric]) if row.metric in NAMES else words.short(row.metric)
    if row.kind != "rate" or row.previous_stage is None:
        return name
    return say("{before}到{stage}转化率", before=words.short(row.previous_stage), stage=name)


def _written(row: Alert, value: float) -> str:
    return formats.rate(value) if row.kind == "rate" else formats.count(Decimal(repr(value)))


def _security(row: Alert) -> str:
    if not row.security_comments:
        return ""
    return say("，其中涉诈骗或信息泄露 {n} 条，须报数据安全负责人", n=row.security_comments)


def _severity(row: Alert) -> Cell:
    state = "attention" if row.severity > 1 else ""
    return Cell(say(SEVERITY[row.severity]), state, number=False)


def _forecasts(facts: Facts) -> Table:
    """The last week foretold of each tier, beside the latest known."""
    last = {
        row.part: row for row in facts.forecasts if row.starts_on == facts.forecasts[-1].starts_on
    }
    return Table(
        id="watch-forecasts",
        title=say("八周后的滚动月活"),
        head=tuple(map(say, ("层级", "最近一周", "八周后", "区间", "方法", "平均误差"))),
        rows=[_forecast(facts, last[part]) for part in (*facts.parts, None) if part in last],
        note=say(
            "区间涵盖此法以往五分之四的误差；平均误差为逐期回测所得。历史太短或人数过少的层级不预测。"
        ),
        metric="forecast",
    )


def _forecast(facts: Facts, row: Forecast) -> list[Cell]:
    return [
        formats.text(facts.name(row.part)),
        cells.cell(round(row.last_value), formats.count),
        cells.cell(round(row.value), formats.count),
        formats.text(f"{formats.count(round(row.low))}–{formats.count(round(row.high))}"),
        formats.text(say(METHODS[row.method]), note=say("回测 {n} 次", n=row.trials)),
        cells.cell(round(row.error), formats.count),
    ]
