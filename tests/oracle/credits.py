"""What accounts are credited with of a conversion, in exact fractions where the rule has them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from tests.oracle.chains import WINDOW
from tests.oracle.places import NOBODY

RULES = ("last_touch", "first_touch", "linear", "time_decay", "position_based")
HALF_LIFE = dt.timedelta(days=7)
Touch = tuple[dt.datetime, str, str]
"""Moment, event id, account: in this order they are in time order."""


def credits(at: dt.datetime, touches: Sequence[Touch]) -> dict[str, tuple[float, ...]]:
    """Give what each account has of a conversion, by each of RULES."""
    path = sorted(touch for touch in touches if at - WINDOW <= touch[0] <= at)
    if not path:
        return {NOBODY: (1.0,) * len(RULES)}
    last = len(path) - 1
    weights = [0.5 ** ((at - moment) / HALF_LIFE) for moment, _, _ in path]
    found: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(RULES))
    for n, (_, _, account) in enumerate(path):
        shares = (
            n == last,
            n == 0,
            Fraction(1, len(path)),
            weights[n] / sum(weights),
            position(n, last),
        )
        found[account] = [a + float(b) for a, b in zip(found[account], shares, strict=True)]
    return {account: tuple(shares) for account, shares in found.items()}


def position(n: int, last: int) -> Fraction:
    """Give 40/20/40; halves of two touches, all of one."""
    if last < 2:
        return Fraction(1, last + 1)
    return Fraction(2, 5) if n in (0, last) else Fraction(1, 5) / (last - 1)
