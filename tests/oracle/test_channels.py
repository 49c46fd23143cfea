"""What is published by channel against plain loops over the sample's lake."""

import datetime as dt
from collections import Counter

import duckdb
import pytest

from pipeline.review import Reviewer, classify
from tests.oracle.channels import DIMENSIONS, Channels, by_paths
from tests.oracle.credits import RULES
from tests.oracle.places import NOBODY

STEP = ("platform", "tier", "entry", "form", "theme", "account")


@pytest.fixture(scope="module")
def analysis(sample_run):
    with duckdb.connect(str(sample_run.analysis_database), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def channels(analysis, persons):
    latest = {}
    for post, account, name, form, title in analysis.execute(
        "select post_id, account_id, link_post, form, title from core.post_snapshots"
        " order by exported_at"
    ).fetchall():
        latest[post] = (account, name), form, title
    names = Counter(key for key, *_ in latest.values())
    reviewer, labels = Reviewer(dt.date(2026, 11, 16)), {}
    for key, form, title in latest.values():
        if names[key] == 1:
            theme = next(classify([(title, "")], reviewer)).theme if title else None
            labels[key] = {"form": form, "theme": theme}
    return Channels(persons, labels)


@pytest.fixture(scope="module")
def by_rules(channels):
    return channels.by_rules()


@pytest.fixture(scope="module")
def paths(channels):
    return channels.paths()


def test_paths_are_counted_as_they_were_walked(analysis, paths):
    rows = analysis.execute(
        "select month, kind, path, conversions, nulls from core.attribution_paths"
    ).fetchall()
    found = {}
    for month, kind, path, won, lost in rows:
        for field, dimension in enumerate(STEP):
            steps = tuple(step.split("/", 5)[field] for step in path.split(" > "))
            before = found.get((month, kind, dimension, steps), (0, 0))
            found[month, kind, dimension, steps] = (before[0] + won, before[1] + lost)
    months = {month for month, *_ in found}
    want = {
        (*group, path): (won, lost)
        for group, rows in paths.items()
        if group[0] in months
        for path, won, lost in rows
    }
    assert found == want
    assert {key[2] for key in found} == set(DIMENSIONS)
    assert sum(won > 0 < lost for won, lost in found.values()) > 100


def test_each_channel_is_published_with_what_it_is_credited(published, by_rules, paths):
    worth = {}
    for group, rows in paths.items():
        for channel, of_channel in by_paths(rows).items():
            worth[group, channel] = of_channel
    rows = published("attribution_models")
    shown = Counter()
    for row in rows:
        group, rule = (row["month"], row["kind"], row["dimension"]), row["rule"]
        cell = by_rules.get((group, row["channel"]))
        of_path = worth.get((group, row["channel"]), {})
        total = by_rules[group, None]["conversions"]
        if row["channel"] in (None, NOBODY):
            credit = cell["conversions"]
        else:
            credit = of_path[rule] if rule in of_path else cell[rule] if cell else 0
        if row["credits"] is None:
            assert row["suppressed"] == "customers"
            continue
        assert row["credits"] == pytest.approx(credit, abs=1e-6)
        assert row["share"] == pytest.approx(credit / total, abs=1e-6)
        assert row["conversions"] == (cell["conversions"] if cell else 0)
        assert row["paths"] == of_path.get("paths")
        if rule == "markov":
            effect = of_path.get("removal_effect")
            assert row["removal_effect"] == pytest.approx(effect, abs=1e-9)
        if rule not in ("last_touch", "first_touch"):
            assert row["customers"] == (len(cell["customers"]) if cell else 0)
        shown[rule, row["dimension"]] += credit > 0
    assert len(shown) == 7 * len(DIMENSIONS)
    assert min(shown.values()) > 20


def test_every_channel_that_is_credited_has_its_rows(published, by_rules, paths):
    found = Counter(
        ((row["month"], row["kind"], row["dimension"]), row["channel"])
        for row in published("attribution_models")
    )
    assert set(found.values()) == {len(RULES) + 2}
    assert {key for key in by_rules if key not in found} == set()


def test_published_credits_sum_to_the_conversions_where_all_are_shown(published):
    sums, totals, hidden = Counter(), {}, set()
    for row in published("attribution_models"):
        group = row["month"], row["kind"], row["dimension"], row["rule"]
        if row["credits"] is None:
            hidden.add(group)
        elif row["channel"] is None:
            totals[group] = row["credits"]
        else:
            sums[group] += row["credits"]
    shown = totals.keys() - hidden
    assert len(shown) > 50
    for group in shown:
        assert sums[group] == pytest.approx(totals[group], abs=1e-5)
