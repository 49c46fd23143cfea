"""Clicks and arrivals of each week by part of the place: thirteen in sight, up to 52 to choose."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.report import charts, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import Stage
from pipeline.report.language import say
from pipeline.report.sections.funnel import Key, stage_cell
from pipeline.report.view import Figure, Section, Table

RANGES = (13, 26, 52)
DRAWN = (("click", "次"), ("arrival", "人"))


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    return Section(
        id="trend",
        kicker=say("趋势"),
        title=title,
        lede=say("线型与标记同时区分层级；缺数的周断开，不连线。"),
        metric="click",
        blocks=[[*figures(facts)]],
        ranges=_ranges(facts),
        follows=facts.is_bank,
    )


def figures(facts: Facts, only: str | None = None) -> list[Figure]:
    """Give the charts; of `only` one part where it is named, drawn to its own height."""
    return [_figure(facts, stage, say(unit), only) for stage, unit in DRAWN]


def _figure(facts: Facts, stage: str, unit: str, only: str | None) -> Figure:
    weeks, name = facts.week.year, words.stage(stage)
    drawn = [replace(_line(facts, part, stage), shown=only in (None, part)) for part in facts.drawn]
    known = [line for line in drawn if any(value is not None for value in line.values)]
    return Figure(
        id=f"trend-{stage}",
        title=say("每周{name}", name=words.within(name)),
        caption=say(
            "{first} 至 {last} 每周的{name}（{unit}）；末端标注为最近已知的值。",
            first=weeks[0],
            last=weeks[-1],
            name=words.within(name),
            unit=unit,
        ),
        spec=charts.lines(
            [week.partition("-")[2] for week in weeks], known, shown=len(facts.week.trend)
        ),
        data=_table(facts, stage, name, facts.columns if only is None else [only]),
        metric=stage,
    )


def _ranges(facts: Facts) -> list[int]:
    """The ranges to choose from: only those that there are weeks for, the shortest first."""
    known = len(facts.week.year)
    return sorted({min(size, known) for size in RANGES}) if known > RANGES[0] else []


def _rows(facts: Facts) -> dict[Key, Stage]:
    return {(row.week, row.part, row.stage): row for row in facts.year}


def _line(facts: Facts, part: str | None, stage: str) -> charts.Line:
    rows = _rows(facts)
    found = [rows.get((week, part, stage)) for week in facts.week.year]
    shown = [stage_cell(row) for row in found]
    values = [
        row.value if row is not None and cell.state in ("", "immature") else None
        for row, cell in zip(found, shown, strict=True)
    ]
    return charts.Line(facts.name(part), facts.tier(part), values, [cell.text for cell in shown])


def _table(facts: Facts, stage: str, name: str, columns: Sequence[str | None]) -> Table:
    found = _rows(facts)
    lines = [
        [
            formats.text(week),
            *(stage_cell(found.get((week, part, stage)), exact=True) for part in columns),
        ]
        for week in facts.week.year
    ]
    head = (say("周"), *(facts.name(part) for part in columns))
    return Table(
        id=f"trend-{stage}-data",
        title=say("每周{name}", name=words.within(name)),
        head=head,
        rows=lines,
        tiers=tuple(columns) if facts.is_bank else (),
    )
