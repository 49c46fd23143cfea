"""Numbers as a Chinese reader expects them, and the cells they stand in."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

MISSING = "—"
MINUS = "−"
FOUR_DIGITS = Context(prec=4, rounding=ROUND_HALF_UP)
UNITS = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))


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


def text(value: object, note: str = "", href: str = "") -> Cell:
    """A cell of words; `note` stands below it in small print, `href` makes it a link."""
    words = MISSING if value is None or value == "" else str(value)
    return Cell(words, sort=words, number=False, note=note, href=href)


def count(value: int | Decimal | None) -> str:
    """9,047 below ten thousand; from there 万 or 亿 with four digits, two decimals at most."""
    if value is None:
        return MISSING
    exact = Decimal(value)
    sign = MINUS if exact < 0 else ""
    size = abs(exact)
    if size < 10_000:
        return f"{sign}{size.quantize(Decimal(1), ROUND_HALF_UP):,}"
    rounded = FOUR_DIGITS.create_decimal(size)
    unit, name = next(pair for pair in UNITS if rounded >= pair[0])
    places = min(2, max(0, 3 - (rounded / unit).adjusted()))
    return f"{sign}{_round(size / unit, places):,}{name}"


def exact(value: int | Decimal | None) -> str:
    """Every digit, in groups of three, with a true minus."""
    return MISSING if value is None else f"{value:,}".replace("-", MINUS)


def yuan(value: Decimal | None) -> str:
    """Money in 元, 万元 or 亿元."""
    return MISSING if value is None else f"{count(value)}元"


def rate(value: float | None) -> str:
    """A fraction as per cent: two decimals below ten per cent, one from there."""
    if value is None:
        return MISSING
    percent = Decimal(repr(value)) * 100
    places = 2 if abs(percent) < 10 else 1
    return f"{_round(percent, places)}%".replace("-", MINUS)


def change(value: float | None) -> str:
    """A relative change as signed per cent with an arrow; None is a dash."""
    if value is None:
        return MISSING
    percent = _round(Decimal(repr(value)) * 100, 1)
    if percent == 0:
        return "持平"
    return f"▲ +{percent}%" if percent > 0 else f"▼ {MINUS}{abs(percent)}%"


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


def week_dates(starts: date) -> str:
    """11月9日至15日, naming the month twice only when the week crosses it."""
    ends = starts + timedelta(days=6)
    last = f"{ends.day}日" if ends.month == starts.month else f"{ends.month}月{ends.day}日"
    return f"{starts.month}月{starts.day}日至{last}"


def month_name(month: date) -> str:
    """2026年10月."""
    return f"{month.year}年{month.month}月"


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
