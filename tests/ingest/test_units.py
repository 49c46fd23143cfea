"""Each unit: what it reads, and what it refuses with which reason."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from pipeline.ingest import names, spans, units
from pipeline.ingest.units import Type


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (units.count, "439.0", 439),
        (units.count, "20,816", 20816),
        (units.count, "1e3", 1000),
        (units.signed_count, "-21", -21),
        (units.fraction, "0.022", 0.022),
        (units.ratio, "7.714", 7.714),
        (units.page_count, "1.2万", 12000),
        (units.page_count, "3.4亿", 340000000),
        (units.page_count, "10w+", 100000),
        (units.page_count, "10 万+", 100000),
        (units.page_count, "20,816", 20816),
        (units.percent_text, "11.14%", 0.1114),
        (units.percent_points, "10.8", 0.108),
        (units.signed_percent_points, "-12.5", -0.125),
        (units.seconds, "16.0", 16.0),
        (units.seconds_text, "74679秒", 74679.0),
        (units.seconds_text, "32.50秒", 32.5),
        (units.seconds_s, "16.63s", 16.63),
        (units.seconds_or_s, "33.00s", 33.0),
        (units.seconds_or_s, "8.209459", 8.209459),
        (units.stars, "3.5星", 3.5),
        (units.abbreviated_count, "20,816", 20816),
        (units.abbreviated_count, "1.2万", 12000),
        (units.abbreviated_count, "3.4亿", 340_000_000),
        (units.abbreviated_count, "10w+", 100_000),
        (units.abbreviated_count, "10W", 100_000),
        (units.digits, "7563412345678901234", "7563412345678901234"),
        (units.money, "-1,000.5", Decimal("-1000.50")),
        (units.local_date("%Y%m%d"), "20260814.0", date(2026, 8, 14)),
        (
            units.local_time("%Y-%m-%d %H:%M:%S"),
            "2026-07-11 03:09:05",
            datetime(2026, 7, 11, 3, 9, 5),
        ),
        (units.zoned_time, "2026-11-02T00:30:00+08:00", datetime(2026, 11, 1, 16, 30)),
        (units.share, "0.1", 0.1),
        (units.share, "10%", 0.1),
        (units.seconds_any, "12", 12.0),
        (units.seconds_any, "12.5s", 12.5),
        (units.seconds_any, "12秒", 12.0),
        (units.minutes, "0.5", 30.0),
        (units.fen, "1234", Decimal("12.34")),
        (names.label, "标签", "标签"),
        (names.digits, "6123456789012345678", "6123456789012345678"),
        (names.digits, "12345.0", "12345"),
        (names.note_id, "64b8f0c2000000001203abcd", "64b8f0c2000000001203abcd"),
        (names.code, "30.0", "30"),
        (names.code, "30天", "30天"),
        (names.part_of_name(r"(.+)-表\.xlsx", "a name"), "a-b-表.xlsx", "a-b"),
        (spans.span_start, "2026-01-06 14:00 - 14:59", datetime(2026, 1, 6, 14)),
        (spans.span_length, "2026-01-06 14:00 - 14:59", "hour"),
        (spans.span_start, "2026-01-06", datetime(2026, 1, 6)),
        (spans.span_length, "2026-01-06 00:00:00", "day"),
        (units.truth, "True", True),
        (units.currency, "CNY", "CNY"),
    ],
)
def test_a_text_in_its_unit_is_read(kind: Type, text: str, value: Any) -> None:
    assert kind.parse(text) == value


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        (units.count, "439.5", "not a whole number"),
        (units.count, "1.2k", "not a number"),
        (units.count, "1,23", "not a number"),
        (units.count, "-1", "negative"),
        (units.count, "nan", "not a number"),
        (units.count, "1e400", "too large for a count"),
        (units.ratio, "1e400", "too large"),
        (units.page_count, "1.23456万", "not a whole number"),
        (units.page_count, "1.2k", "not a number as pages show it"),
        (units.page_count, "-1", "not a number as pages show it"),
        (units.page_count, "万", "not a number as pages show it"),
        (units.page_count, "1.2.3万", "not a number"),
        (units.page_count, "99999999999999999亿", "too large"),
        (units.fraction, "10.8", "above 1"),
        (units.fraction, "19%", "not a number"),
        (units.percent_text, "0.19", "has no % at its end"),
        (units.percent_points, "10.8%", "not a number"),
        (units.seconds_text, "24", "has no 秒 at its end"),
        (units.seconds_s, "16.63", "has no s at its end"),
        (units.seconds_or_s, "33秒", "not a number"),
        (units.seconds_or_s, "-1", "negative"),
        (units.stars, "5.5星", "above 5"),
        (units.stars, "3.5", "has no 星 at its end"),
        (units.count, "1.2万", "not a number"),
        (units.abbreviated_count, "1.23456万", "not a whole number"),
        (units.abbreviated_count, "1.2k", "not a number"),
        (units.abbreviated_count, "900+", "not a number"),
        (units.abbreviated_count, "-1", "negative"),
        (units.digits, "7.563412345678901e18", "not an id of digits"),
        (units.digits, "7563412345678901000.0", "not an id of digits"),
        (units.money, "0.005", "more than two decimals"),
        (units.money, "1e17", "too large for an amount"),
        (units.amount, "-1", "negative"),
        (units.local_date("%Y%m%d"), "2026814", "not a date in a declared form"),
        (units.local_date("%Y-%m-%d"), "2026-02-30", "not a date in a declared form"),
        (units.share, "10", "above 1"),
        (units.seconds_any, "12分", "not a number"),
        (units.seconds_any, "12s秒", "not a number"),
        (units.minutes, "1m", "not a number"),
        (units.fen, "12.5", "not a whole number"),
        (names.digits, "6.123456789012345e+18", "lost some"),
        (names.digits, "9007199254740993.0", "lost some"),
        (names.note_id, "64b8f0c2", "not 24"),
        (names.part_of_name(r"(.+)-表\.xlsx", "a name"), "a.xlsx", "not named so"),
        (spans.span_start, "2026-01-06 14:00 - 15:59", "not a date in a declared form"),
        (spans.span_start, "2026-01-01 ~ 2026-01-07", "not a date in a declared form"),
        (units.zoned_time, "2026-11-02T00:30:00", "no time zone"),
        (units.zoned_time, "0001-01-01T00:00:00+08:00", "outside the years"),
        (units.one_of("a", "b"), "c", "not one of the declared words"),
        (units.currency, "cny", "not three capital letters"),
    ],
)
def test_a_text_in_another_unit_is_refused_not_guessed(kind: Type, text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        kind.parse(text)
