"""What the page is given of each choice: differences that make one figure of another."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest

from pipeline.report import cells, filters, markup
from pipeline.report.filters import changes
from pipeline.report.sections import funnel, trend


def changed(value, by):
    """What page.js makes of a value and its changes."""
    value = deepcopy(value)
    for key, part in by.items():
        if isinstance(value, list) and key == "length":
            del value[part:]
            continue
        at = int(key) if isinstance(value, list) else key
        known = at in value if isinstance(value, dict) else at < len(value)
        if known and isinstance(part, dict) and isinstance(value[at], (dict, list)):
            value[at] = changed(value[at], part)
        elif isinstance(value, list) and not known:
            value.append(part)
        else:
            value[at] = part
    return value


@pytest.mark.parametrize(
    ("before", "after", "by"),
    [
        ({"a": 1, "b": [1, 2]}, {"a": 1, "b": [1, 3]}, {"b": [1, 3]}),
        ({"a": [{"x": 1}, {"x": 2}]}, {"a": [{"x": 1}, {"x": 3}]}, {"a": {"1": {"x": 3}}}),
        ({"a": [{"x": 1}, {"x": 2}]}, {"a": [{"x": 1}]}, {"a": {"length": 1}}),
        ({"a": [{"x": 1}]}, {"a": [{"x": 1}, {"y": 2}]}, {"a": {"1": {"y": 2}, "length": 2}}),
        ({"a": 1, "b": 2}, {"a": 1, "b": None}, {"b": None}),
        ({"a": 1}, {"a": 1}, {}),
    ],
)
def test_only_what_differs_is_given_and_makes_the_other(before, after, by):
    assert changes(before, after) == by
    assert changed(before, by) == after


@pytest.fixture(scope="module")
def given(facts):
    """What the page is given, as its script reads it."""
    environment = markup.environment()
    macros = environment.get_template("macros.html").make_module({"library_js": ""})
    sections = [funnel.section(facts, ""), trend.section(facts, "")]
    common = (cells.WHY_WITHHELD, cells.WHY_IMMATURE)
    return json.loads(filters.embedded(facts, sections, macros, common))


def test_a_platform_has_no_figure_of_a_tier_that_is_not_on_it(given):
    assert sorted(given["slices"]["|douyin"]["figures"]) == [
        "funnel-branch",
        "trend-arrival",
        "trend-click",
    ]
    assert "line|douyin" not in given["slices"]


def test_what_is_withheld_is_in_no_slice(facts, given):
    hidden = [row for row in facts.platform_stages if row.suppressed]
    assert hidden
    for row in hidden:
        told = given["slices"][f"|{row.platform}"]["tables"]
        assert row.persons is None
        if row.week == facts.week.mature_cohort and row.part:
            table, _ = told[f"funnel-{row.part}-data"]
            at = 7 + ["arrival", "new_customer", "active", "asset", "subscription"].index(row.stage)
            cell = given["cells"][table[at][1] - 1] if table[at][1] else None
            assert cell is None or "suppressed" in cell


def test_a_place_below_the_bank_offers_nothing(facts):
    assert filters.offered(facts)
    below = replace(facts, place=replace(facts.place, level="tier", tier="branch"))
    assert not filters.offered(below)
