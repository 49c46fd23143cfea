"""Card clicks by product and by tier, and the applications that followed."""

from pipeline.report import cells, charts, formats
from pipeline.report.facts import Facts
from pipeline.report.facts.rows import CardProduct, Cards
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.view import Figure, Section, Table

RATE = ("applicant_rate", "applicants")
TOP_PRODUCTS = 8
UNNAMED = "未标明卡种"
TIERS_HEAD = ("层级", "点击", "上周点击", "每千次阅读", "点击客户", "申请客户", "申请率")


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    return Section(
        id="cards",
        kicker=say("卡种点击"),
        title=title,
        metric="card_click",
        blocks=[[_products(facts), _weeks(facts)], [_tiers(facts)]],
    )


def products(facts: Facts, week: str) -> list[CardProduct]:
    """The products of a week, most clicked first."""
    rows = [row for row in facts.card_products if row.week == week]
    return sorted(rows, key=lambda row: (-(row.clicks or 0), row.product or ""))


def last_week(facts: Facts, row: CardProduct) -> str:
    """The clicks of the same product a week before, or nothing."""
    past = [one for one in products(facts, facts.week.before) if one.product == row.product]
    known = past and past[0].clicks is not None and not past[0].hides("clicks")
    return formats.count(past[0].clicks) if known else ""


def _products(facts: Facts) -> Figure:
    rows = products(facts, facts.week.name)
    drawn = [row for row in rows if row.clicks is not None and not row.hides("clicks")]
    shown = [
        charts.Bar(_name(row), row.clicks or 0, formats.count(row.clicks))
        for row in drawn[:TOP_PRODUCTS]
    ]
    more = len(drawn) > TOP_PRODUCTS
    return Figure(
        id="cards-products",
        title=say("各卡种的点击"),
        caption=say(
            "{week} 带码链接的点击次数，前 {n} 种" if more else "{week} 带码链接的点击次数",
            week=facts.week.name,
            n=TOP_PRODUCTS,
        ),
        spec=charts.bars(shown),
        data=_products_table(facts, rows),
        metric="card_click",
    )


def _name(row: CardProduct) -> str:
    return row.product or say(UNNAMED)


def _products_table(facts: Facts, rows: list[CardProduct]) -> Table:
    before = {row.product: row for row in products(facts, facts.week.before)}
    lines = []
    for row in rows:
        past = before.get(row.product)
        lines.append(
            [
                formats.text(_name(row)),
                cells.cell(row.clicks, formats.exact, row, "clicks"),
                cells.cell(past.clicks if past else None, formats.exact, past, "clicks"),
                cells.cell(row.clickers, formats.exact, row, "clickers"),
            ]
        )
    head = tuple(map(say, ("卡种", "点击", "上周点击", "点击客户")))
    return Table(id="cards-products-data", title=say("各卡种"), head=head, rows=lines)


def _weeks(facts: Facts) -> Figure:
    rows = {(row.week, row.part): row for row in facts.cards}
    weeks, places = facts.week.trend, list(dict.fromkeys([*facts.columns, *facts.drawn]))
    shown = {part: [_clicks(rows.get((week, part))) for week in weeks] for part in places}
    drawn = [_line(facts, part, shown[part]) for part in facts.drawn]
    lines = [
        [formats.text(week), *(shown[part][at] for part in places)] for at, week in enumerate(weeks)
    ]
    head = (say("周"), *(facts.name(part) for part in places))
    return Figure(
        id="cards-weeks",
        title=say("各层级的卡种点击，近 {n} 周", n=len(weeks)),
        caption=say(
            "{first} 至 {last} 每周点击（次）；末端标注为最近已知的值。",
            first=weeks[0],
            last=weeks[-1],
        ),
        spec=charts.lines([week.partition("-")[2] for week in weeks], drawn),
        data=Table(id="cards-weeks-data", title=say("每周卡种点击"), head=head, rows=lines),
        metric="card_click",
    )


def _clicks(row: Cards | None) -> Cell:
    return cells.cell(row.clicks if row else None, formats.exact, row, "clicks")


def _line(facts: Facts, part: str | None, shown: list[Cell]) -> charts.Line:
    values = [int(cell.sort) if cell.sort else None for cell in shown]
    return charts.Line(facts.name(part), facts.tier(part), values, [cell.text for cell in shown])


def _tiers(facts: Facts) -> Table:
    now = {row.part: row for row in facts.cards if row.week == facts.week.name}
    before = {row.part: row for row in facts.cards if row.week == facts.week.before}
    lines = [
        [
            formats.text(facts.name(part), href=facts.link(part)),
            *_numbers(now[part], before.get(part)),
        ]
        for part in (*facts.parts, None)
        if part in now
    ]
    return Table(
        id="cards-tiers",
        title=say("各层级"),
        head=tuple(map(say, TIERS_HEAD)),
        rows=lines,
        note=formats.sentences(
            [
                say("点击客户只含能识别的已授权客户；申请率是点击客户在观察窗口内申请的占比。"),
                _mature_note(facts),
            ]
        ),
        metric="applicant_rate",
    )


def _mature_note(facts: Facts) -> str:
    mature = [r for r in facts.cards if r.part is None and r.mature and r.applicant_rate]
    if not mature or mature[-1].week == facts.week.name:
        return ""
    last = max(mature, key=lambda row: row.week)
    return say(
        "最近已成熟的一周 {week}：全行 {rate}（{spread}）。",
        week=last.week,
        rate=formats.rate(last.applicant_rate),
        spread=formats.interval(last.rate_low, last.rate_high),
    )


def _numbers(row: Cards, past: Cards | None) -> list[Cell]:
    per_reads = row.clicks_per_1000_reads
    return [
        cells.cell(row.clicks, formats.count, row, "clicks"),
        cells.cell(past.clicks if past else None, formats.count, past, "clicks"),
        cells.cell(per_reads, formats.ratio, row, "clicks_per_1000_reads"),
        cells.cell(row.clickers, formats.exact, row, "clickers"),
        cells.cell(row.applicants, formats.exact, row, "applicants", row.mature),
        cells.with_interval(row.applicant_rate, row.rate_low, row.rate_high, row, RATE, row.mature),
    ]
