"""Markov attribution: what share of conversions would be lost without a channel, exactly.

A path is a walk from the start over channels to a conversion or to nothing; the next step depends
on the last `order` channels. The removal effect of a channel is the share of conversions lost when
whoever would come to it goes nowhere instead; credits are in proportion to it. Source: Anderl,
Becker, von Wangenheim, Schumann 2016, "Mapping the customer journey". Tools such as
ChannelAttribution simulate walks; here linear equations are solved, so the answer is exact and the
same each time.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.measures.paths import Paths, Real, Whole

ORDERS = (1, 2, 3)
MOST_STATES = 6000
"""A chain of so many states takes 1 GB and half a minute to solve."""


@dataclass(frozen=True)
class Chain:
    """An absorbing chain. States are recent channels; what is missing in a row leads to nothing.

    start: chance that a walk begins in each state. moves: chance of each state after each other.
    converts: chance that a walk converts right after each state. newest: each state's last channel.
    """

    start: Real
    moves: Real
    converts: Real
    newest: Whole


@dataclass(frozen=True)
class Removal:
    """What the channels of a chain are worth.

    conversion: the chance that a walk converts. effects: by channel, the share of it that is lost
    without the channel, 0 to 1.
    """

    conversion: float
    effects: Real


def chain(paths: Paths, order: int = 1) -> Chain:
    """Count how walks move on, by their last `order` channels; ValueError for another order."""
    if order not in ORDERS:
        raise ValueError(f"a Markov chain of order {order}; expected 1, 2 or 3")
    names, states = _states(paths, order)
    walks, size = paths.conversions + paths.nulls, len(names)
    if size > MOST_STATES:
        raise ValueError(
            f"{size} states of a Markov chain of order {order}; expected {MOST_STATES} at most,"
            " take a lower order or fewer channels"
        )
    on = np.ones(len(states), dtype=np.bool_)
    on[paths.ends] = False
    pairs = states[on] * size + states[1:][on[:-1]]
    weights = walks[paths.owners[on]]
    moves = np.bincount(pairs, weights, size * size).reshape(size, size)
    converts = np.bincount(states[paths.ends], paths.conversions, size)
    visits = np.bincount(states, walks[paths.owners], size)
    start = np.bincount(states[paths.starts], walks, size)
    visits[visits == 0] = 1  # of paths that nobody walked
    newest = names % len(paths.channels)
    return Chain(start / max(walks.sum(), 1), moves / visits[:, None], converts / visits, newest)


def _states(paths: Paths, order: int) -> tuple[Whole, Whole]:
    """Give the states there are, and which of them each step is in.

    A state is the number of its channels, the newest in the lowest digit; 0 before it is none.
    """
    if order == 1:
        return np.arange(len(paths.channels)), paths.steps
    recent = paths.steps.copy()
    position = np.arange(len(recent)) - paths.starts[paths.owners]
    base = len(paths.channels)
    for back in range(1, order):
        before = np.where(position >= back, np.roll(paths.steps, back) + 1, 0)
        recent += before * base * (base + 1) ** (back - 1)
    return np.unique(recent, return_inverse=True)


def removal(walks: Chain, channels: int) -> Removal:
    """Give the removal effects of so many channels, all from one solution of the chain.

    With N the expected visits to each state, the chance to come to a channel's states A at all,
    by the one it comes to first, is N[start, A] / N[A, A]; times the chance to convert from there
    it is what would be lost.
    """
    if not len(walks.newest):
        return Removal(0.0, np.zeros(channels))
    visits = np.linalg.inv(np.eye(len(walks.start)) - walks.moves)
    expected, chances = walks.start @ visits, visits @ walks.converts
    conversion = float(walks.start @ chances)
    lost = np.zeros(channels)
    alone = np.bincount(walks.newest)[walks.newest] == 1  # at order 1 all of them
    lost[walks.newest[alone]] = (expected / visits.diagonal() * chances)[alone]
    for channel in np.unique(walks.newest[~alone]):
        (own,) = np.nonzero(walks.newest == channel)
        arrivals = np.linalg.solve(visits[np.ix_(own, own)].T, expected[own])
        lost[channel] = arrivals @ chances[own]
    return Removal(conversion, np.clip(lost / conversion, 0, 1) if conversion > 0 else lost * 0)


def credits(effects: Real, conversions: float) -> Real:
    """Share conversions out in proportion to removal effects; nothing where all of them are 0."""
    total = effects.sum()
    return effects * (conversions / total) if total > 0 else np.zeros(len(effects))
