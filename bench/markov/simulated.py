"""Removal effects as tools that simulate give them: count steps, walk at random, count visits.

Written plainly, and in numpy where that is plain: 100,000 walks all at once, cut at the length of
the longest path that was seen.
"""

from collections import Counter
from itertools import pairwise

import numpy as np

WALKS = 100_000


def credits(texts: list[str], conversions: list[int], nulls: list[int]) -> dict[str, float]:
    """Give what each channel is credited with."""
    steps: Counter[tuple[str, str]] = Counter()
    longest = 0
    for text, converted, lost in zip(texts, conversions, nulls, strict=True):
        path = ["(start)", *text.split(" > ")]
        longest = max(longest, len(path))
        for pair in pairwise(path):
            steps[pair] += converted + lost
        steps[path[-1], "(conversion)"] += converted
        steps[path[-1], "(null)"] += lost
    states = sorted({state for pair in steps for state in pair})
    number = {state: n for n, state in enumerate(states)}
    moves = np.zeros((len(states), len(states)))
    for (a, b), weight in steps.items():
        moves[number[a], number[b]] = weight
    for end in ("(conversion)", "(null)"):
        moves[number[end], number[end]] = 1
    effects = _effects(moves, number, longest)
    total = sum(effects.values())
    return {name: sum(conversions) * effect / total for name, effect in effects.items()}


def _effects(moves: np.ndarray, number: dict[str, int], longest: int) -> dict[str, float]:
    chance = np.random.default_rng(1)
    upto = np.cumsum(moves / moves.sum(axis=1, keepdims=True), axis=1)
    at = np.full(WALKS, number["(start)"])
    visited = np.zeros((WALKS, len(number)), dtype=bool)
    for _ in range(longest):
        at = (chance.random(WALKS)[:, None] > upto[at]).sum(axis=1)
        visited[np.arange(WALKS), at] = True
    converted = visited[at == number["(conversion)"]]
    channels = {name: n for name, n in number.items() if not name.startswith("(")}
    return {name: converted[:, n].mean() for name, n in channels.items()}
