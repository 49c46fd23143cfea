"""The published funnels of the sample, recounted from its lake: they agree to the last person."""

from collections import defaultdict
from typing import Any

import duckdb
import pytest

from pipeline.funnels.wilson import wilson
from pipeline.settings import Settings
from tests.oracle.funnels import Cell, Funnels, definitions, quantile
from tests.oracle.persons import Persons
from tests.oracle.test_sample_numbers import agree

NAMES = ["branch", "card", "content_to_active", "shop_loan", "wealth"]


def test_five_funnels_ship():
    assert list(definitions()) == NAMES


@pytest.fixture(scope="module")
def counted(persons: Persons) -> dict[str, dict[Any, Cell]]:
    funnels = Funnels(persons)
    return {name: funnels.cells(words) for name, words in definitions().items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_breakdown_gives_each_person_one_value(name, published, counted):
    found = {
        ((r["period"], r["starts_on"], r["step"]), () if r["value"] is None else (r["value"],)): r[
            "persons"
        ]
        for r in published("funnel_breakdowns")
        if r["funnel"] == name
    }
    want: dict[Any, int] = defaultdict(int)
    for (period, first, path), cell in counted[name].items():
        for got in cell.answers if path == () else []:
            for step in range(1, got.level + 1):
                for value in ((), (got.value("first", None) or "(none)",)):
                    want[(period, first, step), value] += 1
    shown, hidden = agree(found, want, name)
    assert shown > 30 and hidden > 5


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_funnel_counts_whom_the_oracle_counts(name, published, counted):
    words, cells = definitions()[name], counted[name]
    rows = [row for row in published("funnel_counts") if row["funnel"] == name]
    steps = range(1, len(words["steps"]) + 1)
    want = {
        ((period, first, step), path): cell.persons(step)
        for (period, first, path), cell in cells.items()
        for step in steps
    }
    found = {((r["period"], r["starts_on"], r["step"]), r["path"]): r["persons"] for r in rows}
    assert found.keys() == want.keys()
    shown, hidden = agree(found, want, name)
    assert shown > 100 and hidden > 20
    deepest = [n for (tree, path), n in found.items() if tree[2] == len(steps) and path == ()]
    assert max(n or 0 for n in deepest) >= 10
    for row in rows:
        seconds = cells[row["period"], row["starts_on"], row["path"]].seconds(row["step"])
        for column, share in (("median_seconds", 0.5), ("p90_seconds", 0.9)):
            if row["persons"] is None or not seconds:
                assert row[column] is None
            else:
                assert row[column] == pytest.approx(quantile(seconds, share), abs=0.5001)


def test_rates_are_those_of_what_is_published(published):
    counts = {key(row): row for row in published("funnel_counts")}
    rows = published("funnel_steps")
    assert len(rows) == len(counts) > 1000
    rated = 0
    for row in rows:
        count = counts[key(row)]
        assert row["persons"] == count["persons"]
        for base, names in (
            (1, ("total_rate", "total_low", "total_high")),
            (row["step"] - 1, STEP),
        ):
            of = counts.get(key({**row, "step": base}), {}).get("persons")
            is_known = bool(of) and row["persons"] is not None
            want = wilson(row["persons"], of) if is_known else (None, None, None)
            rated += is_known
            assert [row[name] for name in names] == pytest.approx(want)
    assert rated > 1000


STEP = ("step_rate", "step_low", "step_high")


def key(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("funnel", "period", "starts_on", "step", "path"))


def test_who_dropped_off_is_one_select(sample_run: Settings, persons: Persons):
    with duckdb.connect(str(sample_run.analysis_database), read_only=True) as connection:
        found = connection.execute(
            "select customer_token from core.funnel_persons where funnel = 'card' and depth = 2"
            " and day = date '2026-10-12'"
        ).fetchall()
    assert found and {token for (token,) in found} <= persons.by_customer.keys()
