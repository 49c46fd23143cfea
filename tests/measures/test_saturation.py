"""Curves of diminishing returns against every way to fit and to divide, tried one by one."""

import itertools

import numpy as np
import pytest

from pipeline.measures.saturation import HALVES, Curves, allocate, drawings, fit


def curve(spend, base, top, half):
    return base + top * spend / (spend + half)


def test_a_curve_without_noise_is_found_again():
    spend = np.linspace(0, 900, 20)
    half = HALVES[17] * 900
    found = fit(spend, curve(spend, 3, 40, half), drawings(20))
    assert found.base[0] == pytest.approx(3)
    assert found.top[0] == pytest.approx(40)
    assert found.half[0] == pytest.approx(half)
    assert found.at(np.array([0.0, half]))[0] == pytest.approx([3, 23])
    assert found.brought(np.full(401, half))[0] == pytest.approx(20)


def squares(x, y, half):
    """Give the least sum of squares with base and top not below 0: of each set in use."""
    f, best = x / (x + half), (y @ y, 0.0, 0.0)
    for use in ([1, 0], [0, 1], [1, 1]):
        columns = np.column_stack([np.ones_like(f) * use[0], f * use[1]])
        base, top = np.linalg.lstsq(columns, y, rcond=None)[0]
        if base >= -1e-12 and top >= -1e-12:
            rest = y - base - top * f
            best = min(best, (rest @ rest, base, top))
    return best


@pytest.mark.parametrize("seed", range(6))
def test_a_fit_is_the_best_of_all(seed):
    chance = np.random.default_rng(seed)
    spend = chance.uniform(0, 500, 14).round()
    customers = chance.poisson(curve(spend, chance.choice([0, 8]), chance.choice([0, 30]), 120))
    drawn = drawings(14)[:12]
    found = fit(spend, customers.astype(float), drawn)
    for number, weeks in enumerate(drawn):
        x, y = spend[weeks], customers[weeks].astype(float)
        best = min(squares(x, y, half)[0] for half in HALVES * spend.max())
        rest = y - curve(x, found.base[number], found.top[number], found.half[number])
        assert rest @ rest == pytest.approx(best, rel=1e-6, abs=1e-6)
        assert min(found.base[number], found.top[number]) >= 0


def test_the_same_weeks_are_drawn_each_time():
    assert (drawings(13) == drawings(13)).all()
    assert drawings(13).shape == (401, 13)
    assert list(drawings(13)[0]) == list(range(13))


def test_intervals_hold_the_truth_nine_times_in_ten_or_more():
    chance, held = np.random.default_rng(11), []
    for _ in range(40):
        spend = chance.uniform(0, 1000, 40)
        customers = chance.poisson(curve(spend, 4, 50, 350)).astype(float)
        fits = fit(spend, customers, drawings(40)).at(np.array([500.0]))[1:, 0]
        low, high = np.percentile(fits, [2.5, 97.5])
        held.append(low <= curve(500, 4, 50, 350) <= high)
    assert sum(held) >= 36


def one(top, half):
    return Curves(np.array([0.0]), np.array([float(top)]), np.array([float(half)]))


@pytest.mark.parametrize("seed", range(5))
def test_a_division_brings_the_most_of_all_divisions(seed):
    chance = np.random.default_rng(seed)
    curves = [one(chance.uniform(0, 60), chance.uniform(50, 900)) for _ in range(3)]
    low, high = chance.integers(0, 20, 3) * 10.0, chance.integers(25, 60, 3) * 10.0
    total = float((low.sum() + high.sum()) / 2)
    shares = allocate(curves, low, high, total)[:, 0]
    assert (shares >= low).all() and (shares <= high).all()
    assert shares.sum() == pytest.approx(total)

    def brought(spend):
        return sum(c.brought(np.array([s]))[0] for c, s in zip(curves, spend, strict=True))

    steps = [np.arange(lowest, highest + 1, 10) for lowest, highest in zip(low, high, strict=True)]
    tried = [spend for spend in itertools.product(*steps) if sum(spend) <= total]
    assert len(tried) > 500
    assert brought(shares) >= max(map(brought, tried)) - 1e-9


def test_what_brings_nothing_gets_the_least_it_ever_had_and_the_rest_is_left_over():
    shares = allocate([one(0, 100), one(50, 100)], np.array([20.0, 10]), np.array([90.0, 70]), 120)
    assert shares[:, 0] == pytest.approx([20, 70])
