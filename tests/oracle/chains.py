"""How far an arrival went, by trying every chain of events there is."""

import datetime as dt
from collections.abc import Sequence

WINDOW = dt.timedelta(days=30)


def depth(
    arrived: dt.datetime,
    became: dt.datetime | None,
    logins: Sequence[dt.datetime],
    wealthy: Sequence[dt.datetime],
    orders: Sequence[dt.datetime],
    window: dt.timedelta = WINDOW,
) -> int:
    """Give 1 for an arrival alone up to 5 for a subscription at the end of a whole chain.

    Each step is at or after the one before it, and no later than the window after the arrival.
    """
    steps = [[became] if became is not None else [], logins, wealthy, orders]
    return 1 + _further(arrived, steps, arrived + window)


def _further(at: dt.datetime, steps: Sequence[Sequence[dt.datetime]], until: dt.datetime) -> int:
    if not steps:
        return 0
    taken = [moment for moment in steps[0] if at <= moment <= until]
    return max((1 + _further(moment, steps[1:], until) for moment in taken), default=0)
