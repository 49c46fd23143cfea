"""What reaching customers costs, what campaigns brought, what a model suggests, what was tried."""

from pipeline.report import cells, charts, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.money_rows import Campaign, Cost
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.sections import experiments, spend_model
from pipeline.report.view import Figure, Section, Table

HEAD = ("投入", "到达", "每到达", "新户", "每新户", "每万元资产")
NO_SPEND = "当月没有交付费用"
WHY_NOT = {
    "immature": "观察期未满",
    "no_spend": "没有交付费用",
    "return_not_set": "未设定回报口径",
    "no_balances": "当月余额尚未交付",
}


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    blocks: list[list[Table | Figure]] = [[_figure(facts), _tiers(facts)]]
    if facts.money.campaigns:
        blocks.append([_campaigns(facts)])
    blocks += spend_model.blocks(facts)
    if facts.money.variants:
        blocks.append([experiments.table(facts)])
    if facts.money.account_costs:
        blocks.append([_accounts(facts)])
    return Section(
        id="money",
        kicker=say("投放与实验"),
        title=title,
        lede=say(
            "成本只用已交付的费用；新户只计归因到账号的，全行也是。"
            "人数隐去时成本一并隐去，不然可由成本推出人数。"
        ),
        metric="cac",
        blocks=blocks,
    )


def title(facts: Facts) -> str:
    """Say what a new customer cost in the latest month, and where one cost most."""
    rows = costs_of_customers(facts, 0)
    bank = rows.get(None)
    if bank is None:
        return say("还没有一个月既有费用、又有足够的新户")
    told = {
        "month": formats.month_name(bank.month),
        "cac": formats.yuan(bank.cac_yuan),
    }
    dearest = dearest_part(facts)
    if dearest is None:
        return say("{month}每个新户花费 {cac}", **told)
    return say(
        "{month}每个新户花费 {cac}；{place}最贵，{most}",
        place=facts.name(dearest.part, within=True),
        most=formats.yuan(dearest.cac_yuan),
        **told,
    )


def costs_of_customers(facts: Facts, back: int) -> dict[str | None, Cost]:
    """The costs of new customers that may be shown, by part, `back` months before the latest."""
    rows = _month(facts, back)
    return {row.part: row for row in rows if not _cost(row, "cac_yuan").state}


def dearest_part(facts: Facts) -> Cost | None:
    """Where a new customer of the latest month cost most; None without two parts to compare."""
    rows = costs_of_customers(facts, 0)
    parts = [row for part in facts.own_parts if (row := rows.get(part))]
    if len(parts) < 2:
        return None
    return max(parts, key=lambda row: (row.cac_yuan or 0, row.part or ""))


def _month(facts: Facts, back: int) -> list[Cost]:
    months = sorted({row.month for row in facts.money.costs}, reverse=True)
    return [row for row in facts.money.costs if row.month in months[back : back + 1]]


def _cost(row: Cost | None, column: str) -> Cell:
    why = say(NO_SPEND) if row is not None and row.spend_yuan is None else ""
    return cells.cell(getattr(row, column, None), formats.yuan, row, column, why=why)


def _numbers(row: Cost, last: bool) -> list[Cell]:
    """The numbers of a row; what customers bring is known a month later, not in the `last` one."""
    return [
        _cost(row, "spend_yuan"),
        cells.cell(row.arrivals, formats.exact, row, "arrivals"),
        _cost(row, "yuan_per_arrival"),
        cells.cell(row.new_customers, formats.exact, row, "new_customers"),
        _cost(row, "cac_yuan"),
        cells.dash(say("要等次月的余额")) if last else _cost(row, "yuan_per_10k_aum"),
    ]


def _figure(facts: Facts) -> Figure:
    rows = {(row.month, row.part): row for row in facts.money.costs}
    known = [row.month for row in facts.money.costs if not _cost(row, "cac_yuan").state]
    months = sorted({row.month for row in facts.money.costs if known and row.month >= min(known)})
    drawn = []
    for part in dict.fromkeys([None, *facts.drawn]):
        shown = [_cost(rows.get((month, part)), "cac_yuan") for month in months]
        values = [float(cell.sort) if cell.sort else None for cell in shown]
        if any(value is not None for value in values):
            texts = [cell.text for cell in shown]
            drawn.append(charts.Line(facts.name(part), facts.tier(part), values, texts))
    return Figure(
        id="money-cac",
        title=say("每个新户的成本"),
        caption=say("各完整自然月（元）；没有费用或人数过少的月份断开。"),
        spec=charts.lines([f"{month:%Y-%m}" for month in months], drawn),
        data=_months(facts),
        metric="cac",
    )


