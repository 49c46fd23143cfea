"""The key figures of a month, each beside the month before it."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from pipeline.report import cells, formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.money_rows import Cost
from pipeline.report.facts.month_rows import Approvals, FirstSubscriptions
from pipeline.report.facts.rows import Month
from pipeline.report.formats import Cell
from pipeline.report.language import say
from pipeline.report.tiles import spark
from pipeline.report.view import Tile

LATE = ("approved", "approval_rate")  # approvals come for weeks after the application
NO_DATA = "当月没有数据"
Row = Month | Approvals | FirstSubscriptions
OfMonth = TypeVar("OfMonth", Month, Approvals, FirstSubscriptions, Cost, Row)
Form = Callable[[Decimal], str] | Callable[[int], str] | Callable[[float], str]
# Of a table: the column, the tile's id, its name, what is counted, the metric, and how it reads.
ACTIVE: tuple[tuple[str, str, str, str, str, Form], ...] = (
    ("mau", "mau", "月活客户", "人数", "mau", formats.count),
    ("stable_mau", "stable-mau", "稳定月活", "人数", "stable_mau", formats.count),
    ("new_customers", "new-customers", "新户", "人数", "new_customer", formats.count),
    ("followers_gained", "followers-gained", "新增关注", "计次", "follow", formats.count),
    ("aum_yuan", "aum", "月活客户的资产", "元", "aum_per_mau", formats.yuan),
    ("aum_per_mau", "aum-per-mau", "月活户均资产", "元", "aum_per_mau", formats.yuan),
)
CARDS: tuple[tuple[str, str, str, str, str, Form], ...] = (
    ("applications", "applications", "信用卡申请", "计次", "approval_rate", formats.count),
    ("approved", "approved", "获批的申请客户", "人数", "approval_rate", formats.count),
    ("approval_rate", "approval-rate", "信用卡核准率", "占比", "approval_rate", formats.rate),
)
SUBSCRIBED: tuple[tuple[str, str, str, str, str, Form], ...] = (
    ("subscribers", "subscribers", "首次申购理财的客户", "人数", "repeat_rate", formats.count),
)


def tiles(facts: Facts) -> list[Tile]:
    """Build the tiles in reading order; of cards and orders only where any are published."""
    found: list[Tile] = []
    lists: Sequence[tuple[Sequence[Row], tuple[tuple[str, str, str, str, str, Form], ...]]] = (
        (facts.months, ACTIVE),
        (facts.approvals, CARDS),
        (facts.first_subscriptions, SUBSCRIBED),
    )
    for rows, told in lists:
        own = by_month(rows)
        if own:
            found += [_tile(facts, own, *names) for names in told]
    return found


def by_month(rows: Iterable[OfMonth]) -> dict[str, OfMonth]:
    """Give the place's own rows by the name of their month."""
    return {f"{row.month:%Y-%m}": row for row in rows if row.part is None}


def of_month(row: Row | None, column: str, form: Form) -> Cell:
    """A number of a month as it may be shown; approvals are greyed while they still come."""
    mature = getattr(row, "mature", True) if column in LATE else True
    return cells.cell(getattr(row, column, None), form, row, column, mature, say(NO_DATA))


def _tile(
    facts: Facts,
    own: dict[str, Row],
    column: str,
    id: str,
    label: str,
    group: str,
    metric: str,
    form: Form,
) -> Tile:
    now, past = own.get(facts.period.name), own.get(facts.period.before)
    shown, before = of_month(now, column, form), of_month(past, column, form)
    series = [of_month(own[month], column, form) for month in sorted(own)]
    drawn = [float(cell.sort) if cell.sort and not cell.state else None for cell in series]
    return Tile(
        id=id,
        label=say(label),
        group=say(group),
        value=shown,
        raw=shown.sort,
        compared=_compared(shown, before),
        spark=spark(drawn),
        pill=say(words.IMMATURE) if shown.state == "immature" else "",
        metric=metric,
    )


def _compared(now: Cell, past: Cell) -> str:
    """上月 1,234 with an arrow; the comparison is of two published numbers, not a new one."""
    arrow = ""
    if now.sort and past.sort and not now.state and not past.state and now.sort != past.sort:
        arrow = " ▲" if Decimal(now.sort) > Decimal(past.sort) else " ▼"
    return say("上月 {value}", value=f"{past.text}{arrow}")
