"""Intervals and p-values against published answers, against integration, and against chance."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from pipeline.funnels.wilson import wilson
from pipeline.measures.experiments import (
    always_valid,
    chi_square_above,
    detectable,
    newcombe,
    ratio_p,
)

ANSWERS = json.loads(
    (Path(__file__).parents[1] / "known_answers/stats/proportion_intervals.json").read_text("utf-8")
)


def variant(converted, observed):
    rate, low, high = wilson(converted, observed)
    return {"rate": rate, "rate_low": low, "rate_high": high, "observed": observed}


@pytest.mark.parametrize("case", ANSWERS["two_sample"], ids=lambda case: case["case"])
def test_newcombe_intervals_as_statsmodels_gives_them(case):
    found = newcombe(variant(case["x1"], case["n1"]), variant(case["x2"], case["n2"]))
    assert found == pytest.approx(case["newcombe95"], abs=1e-9)


@pytest.mark.parametrize("case", ANSWERS["sample_ratio_mismatch"], ids=lambda case: case["case"])
def test_the_p_of_a_split_as_scipy_gives_it(case):
    assert ratio_p(case["n"], case["expected_split"]) == pytest.approx(case["p"], rel=1e-9)


def test_a_split_without_persons_or_plan_has_no_p_and_an_unplanned_variant_cannot_be():
    assert ratio_p([0, 0], [0.5, 0.5]) is None
    assert ratio_p([10, 10], [0, 0]) is None
    assert ratio_p([10], [1]) is None
    assert ratio_p([500, 500, 1], [0.5, 0.5, 0]) == 0
    assert ratio_p([500, 500, 0], [1, 1, 0]) == 1


@pytest.mark.parametrize("freedom", range(1, 8))
def test_the_tail_of_chi_square_is_the_integral_of_its_density(freedom):
    constant = 2 ** (freedom / 2) * math.gamma(freedom / 2)
    for value in (0.5, 3.0, 11.0):
        grid = np.linspace(value, value + 120, 400_001)
        density = grid ** (freedom / 2 - 1) * np.exp(-grid / 2) / constant
        assert chi_square_above(value, freedom) == pytest.approx(
            np.trapezoid(density, grid), rel=1e-6
        )


def looked_at(chance, looks, a_look, rate):
    """Give what 50 looks at an experiment without an effect see: rows of (treated, control)."""
    treated, control = (chance.binomial(a_look, rate, looks).cumsum() for _ in range(2))
    persons = np.arange(1, looks + 1) * a_look
    return [
        (variant(int(t), int(n)), variant(int(c), int(n)))
        for t, c, n in zip(treated, control, persons, strict=True)
    ]


def test_whoever_looks_every_day_is_rarely_wrong_by_the_always_valid_interval_alone():
    chance = np.random.default_rng(20261116)
    experiments, wrong, wrong_by_newcombe = 300, 0, 0
    for _ in range(experiments):
        looks = looked_at(chance, 50, 200, 0.1)
        intervals = [always_valid(*look, effect_sd=0.01) for look in looks]
        wrong += any(low > 0 or high < 0 for low, high in intervals)
        wrong_by_newcombe += any(low > 0 or high < 0 for low, high in (newcombe(*x) for x in looks))
    assert wrong / experiments <= 0.05
    assert wrong_by_newcombe / experiments > 0.2, "looks that the fixed interval is not made for"


def test_the_always_valid_interval_holds_the_difference_and_is_wider():
    treated, control = variant(620, 5000), variant(500, 5000)
    low, high = always_valid(treated, control, 0.01)
    fixed_low, fixed_high = newcombe(treated, control)
    assert low < fixed_low < 0.024 < fixed_high < high
    assert (low + high) / 2 == pytest.approx(0.024)
    assert always_valid(variant(0, 50), variant(0, 60), 0.01) is None


def test_four_of_five_experiments_find_the_detectable_difference():
    control = variant(1000, 5000)
    effect = detectable(variant(900, 4000), control)
    chance = np.random.default_rng(7)
    found = [chance.binomial(4000, 0.2 + effect, 4000) / 4000, chance.binomial(5000, 0.2, 4000)]
    z = found[0] - found[1] / 5000
    error = math.sqrt(0.2 * 0.8 * (1 / 4000 + 1 / 5000))
    assert (np.abs(z) > 1.96 * error).mean() == pytest.approx(0.8, abs=0.03)
