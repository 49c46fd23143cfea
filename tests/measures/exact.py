"""Markov chains in exact fractions, by the letter of the definition: a channel is taken out."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

Counted = tuple[Sequence[str], int, int]
"""A path, how often it led to a conversion, and how often to none."""


def removal_effects(rows: Sequence[Counted], order: int = 1) -> dict[str, Fraction]:
    """Give the share of conversions that is lost without each channel."""
    whole = conversion_without(rows, order, None)
    channels = sorted({channel for steps, _, _ in rows for channel in steps})
    if not whole:
        return dict.fromkeys(channels, Fraction(0))
    return {c: 1 - conversion_without(rows, order, c) / whole for c in channels}


def conversion_without(rows: Iterable[Counted], order: int, channel: str | None) -> Fraction:
    """Give the chance to convert where whoever would come to a channel goes nowhere."""
    moves: dict[tuple[object, object], Fraction] = defaultdict(Fraction)
    leaving: dict[object, Fraction] = defaultdict(Fraction)
    for steps, conversions, nulls in rows:
        states = [tuple(steps[max(0, n - order) : n]) for n in range(len(steps) + 1)]
        for a, b in itertools.pairwise(states):
            moves[a, b] += conversions + nulls
            leaving[a] += conversions + nulls
        moves[states[-1], "converted"] += conversions
        leaving[states[-1]] += conversions + nulls
    return _solve(
        {
            (a, b): weight / leaving[a]
            for (a, b), weight in moves.items()
            if weight and (channel is None or b == "converted" or b[-1] != channel)
        }
    )


def _solve(moves: dict[tuple[object, object], Fraction]) -> Fraction:
    """Give the chance to convert from the start, by taking out one state after another."""
    moves = dict(moves)
    for state in sorted({a for a, _ in moves if a != ()}, key=lambda s: (len(s), s), reverse=True):
        stays = moves.pop((state, state), Fraction(0))
        into = {a: chance for (a, b), chance in moves.items() if b == state}
        out = {b: chance / (1 - stays) for (a, b), chance in moves.items() if a == state}
        moves = {(a, b): chance for (a, b), chance in moves.items() if state not in (a, b)}
        for a, b in itertools.product(into, out):
            moves[a, b] = moves.get((a, b), Fraction(0)) + into[a] * out[b]
    return moves.get(((), "converted"), Fraction(0))
