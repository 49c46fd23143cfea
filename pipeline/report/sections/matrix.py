"""Platform by tier: where clicks, arrivals and reads stand against their own usual weeks."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.figure_rows import KeyFigure
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.tiles import Key, figure
from pipeline.report.view import Figure, Section, Table

SHOWN = ("click", "arrival", "read")  # the last is folded
STEPS = (0.1, 0.3, 0.6)  # how far from the usual each of the three shades begins
ENOUGH = 30  # a usual value below this makes any week look far off


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    first, second, folded = (_table(facts, metric) for metric in SHOWN)
    blocks: list[list[Table | Figure]] = [[first], [second], [_folded(folded)]]
    return Section(
        id="matrix",
        kicker=say("平台与层级"),
        title=title,
        lede=say(
            "每格下方是与自己此前 8 周中位之比：蓝高、黄低，三档深浅自 10%、30%、60% 起。"
            "人数各格去重，不能相加。"
        ),
        metric="against_usual",
        blocks=blocks if any(one.rows for one in (first, second, folded)) else [],
        follows=True,
    )


def title(facts: Facts) -> str:
    """Name the platform of a tier whose clicks are farthest from their usual weeks."""
    rows = [
        row
        for row in _now(facts, "click").values()
        if row.level == "tier_platform"
        and row.tier in facts.own_parts
        and row.platform in words.PLATFORMS
        and row.against_usual is not None
    ]
    many = [row for row in rows if (row.usual_value or 0) >= ENOUGH]
    if not many:
        return say("各平台的点击太少，不足以相比" if rows else "各平台的点击还没有可比的往周")
    top = min(many, key=lambda row: (-abs(row.against_usual or 0), row.tier, row.platform))
    return say(
        "{tier}{platform}的点击离常态最远：较 8 周中位 {change}",
        tier=facts.name(top.tier, within=True),
        platform=words.platform(top.platform),
        change=formats.change(top.against_usual).rpartition(" ")[2],
    )


def _now(facts: Facts, metric: str) -> dict[Key, KeyFigure]:
    return {
        (row.tier, row.platform): row
        for row in facts.figure_history
        if row.metric == metric and row.kind != "rate" and row.starts_on == facts.week.starts
    }


def _table(facts: Facts, metric: str) -> Table:
    found = _now(facts, metric)
    tiers = [*facts.own_parts, None]
    lines = [
        [
            formats.text(words.platform(platform)),
            *(replace(_cell(found.get((tier, platform))), of=(tier, platform)) for tier in tiers),
        ]
        for platform in _platforms(found)
    ]
    return Table(
        id=f"matrix-{metric}",
        title=words.stage(metric),
        head=(say("平台"), *(facts.name(tier) for tier in tiers)),
        rows=lines,
        metric=metric,
    )


def _platforms(found: dict[Key, KeyFigure]) -> Sequence[str]:
    """The platforms with any figure, the largest first; those whose figure is withheld last."""
    known = {platform for _, platform in found if platform in words.PLATFORMS}
    sizes = {one: (found[None, one].value if (None, one) in found else None) for one in known}
    return sorted(known, key=lambda one: (-(sizes[one] or 0), one))


def _cell(row: KeyFigure | None) -> Cell:
    if row is None:
        return cells.dash(say("这一层级没有此平台的账号"))
    shown = figure(row)
    if shown.state or row.against_usual is None:
        return shown
    note = formats.change(row.against_usual)
    return Cell(shown.text, _shade(row.against_usual), sort=shown.sort, note=note)


def _shade(against: float) -> str:
    """The class of a cell's colour: three steps up, three down, none near the usual."""
    steps = sum(abs(against) >= step for step in STEPS)
    return f"heat-{'hi' if against > 0 else 'lo'}-{steps}" if steps else ""


def _folded(table: Table) -> Table:
    opened = say("展开阅读/观看，按平台与层级")
    return replace(table, title=opened, folded=True)
