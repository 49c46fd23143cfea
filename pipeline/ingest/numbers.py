"""Numbers as exports write them: text to number, or a ValueError with the reason.

None guesses: each reads one writing, and its caller says which.
"""

import re
from decimal import Decimal, InvalidOperation

_LARGEST_COUNT = 10**15
_LARGEST_MONEY = Decimal(10) ** 16

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_ABBREVIATED = re.compile(r"(\d+(?:\.\d+)?) ?([万wW亿])\+?")
_AS_SHOWN = re.compile(r"(?P<number>[\d.,]+)\s*(?P<times>万|亿|w|W)?\+?")
_TIMES = {None: 1, "万": 10**4, "w": 10**4, "W": 10**4, "亿": 10**8}


def _decimal(text: str) -> Decimal:
    """Read a plain number; thousands commas only where every group has three digits."""
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        raise ValueError("not a number")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError("not a number") from error


def whole(text: str, *, signed: bool) -> int:
    """Read a whole number, also written as 439.0 or 1e3; below 0 only where `signed`."""
    number = _decimal(text)
    if abs(number) > _LARGEST_COUNT:
        raise ValueError("too large for a count")
    if number != number.to_integral_value():
        raise ValueError("not a whole number")
    if number < 0 and not signed:
        raise ValueError("negative")
    return int(number)


def scaled(
    text: str, *, suffix: str = "", scale: int = 1, low: int | None = 0, high: int | None = None
) -> float:
    """Read `<number><suffix>`, divide by `scale`, and hold it between `low` and `high`."""
    if suffix and not text.endswith(suffix):
        raise ValueError(f"has no {suffix} at its end")
    number = _decimal(text.removesuffix(suffix).rstrip())
    if abs(number) > _LARGEST_COUNT:
        raise ValueError("too large")
    number /= scale
    if low is not None and number < low:
        raise ValueError("negative" if low == 0 else f"below {low}")
    if high is not None and number > high:
        raise ValueError(f"above {high}")
    return float(number)


def abbreviated(text: str) -> int:
    """Read 1.2万, 3.4亿 or 10w+ (at least so many, taken as so many), or a plain count."""
    match = _ABBREVIATED.fullmatch(text)
    if match is None:
        return whole(text, signed=False)
    number = Decimal(match[1]) * (10**8 if match[2] == "亿" else 10**4)
    return whole(str(number), signed=False)


def as_shown(text: str) -> int:
    """Read a count as pages show it: as `abbreviated`, also 900+, and no sign or exponent."""
    shown = _AS_SHOWN.fullmatch(text)
    if shown is None:
        raise ValueError("not a number as pages show it")
    number = _decimal(shown["number"]) * _TIMES[shown["times"]]
    return whole(str(number), signed=False)


def share(text: str) -> float:
    """Read a fraction up to 1, or per cent with its sign."""
    return scaled(text, suffix="%", scale=100) if text.endswith("%") else scaled(text, high=1)


def duration(text: str) -> float:
    """Read seconds, with an s, 秒 or nothing behind them."""
    return scaled(text.removesuffix("秒") if text.endswith("秒") else text.removesuffix("s"))


def money(text: str, *, signed: bool) -> Decimal:
    """Read an amount of at most two decimals; below 0 only where `signed`."""
    number = _decimal(text)
    if abs(number) >= _LARGEST_MONEY:
        raise ValueError("too large for an amount")
    cents = number.quantize(Decimal("0.01"))
    if cents != number:
        raise ValueError("more than two decimals")
    if cents < 0 and not signed:
        raise ValueError("negative")
    return cents
