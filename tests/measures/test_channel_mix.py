"""Channels with and without a curve, and what a division of their spend is said to gain."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from pipeline.measures.channel_mix import channel_curves, channel_mix

MONDAY = dt.date(2026, 8, 17)
WORDS = ("channel", "why_not")
COLUMNS = (
    *(
        "spend_yuan",
        "base_customers",
        "top_customers",
        "half_yuan",
        "gain",
        "gain_low",
        "gain_high",
    ),
    *("suggested_yuan", "suggested_yuan_low", "suggested_yuan_high"),
    *("expected", "expected_low", "expected_high"),
)
SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in WORDS),
        *((name, pa.float64()) for name in COLUMNS),
        *((n, pa.int64()) for n in ("weeks", "point", "customers", "least_weeks")),
        ("least_customers", pa.int64()),
        ("week_starts", pa.date32()),
    ]
)


def weeks(**channels):
    """Give rows of channels from (spend, customers) by week."""
    return pa.Table.from_pylist(
        [
            {
                "channel": channel,
                "week_starts": MONDAY + number * dt.timedelta(7),
                "spend_yuan": float(spend),
                "customers": int(customers),
                "least_weeks": 12,
                "least_customers": 10,
            }
            for channel, pairs in channels.items()
            for number, (spend, customers) in enumerate(pairs)
        ],
        schema=SCHEMA,
    )


def pulses(top, half, base=2, count=16):
    spend = [100 + 150 * (number % 5) for number in range(count)]
    return [(x, round(base + top * x / (x + half))) for x in spend]


def by_channel(table):
    return {row["channel"]: row for row in table.to_pylist()}


@pytest.mark.parametrize(
    ("pairs", "why_not"),
    [
        (pulses(60, 300)[:11], "too_few_weeks"),
        ([(x, number == 3) for number, (x, _) in enumerate(pulses(60, 300))], "too_few_customers"),
        ([(500 + number % 3, 9) for number in range(16)], "no_variation"),
        ([(0, 9)] * 16, "no_variation"),
    ],
)
def test_a_channel_that_cannot_tell_has_no_curve(pairs, why_not):
    rows = weeks(weibo=pairs)
    (found,) = channel_mix(rows).to_pylist()
    assert (found["why_not"], found["suggested_yuan"], found["top_customers"]) == (
        why_not,
        None,
        None,
    )
    assert found["spend_yuan"] == pytest.approx(np.mean([x for x, _ in pairs[-4:]]))
    assert channel_curves(rows).num_rows == 0


def test_spend_goes_where_the_next_yuan_brings_most():
    found = by_channel(channel_mix(weeks(weibo=pulses(4, 200), douyin=pulses(90, 500))))
    assert found["douyin"]["suggested_yuan"] > found["douyin"]["spend_yuan"]
    assert found["weibo"]["suggested_yuan"] < found["weibo"]["spend_yuan"]
    together = found[None]
    assert together["suggested_yuan"] == pytest.approx(together["spend_yuan"], abs=0.02)
    assert together["gain"] == pytest.approx(found["douyin"]["gain"] + found["weibo"]["gain"])
    assert together["gain_low"] > 0
    assert together["customers"] == found["douyin"]["customers"] + found["weibo"]["customers"]


def test_where_spend_makes_no_difference_nothing_is_shown_to_be_won():
    chance = np.random.default_rng(5)
    spend = chance.integers(1, 20, (2, 26)) * 50
    noise = chance.poisson(20, (2, 26))
    rows = weeks(
        weibo=zip(spend[0], noise[0], strict=True), douyin=zip(spend[1], noise[1], strict=True)
    )
    together = by_channel(channel_mix(rows))[None]
    assert together["gain_low"] <= 0.5
    assert together["gain"] >= 0


def test_a_curve_has_points_from_nothing_to_the_most_of_a_week():
    rows = channel_curves(weeks(weibo=pulses(60, 300))).to_pylist()
    assert [row["point"] for row in rows] == list(range(11))
    assert (rows[0]["spend_yuan"], rows[-1]["spend_yuan"]) == (0, 700)
    assert rows[-1]["expected"] == pytest.approx(2 + 60 * 0.7, abs=1)
    for row in rows:
        assert row["expected_low"] <= row["expected"] <= row["expected_high"]
    steps = np.diff([row["expected"] for row in rows])
    assert (np.diff(steps) < 0).all(), "returns diminish"


def test_channels_that_cannot_tell_are_in_no_division():
    found = by_channel(channel_mix(weeks(weibo=pulses(60, 300), zhihu=pulses(1, 9, base=0)[:11])))
    assert found[None]["spend_yuan"] == found["weibo"]["spend_yuan"]


def test_without_weeks_there_is_nothing():
    assert channel_mix(weeks()).num_rows == channel_curves(weeks()).num_rows == 0
