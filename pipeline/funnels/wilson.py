"""The interval of a rate (docs/METRICS.md, rule 8)."""

from math import sqrt

Z95 = 1.959963984540054


def wilson(done: int, of: int) -> tuple[float | None, float | None, float | None]:
    """Give a rate and its Wilson 95 % interval, within 0 and 1; nothing where it is of none.

    Wilson, E. B. (1927), J. Am. Stat. Assoc. 22, 209-212; without continuity correction.
    """
    if of == 0:
        return None, None, None
    rate, square = done / of, Z95**2
    middle = (rate + square / (2 * of)) / (1 + square / of)
    half = Z95 / (1 + square / of) * sqrt(rate * (1 - rate) / of + square / (4 * of * of))
    # At 0 and 1 the interval touches the end exactly; what rounding leaves over is cut.
    low = 0.0 if done == 0 else max(0.0, middle - half)
    high = 1.0 if done == of else min(1.0, middle + half)
    return rate, low, high
