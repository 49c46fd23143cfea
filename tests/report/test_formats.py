from datetime import date, timedelta
from decimal import Decimal

import pytest

from pipeline.report import formats
from pipeline.report.language import speaking


@pytest.mark.parametrize(
    ("value", "want"),
    [
        (None, "—"),
        (0, "0"),
        (9_047, "9,047"),
        (9_999, "9,999"),
        (10_000, "1.00万"),
        (355_600, "35.56万"),
        (9_047_000, "904.7万"),
        (67_860_000, "6,786万"),
        (99_999_999, "1.00亿"),
        (161_000_000, "1.61亿"),
        (-12_345, "−1.23万"),
        (Decimal("9999.60"), "10,000"),
    ],
)
def test_a_count_reads_in_wan_and_yi_with_a_true_minus(value, want):
    assert formats.count(value) == want


@pytest.mark.parametrize(
    ("value", "want"),
    [(None, "—"), (0.0391, "3.91%"), (0.138, "13.8%"), (1.7, "170.0%"), (-0.02, "−2.00%")],
)
def test_a_rate_below_ten_per_cent_has_two_decimals(value, want):
    assert formats.rate(value) == want


@pytest.mark.parametrize(
    ("value", "want"),
    [(None, "—"), (0.206, "▲ +20.6%"), (-0.0437, "▼ −4.4%"), (0.0, "持平"), (0.0004, "持平")],
)
def test_a_change_carries_arrow_and_sign(value, want):
    assert formats.change(value) == want


def test_money_keeps_its_unit():
    assert formats.yuan(Decimal("4303656.00")) == "430.4万元"
    assert formats.yuan(None) == "—"


def test_a_week_names_the_second_month_only_when_it_crosses_one():
    assert formats.dates(date(2026, 11, 9), date(2026, 11, 15)) == "11月9日至15日"
    assert formats.dates(date(2026, 11, 30), date(2026, 12, 6)) == "11月30日至12月6日"


def test_net_followers_always_show_a_sign():
    assert [formats.signed(n) for n in (90, 0, -30, None)] == ["+90", "0", "−30", "—"]


@pytest.mark.parametrize(
    ("value", "want"),
    [
        (None, "—"),
        (9_047, "9,047"),
        (9_999, "9,999"),
        (10_000, "10.00k"),
        (355_600, "355.6k"),
        (999_960, "1.00m"),
        (9_047_000, "9.05m"),
        (67_860_000, "67.86m"),
        (161_000_000, "161.0m"),
        (9_999_600_000, "10.00bn"),
        (-12_345, "−12.35k"),
        (Decimal("9999.60"), "10,000"),
    ],
)
def test_in_english_a_count_reads_in_thousands_millions_and_billions(value, want):
    with speaking("en"):
        assert formats.count(value) == want


def test_in_english_money_and_changes_are_written_so():
    with speaking("en"):
        assert formats.yuan(Decimal("9047123.50")) == "¥9.05m"
        assert formats.yuan(Decimal("-12")) == "−¥12"
        assert formats.yuan(None) == "—"
        assert formats.signed(12_345) == "+12.35k"
        assert formats.change(0.0004) == "flat"
        assert formats.listed(["a", "b"]) == "a, b"


@pytest.mark.parametrize(
    ("starts", "want"),
    [
        (date(2026, 11, 9), "9–15 Nov 2026"),
        (date(2026, 11, 30), "30 Nov – 6 Dec 2026"),
        (date(2026, 12, 28), "28 Dec 2026 – 3 Jan 2027"),
    ],
)
def test_in_english_a_week_names_month_and_year_only_where_they_change(starts, want):
    with speaking("en"):
        assert formats.dates(starts, starts + timedelta(days=6)) == want
        assert formats.month_name(date(2026, 10, 1)) == "Oct 2026"


def test_rates_and_changes_beyond_a_thousand_per_cent_are_grouped_and_rounding_keeps_its_places():
    assert formats.change(10.63) == "▲ +1,063.0%"
    assert formats.rate(12.5) == "1,250.0%"
    assert formats.rate(0.09996) == "10.0%" and formats.rate(0.09994) == "9.99%"
