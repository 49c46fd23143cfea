"""The types a column can be declared with: one text of a cell becomes one value, or a reason.

A unit is fixed for each column of each export. No type guesses ("above 1 means per cent"): what
a column does not write is refused. The forms accepted are those seen in real exports.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from pipeline.errors import InputError
from pipeline.ingest import numbers
from pipeline.ingest.plain_forms import (
    PlainForm,
    amounts,
    as_written,
    instants,
    row_ids,
    without_long_numbers,
)
from pipeline.periods import week_starts
from pipeline.privacy.free_text import mask_identities
from pipeline.privacy.row_ids import names_person

MONEY = pa.decimal128(18, 2)
TIME = pa.timestamp("us")


@dataclass(frozen=True)
class Type:
    """What a cell of a column holds.

    words: what is expected, as an error says it ("a count").
    arrow: the type in the lake.
    parse: the text of a cell, stripped and never blank, to a value; raises ValueError with the
        reason it does not fit.
    free: any text is a value, so `-` is not a missing marker; `blank` text is kept as "".
    utc: the value is an instant in UTC, not a local time.
    plain: converts the commonest writing a column at a time, in files of millions of rows.
    """

    words: str
    arrow: pa.DataType
    parse: Callable[[str], Any]
    free: bool = False
    blank: bool = False
    utc: bool = False
    plain: PlainForm | None = None


def _number(words: str, **rule: Any) -> Type:
    return Type(words, pa.float64(), lambda text: numbers.scaled(text, **rule))


count = Type("a count", pa.int64(), lambda text: numbers.whole(text, signed=False))
signed_count = Type("a whole number", pa.int64(), lambda text: numbers.whole(text, signed=True))
fraction = _number("a fraction between 0 and 1", high=1)
ratio = _number("a fraction, which may be above 1")
average = _number("a number")
percent_text = _number('per cent with its sign, as "19%"', suffix="%", scale=100)
percent_points = _number("per cent points without a sign, as 10.8", scale=100)
signed_percent_points = _number("per cent points without a sign, as -10.8", scale=100, low=None)
seconds = _number("seconds")
seconds_text = _number('seconds with their sign, as "24秒"', suffix="秒")
seconds_s = _number('seconds with an s, as "16.63s"', suffix="s")
seconds_or_s = Type(
    'seconds, as "8.209459" or "33.00s"',
    pa.float64(),
    lambda text: numbers.scaled(text.removesuffix("s")),
)
stars = _number('a rating of up to five stars, as "3.5星"', suffix="星", high=5)

abbreviated_count = Type('a count, also as "1.2万" or "10w+"', pa.int64(), numbers.abbreviated)
page_count = Type("a count as pages show it, as 1.2万, 3.4亿 or 10w+", pa.int64(), numbers.as_shown)
share = Type('a fraction, or per cent with its sign, as 0.1 or "10%"', pa.float64(), numbers.share)
seconds_any = Type(
    'seconds, with or without their sign, as 12, "12s" or "12秒"', pa.float64(), numbers.duration
)
minutes = Type("minutes, stored as seconds", pa.float64(), lambda text: numbers.scaled(text) * 60)

money = Type(
    "an amount in yuan, two decimals", MONEY, lambda text: numbers.money(text, signed=True)
)
amount = Type(
    "an amount, not negative, two decimals",
    MONEY,
    lambda text: numbers.money(text, signed=False),
    plain=amounts,
)
fen = Type(
    "an amount in 分, stored in yuan",
    MONEY,
    lambda text: Decimal(numbers.whole(text, signed=False)) / 100,
)

fen_as_yuan = Type("an amount in 分, stored in yuan", pa.float64(), lambda t: float(fen.parse(t)))


def by_formats(text: str, formats: tuple[str, ...]) -> datetime:
    """Read a local time in one of the strptime formats; ValueError where none fits."""
    for form in formats:
        # A number cell of an .xls writes the day 20260814 as 20260814.0.
        candidate = text.removesuffix(".0") if form == "%Y%m%d" else text
        try:
            parsed = datetime.strptime(candidate, form)
        except ValueError:
            continue
        if form != "%Y%m%d" or re.fullmatch(r"\d{8}", candidate):
            return parsed
    raise ValueError("not a date in a declared form")


def _drawn(formats: tuple[str, ...]) -> str:
    """Write strptime formats as people write them: YYYY-MM-DD."""
    parts = {"%Y": "YYYY", "%m": "MM", "%d": "DD", "%H": "hh", "%M": "mm", "%S": "ss"}
    words = " or ".join(formats)
    for part, drawn in parts.items():
        words = words.replace(part, drawn)
    return words


def local_time(*formats: str) -> Type:
    """Local time of the platform (Asia/Shanghai, naive), in one of the strptime formats."""
    words = "a local time as " + _drawn(formats)
    return Type(words, TIME, lambda text: by_formats(text, formats))


def local_date(*formats: str) -> Type:
    """Local day of the platform, in one of the strptime formats."""

    def parse(text: str) -> date:
        return by_formats(text, formats).date()

    return Type("a day as " + _drawn(formats), pa.date32(), parse)


def _iso_week(text: str) -> date:
    try:
        return week_starts(text)
    except InputError as error:
        raise ValueError("not an ISO week") from error


iso_week = Type("an ISO week as 2026-W46, stored as its Monday", pa.date32(), _iso_week)


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError("not an ISO 8601 time") from error
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    try:
        return moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError as error:
        raise ValueError("outside the years 1 to 9999") from error


zoned_time = Type(
    "an ISO 8601 time with its zone, as 2026-11-02T09:15:00+08:00",
    TIME,
    _instant,
    utc=True,
    plain=instants,
)


def plain_text(text: str) -> str:
    """Take any text as it is; ValueError where it holds a NUL character."""
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    return text


def _title(text: str) -> str:
    return mask_identities(plain_text(text))


_OF_PERSON = "holds a telephone, identity or card number, or an address"


def _code(text: str) -> str:
    written = unicodedata.normalize("NFKC", plain_text(text))
    if mask_identities(written) != written:
        raise ValueError(_OF_PERSON)
    return text


def _row_id(text: str) -> str:
    if names_person(plain_text(text)):
        raise ValueError(_OF_PERSON)
    return text


text = Type("text", pa.string(), plain_text, free=True, plain=as_written)
text_or_blank = Type("text, which may be blank", pa.string(), plain_text, free=True, blank=True)
title = Type("text", pa.string(), _title, free=True)
title_or_blank = Type("text, which may be blank", pa.string(), _title, free=True, blank=True)
bank_code = Type("text", pa.string(), _code, free=True, plain=without_long_numbers)
bank_row_id = Type("text", pa.string(), _row_id, free=True, plain=row_ids)


def _digits(text: str) -> str:
    if not re.fullmatch(r"[0-9]+", text):
        raise ValueError("not an id of digits only: a number cell loses its last digits")
    return text


digits = Type("an id of digits, as text", pa.string(), _digits, free=True)


def choice(words: Mapping[str, str]) -> Type:
    """One of the words of the export; stored as the word on the right."""

    def parse(text: str) -> str:
        if text not in words:
            raise ValueError("not one of the declared words")
        return words[text]

    return Type("one of " + ", ".join(words), pa.string(), parse)


def one_of(*words: str) -> Type:
    """One of the words, stored as written."""
    return choice({word: word for word in words})


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise ValueError("not three capital letters")
    return text


currency = Type("a currency code of three capital letters, as CNY", pa.string(), _currency)


def _truth(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError("neither true nor false")
    return text.lower() == "true"


truth = Type("true or false", pa.bool_(), _truth)
