"""Paths: the channels that somebody came by, in their order, and how often that led to something.

The transforms are those of Google's Fractribution (py/fractribution_model/tuple_transforms.py) by
the same names, and `recent`, the mirror of `first`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Paths:
    """Paths, each with how often it was walked to a conversion and how often to none.

    channels: names, in order. steps: the channel of every step, by its number, path after path.
    lengths: the steps of each path, none of them 0. conversions, nulls: of each path.
    """

    channels: tuple[str, ...]
    steps: Whole
    lengths: Whole
    conversions: Real
    nulls: Real

    @cached_property
    def owners(self) -> Whole:
        """Give the number of the path that each step is of."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    @cached_property
    def ends(self) -> Whole:
        """Give where the last step of each path stands."""
        return np.cumsum(self.lengths) - 1

    @cached_property
    def starts(self) -> Whole:
        """Give where the first step of each path stands."""
        return np.cumsum(self.lengths) - self.lengths

    def members(self) -> tuple[Whole, Whole]:
        """Give each channel of each path once: the paths' numbers and the channels'."""
        both = np.unique(self.owners * len(self.channels) + self.steps)
        return both // len(self.channels), both % len(self.channels)

    def keep(self, wanted: Marks) -> "Paths":
        """Leave out steps; each path keeps one at least."""
        lengths = np.bincount(self.owners[wanted], minlength=len(self.lengths))
        return replace(self, steps=self.steps[wanted], lengths=lengths)


def paths(rows: Iterable[tuple[Sequence[str], float, float]]) -> Paths:
    """Take rows of channels in order, conversions and non-conversions; ValueError for no channel.

    The same path may come in several rows.
    """
    given = list(rows)
    if not all(steps for steps, _, _ in given):
        raise ValueError("a path without a channel; expected one step at least")
    channels = tuple(sorted({channel for steps, _, _ in given for channel in steps}))
    number = {channel: n for n, channel in enumerate(channels)}
    return Paths(
        channels,
        np.array([number[channel] for steps, _, _ in given for channel in steps], dtype=np.int64),
        np.array([len(steps) for steps, _, _ in given], dtype=np.int64),
        np.array([conversions for _, conversions, _ in given], dtype=np.float64),
        np.array([nulls for _, _, nulls in given], dtype=np.float64),
    )


def _exposure(given: Paths) -> Marks:
    first = np.zeros(len(given.steps), dtype=np.bool_)
    first[given.starts] = True
    first |= given.steps != np.roll(given.steps, 1)
    return first


def _first(given: Paths) -> Marks:
    visits = given.owners * len(given.channels) + given.steps
    marks = np.zeros(len(visits), dtype=np.bool_)
    marks[np.unique(visits, return_index=True)[1]] = True
    return marks


def _recent(given: Paths) -> Marks:
    visits = (given.owners * len(given.channels) + given.steps)[::-1]
    marks = np.zeros(len(visits), dtype=np.bool_)
    marks[np.unique(visits, return_index=True)[1]] = True
    return marks[::-1]


TRANSFORMS: dict[str, Callable[[Paths], Marks]] = {
    "unique": lambda given: np.ones(len(given.steps), dtype=np.bool_),
    "exposure": _exposure,
    "first": _first,
    "recent": _recent,
}


def transformed(given: Paths, transform: str) -> Paths:
    """Simplify paths before order counts: D A B B C D C C becomes, by

    unique: D A B B C D C C, as it is; exposure: D A B C D C, a repetition is one; first: D A B C,
    the first visit to each channel; recent: A B D C, the latest. KeyError for another word.
    """
    return given.keep(TRANSFORMS[transform](given))
