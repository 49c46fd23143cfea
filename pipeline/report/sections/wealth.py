"""Customers by wealth tier, what cohorts have more than before, and the products they hold."""

from pipeline.report import cells, formats, range_charts
from pipeline.report.facts import Facts
from pipeline.report.facts.people_rows import AssetChange, Penetration, WealthTier
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.view import Figure, Section, Table

WEALTH = {
    "mass": "大众",
    "gold": "金卡",
    "platinum": "白金",
    "diamond": "钻石",
    "private": "私人银行",
}
PRODUCTS = {
    "deposits": "存款",
    "wealth": "理财产品",
    "funds": "基金",
    "insurance": "保险",
    "securities": "证券",
}
SHARES = {"customer_share": "占客户", "aum_share": "占资产"}


def section(facts: Facts, title: str) -> Section:
    """Build the section; `title` is the computed sentence above it."""
    return Section(
        id="wealth",
        kicker=say("财富层级与资产变化"),
        title=title,
        lede=say("资产为月日均余额。首次触达前一日的余额冻结为基线，之后的变化都与它相比。"),
        metric="wealth_tier",
        blocks=[[_shares(facts), _changes(facts)], [_penetration(facts)]],
    )


def title(facts: Facts) -> str:
    """Name the wealth tier above the lowest that holds the largest part of the assets."""
    rows = [row for row in _own(facts) if row.wealth_order and not _share(row, "aum_share").state]
    if not rows:
        return say("高于大众层级的客户还不足以展示")
    row = max(rows, key=lambda one: (one.aum_share or 0, one.wealth_order))
    return say(
        "{wealth}客户占客户数的 {customers}，持有 {aum} 的资产",
        wealth=say(WEALTH[row.wealth_tier]),
        customers=_share(row, "customer_share").text,
        aum=_share(row, "aum_share").text,
    )


def _own(facts: Facts) -> list[WealthTier]:
    return [row for row in facts.people.wealth if row.part is None]


def _share(row: WealthTier, column: str) -> Cell:
    why = say("这一层级没有客户") if row.customers == 0 else ""
    return cells.cell(getattr(row, column), formats.rate, row, column, why=why)


def _shares(facts: Facts) -> Figure:
    rows = _own(facts)
    drawn = [row for row in rows if row.customers and not row.hides("customers")]
    parts = []
    for column, name in SHARES.items():
        shown = [_share(row, column) for row in drawn]
        values = [float(cell.sort) if cell.sort else None for cell in shown]
        texts = [cell.text if cell.sort else "" for cell in shown]
        parts.append(range_charts.Part(say(name), values, texts))
    labels = [say(WEALTH[row.wealth_tier]) for row in drawn]
    month = formats.month_name(rows[0].month) if rows else say("尚无完整月")
    return Figure(
        id="wealth-shares",
        title=say("各财富层级占客户与占资产"),
        caption=say(
            "{place}，{month}；没有客户或人数过少的层级不画。", place=facts.name(None), month=month
        ),
        spec=range_charts.pairs(labels, parts),
        data=_tiers_table(facts),
        metric="wealth_tier",
    )


def _tiers_table(facts: Facts) -> Table:
    """The wealth tiers of the place, then those of each part."""
    rows = facts.people.wealth
    ranked = [row for part in (None, *facts.parts) for row in rows if row.part == part]
    lines = [
        [
            formats.text(facts.name(row.part)),
            formats.text(say(WEALTH[row.wealth_tier])),
            cells.cell(row.customers, formats.exact, row, "customers"),
            _share(row, "customer_share"),
            cells.cell(row.aum_yuan, formats.yuan, row, "aum_yuan"),
            _share(row, "aum_share"),
            cells.cell(row.aum_per_customer, formats.yuan, row, "aum_per_customer"),
            *(_moved(row, name) for name in ("moved_up", "moved_down", "watched")),
        ]
        for row in ranked
    ]
    head = (
        "层级",
        "财富层级",
        "客户",
        "占客户",
        "月日均资产",
        "占资产",
        "户均",
        "上调",
        "下调",
        "关注",
    )
    return Table(
        id="wealth-shares-data",
        title=say("各财富层级"),
        head=tuple(say(name) for name in head),
        rows=lines,
        note=say("上调、下调指由更低或更高层级来到本级；关注指已连续数月低于本级。"),
    )


def _moved(row: WealthTier, name: str) -> Cell:
    why = say("上月不知其层级")
    return cells.cell(getattr(row, name), formats.exact, row, name, why=why)


def _changes(facts: Facts) -> Table:
    rows = facts.people.asset_changes
    found = {(row.cohort_starts, row.age): row for row in rows}
    starts = sorted({row.cohort_starts for row in rows})
    ages = range(max((row.age for row in rows), default=-1) + 1)
    lines = [
        [formats.text(f"{start:%Y-%m}"), *(_change(found.get((start, age))) for age in ages)]
        for start in starts
    ]
    return Table(
        id="wealth-changes",
        title=say("触达后户均资产变化"),
        head=(say("首次触达月"), *(_after(age) for age in ages)),
        rows=lines,
        note=say(
            "月末余额减基线，按两日余额都已知的客户平均，人数列在下方；空格为尚未过完的月份。"
        ),
        metric="asset_change",
    )


def _after(age: int) -> str:
    return say("{n} 个月后", n=age) if age else say("当月末")


def _change(row: AssetChange | None) -> Cell:
    if row is None:
        return Cell("", "missing", say("这个月还没有过完"))
    size = cells.cell(row.compared, formats.exact, row, "compared")
    people = "" if size.state else say("{size} 人", size=size.text)
    column = "change_per_customer"
    return cells.cell(row.change_per_customer, formats.yuan, row, column, note=people)


def _penetration(facts: Facts) -> Table:
    rows = {(row.part, row.product): row for row in facts.people.penetration}
    lines = [
        [formats.text(facts.name(part)), *(_held(rows.get((part, one))) for one in PRODUCTS)]
        for part in (*facts.parts, None)
        if any(key[0] == part for key in rows)
    ]
    month = facts.people.penetration[0].month if facts.people.penetration else None
    return Table(
        id="wealth-products",
        title=say("持有各类产品的客户占比"),
        head=(say("层级"), *(say(name) for name in PRODUCTS.values())),
        rows=lines,
        note=""
        if month is None
        else say("{month}；下方为 Wilson 95% 区间。", month=formats.month_name(month)),
        metric="penetration",
    )


def _held(row: Penetration | None) -> Cell:
    if row is None:
        return cells.dash(say("余额数据不含这类产品"))
    note = formats.interval(row.rate_low, row.rate_high)
    return cells.cell(row.penetration, formats.rate, row, "penetration", note=note)
