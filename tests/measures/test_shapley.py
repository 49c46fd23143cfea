"""Shapley values against every order of the channels, and each way to them against the others."""

import itertools
import random

import numpy as np
import pytest

from pipeline.measures import shapley
from pipeline.measures.paths import paths
from tests.measures.test_markov import drawn_rows


def by_every_order(rows):
    """Let the channels come in every order; give what each adds on average."""
    channels = sorted({channel for steps, _, _ in rows for channel in steps})

    def wins(coalition):
        return sum(conversions for steps, conversions, _ in rows if set(steps) <= coalition)

    added = dict.fromkeys(channels, 0.0)
    orders = list(itertools.permutations(channels))
    for order in orders:
        for n, channel in enumerate(order):
            added[channel] += wins(set(order[: n + 1])) - wins(set(order[:n]))
    return {channel: total / len(orders) for channel, total in added.items()}


@pytest.mark.parametrize("seed", range(6))
def test_values_are_means_over_every_order(seed):
    rows = drawn_rows(seed, channels="abcde")
    given, want = paths(rows), by_every_order(rows)
    exact = shapley.values(shapley.conversions_within(given), len(given.channels))
    assert dict(zip(given.channels, exact.values, strict=True)) == pytest.approx(want, abs=1e-9)
    assert not exact.errors.any()
    closed = shapley.of_conversions(given)
    assert dict(zip(given.channels, closed, strict=True)) == pytest.approx(want, abs=1e-9)
    assert closed.sum() == pytest.approx(sum(conversions for _, conversions, _ in rows))


def test_a_textbook_game():
    """Gloves: one left, two right ones; a pair wins 1. The left one is worth 2/3."""

    def gloves(coalitions):
        return (coalitions[:, 0] & (coalitions[:, 1] | coalitions[:, 2])).astype(float)

    assert shapley.values(gloves, 3).values == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_twelve_channels_are_exact():
    rows = drawn_rows(7, channels="abcdefghijkl", many=200)
    given = paths(rows)
    found = shapley.values(shapley.conversions_within(given), 12)
    assert found.values == pytest.approx(shapley.of_conversions(given), abs=1e-9)
    assert not found.errors.any()


def test_above_twelve_orders_are_drawn_and_the_error_is_stated():
    rows = drawn_rows(8, channels="abcdefghijklmn", many=300)
    given = paths(rows)
    game = shapley.conversions_within(given)
    found = shapley.values(game, 14, samples=600, seed=5)
    off = (found.values - shapley.of_conversions(given)) / found.errors
    assert (found.errors > 0).all()
    assert 0.3 < np.sqrt((off**2).mean()) < 2, "errors are about as large as stated"
    assert found.values.sum() == pytest.approx(sum(conversions for _, conversions, _ in rows))
    again = shapley.values(game, 14, samples=600, seed=5)
    assert (again.values == found.values).all()


def test_any_game_is_shared_out_among_those_who_win_it():
    chance = random.Random(2)
    wins = {mask: chance.random() for mask in range(1, 16)} | {0: 0.0}

    def game(coalitions):
        return np.array([wins[sum(1 << n for n in range(4) if row[n])] for row in coalitions])

    found = shapley.values(game, 4).values
    assert found.sum() == pytest.approx(wins[15])
