"""The colours: readable, told apart by everybody, and each light one with a dark one of its own."""

from itertools import combinations

import numpy as np
import pytest

from pipeline.report.design import dark_colours, tokens
from tests.report.vision import VISIONS, contrast, difference, seen

THEMES = ("light", "dark")
TIERS = ("tier-hq", "tier-line", "tier-branch")
PLATFORMS = ("plat-xhs", "plat-gzh", "plat-sph", "plat-dy", "plat-wb")


def colours(theme):
    return tokens()["color"][theme]


def nearest(theme, names, vision):
    return min(
        difference(seen(colours(theme)[a], vision), seen(colours(theme)[b], vision))
        for a, b in combinations(names, 2)
    )


def test_each_light_colour_has_a_dark_one_of_its_own():
    light, dark = colours("light"), colours("dark")
    assert light.keys() == dark.keys()
    assert len(dark_colours()) == len(light) == len(set(light.values()))
    assert all(dark_colours()[light[name]] == dark[name] for name in light)


# The pairs of Sharma, Wu and Dalal (2005), table 1: numbers 1, 7, 9, 17 and 25.
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_difference_is_ciede2000(one, other, expected):
    assert difference(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_tiers_platforms_and_the_ends_of_the_heat_are_told_apart_by_everybody(theme, vision):
    assert nearest(theme, TIERS, vision) >= 17
    assert nearest(theme, PLATFORMS, vision) >= 7  # they carry a dash and a label as well
    assert nearest(theme, ("heat-lo-3", "heat-hi-3"), vision) >= 39


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "surface", "surface-2"])
def test_words_are_readable_on_every_ground(theme, ground):
    now = colours(theme)
    inks = ("ink", "ink-2", "ink-3", "accent", "link", "attention", "good")
    assert {ink for ink in inks if contrast(now[ink], now[ground]) < 4.5} == set()


@pytest.mark.parametrize("theme", THEMES)
def test_words_on_tints_and_marks_on_the_panel_are_readable(theme):
    now = colours(theme)
    for name in ("attention", "good"):
        assert contrast(now[name], now[f"{name}-tint"]) >= 4.5
    for tier in TIERS:
        assert contrast(now["ink"], now[f"{tier}-tint"]) >= 4.5
    for mark in (*TIERS, *PLATFORMS, "seq-5", "focus", "bench"):
        assert contrast(now[mark], now["surface"]) >= 3
