"""Shapley values: each channel's part of what all channels win together.

A channel gets what it adds to the channels before it, averaged over every order in which they could
have come. Source: Shapley 1953, "A value for n-person games".
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipeline.measures.paths import Marks, Paths, Real

EXACT_UP_TO = 12
"""So many channels have 4,096 coalitions; each more doubles them."""

Game = Callable[[Marks], Real]
"""What coalitions win: a row a coalition, a column a channel, true where it takes part."""


@dataclass(frozen=True)
class Values:
    """Shapley values by channel, with their standard errors: 0 where they are exact."""

    values: Real
    errors: Real


def of_conversions(paths: Paths) -> Real:
    """Give the exact Shapley value of each channel, of however many.

    The game: a coalition wins the conversions of the paths whose channels are all in it. It is a
    sum of games in which all channels of one set are needed, so each set's conversions are shared
    equally among its channels. Source: Zhao, Mahboobi, Bagheri 2018, "Shapley Value Methods for
    Attribution Modeling in Online Advertising", arXiv:1804.05327. Values sum to all conversions.
    """
    owners, channels = paths.members()
    each = paths.conversions / np.bincount(owners, minlength=len(paths.lengths))
    return np.bincount(channels, each[owners], len(paths.channels)).astype(np.float64)


def conversions_within(paths: Paths) -> Game:
    """Give the game of `of_conversions`, to be asked coalition by coalition."""
    owners, channels = paths.members()

    def game(coalitions: Marks) -> Real:
        outside = np.zeros((len(coalitions), len(paths.lengths)))
        for row, coalition in enumerate(coalitions):
            outside[row] = np.bincount(owners, ~coalition[channels], len(paths.lengths))
        return np.asarray((outside == 0) @ paths.conversions)

    return game


def values(game: Game, channels: int, samples: int = 2000, seed: int = 0) -> Values:
    """Give the Shapley values of any game: exact up to 12 channels, sampled orders above.

    samples: how many orders are drawn; the same seed draws the same. The standard error of a value
    is that of the mean over them. Values sum to what all win together, less what nobody wins.
    """
    return (
        _exact(game, channels)
        if channels <= EXACT_UP_TO
        else _sampled(game, channels, samples, seed)
    )


def _exact(game: Game, channels: int) -> Values:
    masks = np.arange(1 << channels)
    members = (masks[:, None] >> np.arange(channels)) & 1 == 1
    wins, sizes = game(members), members.sum(axis=1)
    weight = np.array([1 / (channels * math.comb(channels - 1, n)) for n in range(channels)])
    found = np.zeros(channels)
    for channel in range(channels):
        before = masks[~members[:, channel]]
        found[channel] = weight[sizes[before]] @ (wins[before | 1 << channel] - wins[before])
    return Values(found, np.zeros(channels))


def _sampled(game: Game, channels: int, samples: int, seed: int) -> Values:
    chance = np.random.default_rng(seed)
    added = np.empty((samples, channels))
    for sample in range(samples):
        order = chance.permutation(channels)
        coalitions = np.zeros((channels + 1, channels), dtype=np.bool_)
        for place, channel in enumerate(order):
            coalitions[place + 1 :, channel] = True
        added[sample, order] = np.diff(game(coalitions))
    return Values(added.mean(axis=0), added.std(axis=0, ddof=1) / math.sqrt(samples))
