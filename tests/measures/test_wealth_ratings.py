"""Wealth tiers from histories of assets, against the rule month by month and its own examples."""

import datetime as dt
import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.measures.wealth_ratings import wealth_ratings

RULES = Path(__file__).parents[1] / "known_answers" / "bank_metrics" / "tier_rules.json"
EXAMPLES = [
    example
    for example in json.loads(RULES.read_text("utf-8"))["examples"]
    if example["rule"] == "ccb"
]
SCHEMA = pa.schema(
    {
        "month": pa.date32(),
        "history": pa.string(),
        "below_months": pa.int32(),
        "watched_months": pa.int32(),
        "band": pa.int64(),
        "months_below": pa.int64(),
        "is_watched": pa.bool_(),
    }
)
MONTH = dt.date(2026, 10, 1)


def rated(histories, below=3, watched=3):
    rows = [(MONTH, history, below, watched, None, None, None) for history in histories]
    given = [dict(zip(SCHEMA.names, row, strict=True)) for row in rows]
    found = wealth_ratings(pa.Table.from_pylist(given, schema=SCHEMA))
    assert found.schema == SCHEMA and found["history"].to_pylist() == list(histories)
    return list(zip(found["band"].to_pylist(), found["is_watched"].to_pylist(), strict=True))


def by_the_rule(history, below, watched):
    """Follow the rule in its words: below for all the months of both, then down."""
    tier, months = int(history[0]), []
    for band in map(int, history):
        if len(months) == below + watched and band < tier:
            tier, months = max(months), []
        if band >= tier:
            tier, months = band, []
        else:
            months.append(band)
    return tier, len(months) > below


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_published_rule(example):
    floors = sorted(example["tiers"].values())
    bands = [sum(yuan >= floor for floor in floors) - 1 for yuan in example["monthly_aum_wan"]]
    history = "".join(map(str, bands))
    found = rated([history[: end + 1] for end in range(len(history))])
    names = sorted(example["tiers"], key=example["tiers"].__getitem__)
    assert [names[band] for band, _ in found] == example["expected_tier"]
    assert [int(watched) for _, watched in found] == example["watch"]


def test_the_count_begins_anew_in_the_lower_tier():
    """Gold at best in the six months below diamond, then mass: six more months of gold."""
    history = "3" + "1" + 5 * "0" + 6 * "0" + "0"
    found = rated([history[: end + 1] for end in range(len(history))])
    assert [band for band, _ in found] == 7 * [3] + 6 * [1] + [0]
    assert [watched for _, watched in found] == (
        4 * [False] + 3 * [True] + 3 * [False] + 3 * [True] + [False]
    )


def test_who_was_always_in_one_band_is_in_its_tier():
    assert rated(["0", "4", "222"]) == [(0, False), (4, False), (2, False)]


@given(
    st.lists(st.text("01234", min_size=1, max_size=30), min_size=1),
    st.integers(1, 4),
    st.integers(1, 4),
)
def test_any_histories_are_rated_as_the_rule_says(histories, below, watched):
    assert rated(histories, below, watched) == [
        by_the_rule(history, below, watched) for history in histories
    ]


def test_nobody_is_rated_as_nobody():
    assert wealth_ratings(SCHEMA.empty_table()).num_rows == 0