def _months(facts: Facts) -> Table:
    last = max((row.month for row in facts.money.costs), default=None)
    newest = facts.money.costs[::-1]
    ranked = [row for part in (None, *facts.parts) for row in newest if row.part == part]
    lines = [
        [
            formats.text(facts.name(row.part)),
            formats.text(f"{row.month:%Y-%m}"),
            *_numbers(row, row.month == last),
        ]
        for row in ranked
    ]
    head = (say("层级"), say("自然月"), *(say(name) for name in HEAD))
    return Table(id="money-cac-data", title=say("每月成本"), head=head, rows=lines)


def _tiers(facts: Facts) -> Table:
    """The latest month of each tier, with the assets of the month before's new customers."""
    latest = {row.part: row for row in _month(facts, 0)}
    months = sorted({row.month for row in facts.money.costs})
    before = {row.part: row for row in _month(facts, 1)}
    lines = [
        [
            formats.text(facts.name(part)),
            *(_cost(row, name) for name in ("spend_yuan", "yuan_per_arrival", "cac_yuan")),
            _cost(before.get(part), "yuan_per_10k_aum"),
        ]
        for part in (*facts.parts, None)
        if (row := latest.get(part))
    ]
    return Table(
        id="money-tiers",
        title=say("各层级的成本"),
        head=(say("层级"), say("投入"), say("每到达"), say("每新户"), say("每万元资产")),
        rows=lines,
        note=say(
            "{month}；每万元资产要看新户次月的余额，故为上一月的新户。",
            month=formats.month_name(months[-1]),
        )
        if months
        else "",
        metric="yuan_per_10k_aum",
    )


def _campaigns(facts: Facts) -> Table:
    head = ("活动", "自开始", "投入", "到达", "新户", "每新户", "确认申购", "回报", "投资回报率")
    return Table(
        id="money-campaigns",
        title=say("活动满 30、60、90 天时带来了什么"),
        head=tuple(say(name) for name in head),
        rows=[_campaign(row) for row in _told(facts.money.campaigns)],
        note=say("回报按参数中 return_ 各项折算，由本行设定；投资回报率 =（回报 − 投入）÷ 投入。"),
        metric="roi",
    )


def _told(rows: list[Campaign]) -> list[Campaign]:
    """Leave out what is open behind a campaign's first open horizon: it says nothing more."""
    told: list[Campaign] = []
    for row in rows:
        last = told[-1] if told else None
        if row.mature or last is None or last.campaign_id != row.campaign_id or last.mature:
            told.append(row)
    return told


def _campaign(row: Campaign) -> list[Cell]:
    why = say(WHY_NOT[row.why_not]) if row.why_not in WHY_NOT else ""
    verdict = cells.cell(row.roi, formats.rate, row, "roi", why=why)
    if row.roi is None and not row.hides("roi") and why:
        verdict = Cell(why, "missing", why)
    return [
        formats.text(row.campaign_name or row.campaign_id, note=f"{row.starts_on}"),
        formats.text(say("{n} 天", n=row.horizon_days)),
        *(
            cells.cell(getattr(row, name), form, row, name, why=why)
            for name, form in (
                ("spend_yuan", formats.yuan),
                ("arrivals", formats.exact),
                ("new_customers", formats.exact),
                ("cac_yuan", formats.yuan),
                ("subscribed_yuan", formats.yuan),
                ("return_yuan", formats.yuan),
            )
        ),
        verdict,
    ]


def _accounts(facts: Facts) -> Table:
    rows = facts.money.account_costs
    lines = [
        [
            formats.text(row.account_name or row.account_id),
            formats.text(words.tier(row.tier)),
            formats.text(words.platform(row.platform)),
            *_numbers(row, last=False)[:-1],
        ]
        for row in rows
    ]
    return Table(
        id="money-accounts",
        title=say("展开 {n} 个账号的成本", n=len(rows)),
        head=(say("账号"), say("层级"), say("平台"), *(say(name) for name in HEAD[:-1])),
        rows=lines,
        note=formats.month_name(rows[0].month),
        metric="yuan_per_arrival",
        sortable=True,
        folded=True,
    )
