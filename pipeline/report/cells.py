"""Published values as cells: missing, withheld and immature ones say so."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from pipeline.report import formats, words
from pipeline.report.facts import Facts
from pipeline.report.facts.shown import Withholding
from pipeline.report.formats import MISSING, Cell
from pipeline.report.language import say

Number = TypeVar("Number", int, float, Decimal)
# Never "<10": a cell withheld only to protect another one may be larger.
WITHHELD = "不展示"
WHY_WITHHELD = "人数少于小单元阈值，或可由其推出，故不展示"
WHY_IMMATURE = "观察窗口尚未走完，数值还会上升"
WHY_SMALL = "基数 {n}，少于 {least}，仅供参考"
NO_BASE = "分母为零或没有数据"


def parameter(facts: Facts, name: str) -> str:
    """A parameter of the run, as text."""
    return next(one.value for one in facts.parameters if one.name == name)


def rate_of(facts: Facts, value: float, n: int | None, note: str) -> Cell:
    """A rate of `n` persons; greyed where they are too few to lean on."""
    least = parameter(facts, "small_n")
    small = n is not None and n < int(least)
    why = say(WHY_SMALL, n=n, least=least) if small else ""
    return Cell(formats.rate(value), "small" if small else "", why, repr(value), note=note)


def cell(
    value: Number | None,
    form: Callable[[Number], str],
    row: Withholding | None = None,
    column: str = "",
    mature: bool | None = True,
    why: str = "",
    note: str = "",
) -> Cell:
    """A number as it may be shown.

    `row` and `column` tell whether the value is withheld; `mature` False greys it; `why` is the
    reason given when there is no value, in the language spoken.
    """
    if row is not None and row.hides(column):
        return withheld()
    if value is None:
        return Cell(MISSING, "missing", why or say(words.NO_DATA))
    if mature is False:
        return Cell(form(value), "immature", say(WHY_IMMATURE), sort=_key(value), note=note)
    return Cell(form(value), sort=_key(value), note=note)


def dash(why: str) -> Cell:
    """A cell without a number, and the reason in the language spoken."""
    return Cell(MISSING, "missing", why)


def withheld() -> Cell:
    """A cell whose number may not be shown."""
    return Cell(say(WITHHELD), "suppressed", say(WHY_WITHHELD))


def step_change(value: float | None) -> Cell:
    """The published change against the week before."""
    if value is None:
        return dash(say(words.UNKNOWN_CHANGE))
    return Cell(formats.change(value), sort=repr(value))


def with_interval(
    value: float | None,
    low: float | None,
    high: float | None,
    row: Withholding,
    columns: Sequence[str],
    mature: bool | None,
) -> Cell:
    """A rate with its 95 % interval below it; withheld when any of its parts is."""
    hidden = next((column for column in columns if row.hides(column)), columns[0])
    note = "" if mature is False else formats.interval(low, high)
    return cell(value, formats.rate, row, hidden, mature, say(NO_BASE), note)


def _key(value: int | float | Decimal | None) -> str:
    return "" if value is None else str(value)
