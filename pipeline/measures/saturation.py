"""A curve of diminishing returns: what ever more spend of a week brings, fitted week by week.

    customers = base + top * spend / (spend + half)

`base` come without spend, `top` at most for any, half of them at a spend of `half`. It is the Hill
curve with exponent 1 that media-mix models use (Jin, Wang, Sun, Chan, Koehler 2017, "Bayesian
methods for media mix modeling with carryover and shape effects", section 2.2), without carryover.
Uncertainty is told by fitting it to weeks drawn again with replacement (Efron and Tibshirani 1993,
"An introduction to the bootstrap", chapter 9).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Real = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

DRAWS = 400
SEED = 20261116
HALVES = np.geomspace(0.1, 10, 41)
"""Where `half` is looked for, as multiples of the greatest spend of a week."""
_BISECTIONS = 100


@dataclass(frozen=True)
class Curves:
    """Fits of one curve, the first to the weeks as they are, then one to each drawing of them."""

    base: Real
    top: Real
    half: Real

    def at(self, spend: Real) -> Real:
        """Give what each fit expects: of one spend [points] -> [fit, point]."""
        curve = self.top[:, None] * spend / (spend + self.half[:, None])
        return self.base[:, None] + curve

    def brought(self, spend: Real) -> Real:
        """Give what each fit says its own spend [fit] brings beyond the base."""
        return self.top * spend / (spend + self.half)


def drawings(weeks: int) -> Whole:
    """Number weeks as they are, and drawn again with replacement, always the same: [fit, week]."""
    chance = np.random.default_rng(SEED)
    drawn = chance.integers(0, weeks, (DRAWS, weeks))
    return np.vstack([np.arange(weeks), drawn])


def fit(spend: Real, customers: Real, drawn: Whole) -> Curves:
    """Fit curves by least squares with base and top not below 0.

    spend, customers: by week; drawn: the weeks of each fit. `half` is the best of HALVES.
    """
    x, y = spend[drawn], customers[drawn]
    tried = [_lines(x / (x + half), y) for half in HALVES * spend.max()]
    errors = np.array([error for _, _, error in tried])
    best = errors.argmin(axis=0)
    fits = np.arange(len(drawn))
    base = np.array([base for base, _, _ in tried])[best, fits]
    top = np.array([top for _, top, _ in tried])[best, fits]
    return Curves(base, top, HALVES[best] * spend.max())


def _lines(f: Real, y: Real) -> tuple[Real, Real, Real]:
    """Fit y = base + top * f in each row, neither below 0; give them and the sum of squares."""
    n, sf, sy = f.shape[1], f.sum(axis=1), y.sum(axis=1)
    sff, sfy, syy = (f * f).sum(axis=1), (f * y).sum(axis=1), (y * y).sum(axis=1)
    spread = n * sff - sf**2
    varies = spread > 1e-9 * n * sff
    top = np.where(varies, (n * sfy - sf * sy) / np.where(varies, spread, 1), 0)
    base = (sy - top * sf) / n
    flat, through = top <= 0, (top > 0) & (base < 0)
    top = np.where(flat, 0, np.where(through, sfy / np.where(sff > 0, sff, 1), top))
    base = np.where(flat, sy / n, np.where(through, 0, base))
    error = syy - 2 * (base * sy + top * sfy) + base**2 * n + 2 * base * top * sf + top**2 * sff
    return base, top, error


def allocate(curves: list[Curves], low: Real, high: Real, total: float) -> Real:
    """Divide a week's spend so that the next yuan brings as much everywhere: [curve, fit].

    low, high: the bounds of each curve, within which it was seen. What no curve has a use for
    within its bounds is left over. Curves are concave, so this is the most they can bring together.
    """
    top = np.array([curve.top for curve in curves])
    half = np.array([curve.half for curve in curves])
    low, high = low[:, None], high[:, None]

    def spend(price: Real) -> Real:
        wanted: Real = np.clip(np.sqrt(top * half / price) - half, low, high)
        return wanted

    cheap = np.full(top.shape[1], -40.0)
    dear = np.log(np.maximum((top / half).max(axis=0), 1e-30)) + 1
    for _ in range(_BISECTIONS):
        middle = (cheap + dear) / 2
        fits = spend(np.exp(middle)).sum(axis=0) <= total
        cheap, dear = np.where(fits, cheap, middle), np.where(fits, middle, dear)
    return spend(np.exp(dear))
