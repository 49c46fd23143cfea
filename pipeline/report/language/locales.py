"""How each language writes numbers, money and dates: what no list of sentences can say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Language = Literal["zh", "en"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Locale:
    """One language's way with numbers and dates."""

    name: str  # of the language, in itself
    html: str  # for the lang attribute
    file: str  # how its pages' names end
    units: tuple[tuple[Decimal, str], ...]  # what large numbers are counted in, the largest first
    numerals: tuple[str, ...]  # zero to nine in words
    gap: str  # between one sentence and the next
    money: Callable[[str, str], str]  # of a sign and a size
    month: Callable[[date], str]
    dates: Callable[[date, date], str]  # from a first to a last day


def _chinese_dates(first: date, last: date) -> str:
    """11月9日至15日, naming the month twice only where the dates cross it."""
    day = f"{last.day}日"
    return (
        f"{first.month}月{first.day}日至"
        f"{day if first.month == last.month else f'{last.month}月{day}'}"
    )


def _english_dates(first: date, last: date) -> str:
    """9–15 Nov 2026, naming month and year twice only where the dates cross them."""
    end = f"{last.day} {_english_month(last)}"
    if first.year != last.year:
        return f"{first.day} {_english_month(first)} – {end}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} – {end}"
    return f"{first.day}–{end}"


def _english_month(month: date) -> str:
    return f"{_MONTHS[month.month - 1]} {month.year}"


CHINESE = Locale(
    name="中文",
    html="zh-CN",
    file=".html",
    units=((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")),
    numerals=tuple("零一二三四五六七八九"),
    gap="",
    money=lambda sign, size: f"{sign}{size}元",
    month=lambda month: f"{month.year}年{month.month}月",
    dates=_chinese_dates,
)
ENGLISH = Locale(
    name="English",
    html="en",
    file=".en.html",
    units=((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k")),
    numerals=("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    gap=" ",
    money=lambda sign, size: f"{sign}¥{size}",
    month=_english_month,
    dates=_english_dates,
)
LOCALES: dict[Language, Locale] = {"zh": CHINESE, "en": ENGLISH}
