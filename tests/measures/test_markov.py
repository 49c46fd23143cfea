"""Removal effects against published answers, another formula, other orders and simulated walks."""

import json
import random
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest

from pipeline.measures import markov
from pipeline.measures.markov import Chain, chain, removal
from pipeline.measures.paths import paths
from tests.measures.exact import conversion_without, removal_effects

KNOWN = Path(__file__).parents[1] / "known_answers" / "attribution_markov"
CASES = json.loads((KNOWN / "cases.json").read_text("utf-8"))


def rows_of(case):
    return [
        (tuple(row["path"].split(" > ")), row["conversions"], row["nulls"]) for row in case["paths"]
    ]


def attributed(rows, order=1):
    given = paths(rows)
    found = removal(chain(given, order), len(given.channels))
    shares = markov.credits(found.effects, given.conversions.sum())
    return found.conversion, *(
        dict(zip(given.channels, each, strict=True)) for each in (found.effects, shares)
    )


@pytest.mark.parametrize("case", [c for c in CASES if "paths" in c], ids=lambda case: case["case"])
def test_published_answers_to_a_billionth(case):
    want = case["expected_exact"]
    conversion, effects, shares = attributed(rows_of(case))
    assert conversion == pytest.approx(want["p_conversion"], abs=1e-9)
    assert effects == pytest.approx(want["removal_effect"], abs=1e-9)
    assert shares == pytest.approx(want["attributed"], abs=1e-9)


@pytest.mark.parametrize("case", [c for c in CASES if "paths" in c], ids=lambda case: case["case"])
def test_published_transitions(case):
    given = paths(rows_of(case))
    walks = chain(given)
    want = {(a, b): chance for a, b, chance in case["expected_exact"]["transitions"]}
    for n, channel in enumerate(given.channels):
        assert walks.start[n] == pytest.approx(want.get(("S", channel), 0), abs=1e-9)
        assert walks.converts[n] == pytest.approx(want.get((channel, "C"), 0), abs=1e-9)
        for m, other in enumerate(given.channels):
            assert walks.moves[n, m] == pytest.approx(want.get((channel, other), 0), abs=1e-9)


def test_a_published_matrix_without_one_of_its_states():
    (case,) = [c for c in CASES if "transitions" in c]
    names = ["social", "store", "notif"]
    moves, start, converts = np.zeros((3, 3)), np.zeros(3), np.zeros(3)
    for source, target, chance in case["transitions"]:
        if source == "open":
            start[names.index(target)] = chance
        elif target == "buy":
            converts[names.index(source)] = chance
        elif target in names:
            moves[names.index(source), names.index(target)] = chance
    found = removal(Chain(start, moves, converts, np.arange(3)), 3)
    left = found.conversion * (1 - found.effects[names.index("notif")])
    assert round(left, 3) == case["expected"]["p_buy_if_notif_removed"]


def test_credits_are_in_proportion_to_the_effects_of_a_published_set():
    published = json.loads((KNOWN / "pathdata_expected.json").read_text("utf-8"))
    exact = published["markov_order1_exact"]
    channels = sorted(exact["removal_effect"])
    effects = np.array([exact["removal_effect"][channel] for channel in channels])
    shares = markov.credits(effects, published["totals"]["conversions"])
    want = [exact["attributed_conversions"][channel] for channel in channels]
    assert shares == pytest.approx(want, abs=1e-9)


def test_simulations_of_the_reference_tool_come_near():
    """ChannelAttribution simulates walks; its sets of 2.2.5 differ by what chance leaves."""
    for case in (c for c in CASES if "paths" in c):
        simulated = case["channelattribution_2_2_5"]
        near = simulated.get("markov_simulated_max_step_100", simulated["markov_simulated"])
        _, _, shares = attributed(rows_of(case))
        total = sum(shares.values())
        assert shares == pytest.approx(near, abs=0.01 * total)


# --- against other ways to the same number ---


def drawn_rows(seed, channels="abcd", longest=6, many=40):
    chance = random.Random(seed)
    counted = Counter()
    nulls = Counter()
    for _ in range(many):
        path = tuple(chance.choices(channels, k=chance.randint(1, longest)))
        counted[path] += chance.randint(0, 3)
        nulls[path] += chance.randint(0, 4)
    return [(path, counted[path], nulls[path]) for path in counted]


@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize("seed", range(8))
def test_effects_are_what_is_lost_when_a_channel_is_taken_out(seed, order):
    rows = drawn_rows(seed)
    conversion, effects, shares = attributed(rows, order)
    assert conversion == pytest.approx(float(conversion_without(rows, order, None)), abs=1e-12)
    assert effects == pytest.approx(as_floats(removal_effects(rows, order)), abs=1e-9)
    assert sum(shares.values()) == pytest.approx(sum(c for _, c, _ in rows))


def as_floats(fractions):
    return {name: float(value) for name, value in fractions.items()}


@pytest.mark.parametrize("order", [1, 2])
def test_effects_are_those_of_simulated_walks(order):
    rows = drawn_rows(3, longest=4)
    conversion, effects, _ = attributed(rows, order)
    chance = random.Random(1)
    following = defaultdict(lambda: ([], []))
    for steps, conversions, nulls in rows:
        for n in range(len(steps)):
            ends, weights = following[tuple(steps[max(0, n - order) : n])]
            ends.append(steps[n])
            weights.append(conversions + nulls)
        ends, weights = following[tuple(steps[-order:])]
        ends += [True, False]
        weights += [conversions, nulls]
    walks, converted, lost = 40_000, 0, Counter()
    for _ in range(walks):
        walk = []
        while not walk or isinstance(walk[-1], str):
            ends, weights = following[tuple(walk[-order:])]
            walk.append(chance.choices(ends, weights)[0])
        if walk.pop():
            converted += 1
            lost.update(set(walk))
    assert conversion == pytest.approx(converted / walks, abs=0.01)
    for channel, effect in effects.items():
        assert effect == pytest.approx(lost[channel] / converted, abs=0.02)


def test_history_tells_more_at_a_higher_order():
    """After a b somebody converts, after c b nobody: order 1 cannot tell, order 2 can."""
    rows = [(("a", "b"), 10, 0), (("c", "b"), 0, 10)]
    assert attributed(rows, 1)[1] == pytest.approx({"a": 0.5, "b": 1, "c": 0.5})
    assert attributed(rows, 2)[1] == pytest.approx({"a": 1, "b": 1, "c": 0})


def test_a_chain_that_never_converts_has_no_effects():
    conversion, effects, shares = attributed([(("a", "b"), 0, 3), (("a",), 0, 0)])
    assert conversion == 0
    assert effects == shares == {"a": 0, "b": 0}


@pytest.mark.parametrize("order", [0, 4])
def test_other_orders_are_refused(order):
    with pytest.raises(ValueError, match=f"a Markov chain of order {order}; expected 1, 2 or 3"):
        chain(paths([(("a",), 1, 0)]), order)


def test_a_chain_too_large_to_solve_is_refused(monkeypatch):
    monkeypatch.setattr(markov, "MOST_STATES", 2)
    with pytest.raises(ValueError, match="3 states of a Markov chain of order 1; expected 2"):
        chain(paths([(("a", "b", "c"), 1, 0)]))
