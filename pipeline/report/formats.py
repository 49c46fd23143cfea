"""Numbers as a reader of the page's language expects them, and the cells they stand in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from pipeline.report.language import locale, say

MISSING = "—"
MINUS = "−"
FOUR_DIGITS = Context(prec=4, rounding=ROUND_HALF_UP)
WHOLE = 10_000  # from here a count is given in units, with four digits


@dataclass(frozen=True)
class Cell:
    """What stands in a table cell or tile, why it is no plain number, and a key to sort by."""

    text: str
    state: str = ""  # "", missing, suppressed, immature, attention
    why: str = ""
    sort: str = ""
    number: bool = True
    href: str = ""
    note: str = ""
    of: tuple[str | None, str | None] | None = None  # tier and platform, where the filter marks it

    @property
    def kind(self) -> str:
        """Its classes on the page: whether it is a number, and its state."""
        return f"num {self.state}".strip() if self.number else self.state


def text(value: object, note: str = "", href: str = "") -> Cell:
    """A cell of words; `note` stands below it in small print, `href` makes it a link."""
    words = MISSING if value is None or value == "" else str(value)
    return Cell(words, sort=words, number=False, note=note, href=href)


def count(value: int | Decimal | None) -> str:
    """9,047 below ten thousand; from there 万 or 亿 with four digits, two decimals at most.

    In English k, m or bn.
    """
    if value is None:
        return MISSING
    sign, size = _parts(value)
    return f"{sign}{size}"


def exact(value: int | Decimal | None) -> str:
    """Every digit, in groups of three, with a true minus."""
    return MISSING if value is None else f"{value:,}".replace("-", MINUS)


def yuan(value: Decimal | None) -> str:
    """Money in 元, 万元 or 亿元; in English ¥9.05m."""
    return MISSING if value is None else locale().money(*_parts(value))


def rate(value: float | None) -> str:
    """A fraction as per cent: two decimals below ten per cent, one from there."""
    if value is None:
        return MISSING
    percent = Decimal(repr(value)) * 100
    places = 2 if abs(_round(percent, 2)) < 10 else 1
    return f"{_round(percent, places):,}%".replace("-", MINUS)


def change(value: float | None) -> str:
    """A relative change as signed per cent with an arrow; None is a dash."""
    if value is None:
        return MISSING
    percent = _round(Decimal(repr(value)) * 100, 1)
    if percent == 0:
        return say("持平")
    return f"▲ +{percent:,}%" if percent > 0 else f"▼ {MINUS}{abs(percent):,}%"


def signed(value: int | None) -> str:
    """A count with its sign, as net followers have it."""
    if value is None:
        return MISSING
    return f"+{count(value)}" if value > 0 else count(value)


def ratio(value: float | None, places: int = 1) -> str:
    """A plain quotient such as new customers per 1,000 followers."""
    if value is None:
        return MISSING
    return f"{_round(Decimal(repr(value)), places):,}".replace("-", MINUS)


def interval(low: float | None, high: float | None) -> str:
    """A 95 % interval, or nothing when the row carries none."""
    return "" if low is None or high is None else f"{rate(low)}–{rate(high)}"


def dates(first: date, last: date) -> str:
    """11月9日至15日; in English 9–15 Nov 2026."""
    return locale().dates(first, last)


def month_name(month: date) -> str:
    """2026年10月; in English Oct 2026."""
    return locale().month(month)


def listed(parts: Iterable[str]) -> str:
    """Things one after the other, as the language separates them."""
    return say("、").join(parts)


def sentences(parts: Iterable[str]) -> str:
    """Whole sentences one after the other; those without words are left out."""
    return locale().gap.join(part for part in parts if part)


def sentence(words: str) -> str:
    """Words that begin a sentence; for names of our own only."""
    return words[:1].upper() + words[1:]


def _parts(value: int | Decimal) -> tuple[str, str]:
    """The sign of a count and its size in words."""
    exact = Decimal(value)
    sign = MINUS if exact < 0 else ""
    size = abs(exact)
    if size < WHOLE:
        return sign, f"{size.quantize(Decimal(1), ROUND_HALF_UP):,}"
    rounded = FOUR_DIGITS.create_decimal(size)
    unit, name = next(pair for pair in locale().units if rounded >= pair[0])
    places = min(2, max(0, 3 - (rounded / unit).adjusted()))
    return sign, f"{_round(size / unit, places):,}{name}"


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
