"""Many months, kinds and dimensions at once are as each of them alone."""

import datetime as dt
import itertools
import random

import pyarrow as pa
import pytest

from pipeline.measures.path_credits import path_credits
from tests.measures.exact import removal_effects
from tests.measures.test_markov import as_floats, drawn_rows

SCHEMA = pa.schema(
    {
        "month": pa.date32(),
        "kind": pa.string(),
        "dimension": pa.string(),
        "channel": pa.string(),
        "conversions": pa.int64(),
        "nulls": pa.int64(),
        "paths": pa.int64(),
        "removal_effect": pa.float64(),
        "markov": pa.float64(),
        "shapley": pa.float64(),
        "markov_order": pa.int32(),
        "path_transform": pa.string(),
    }
)


@pytest.mark.parametrize("order", [1, 2])
def test_groups_do_not_mix(order):
    months = [dt.date(2026, month, 1) for month in range(1, 8)]
    groups = list(itertools.product(months, ("new_customer", "card"), ("tier", "account", "form")))
    drawn = {
        group: drawn_rows(n, channels="abcde"[: 1 + n % 5], many=25)
        for n, group in enumerate(groups)
    }
    rows = [
        (*group, " > ".join(path), won, lost, 1, None, None, None, order, "unique")
        for group, paths in drawn.items()
        for path, won, lost in paths
    ]
    random.Random(1).shuffle(rows)
    given = pa.Table.from_pylist(
        [dict(zip(SCHEMA.names, row, strict=True)) for row in rows], schema=SCHEMA
    )
    found = path_credits(given)
    assert found.schema == given.schema
    effects, won = {}, {}
    for row in found.to_pylist():
        group = row["month"], row["kind"], row["dimension"]
        effects.setdefault(group, {})[row["channel"]] = row["removal_effect"]
        won[group] = won.get(group, 0) + row["markov"]
    assert effects.keys() == drawn.keys()
    for group, paths in drawn.items():
        want = as_floats(removal_effects(paths, order))
        assert effects[group] == pytest.approx(want, abs=1e-9)
        assert won[group] == pytest.approx(sum(conversions for _, conversions, _ in paths))
