"""What each channel is credited with, from counted paths: Markov removal effects and Shapley."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.measures import markov, shapley
from pipeline.measures.paths import Paths, transformed

SEPARATOR = " > "
FIELD = "/"
_GROUP = ["month", "kind", "dimension"]


def path_credits(rows: pa.Table) -> pa.Table:
    """Give the channels of paths, for each month, kind and dimension.

    Takes a row a path: `channel` holds its steps, parted by ` > `, and a step holds a channel for
    each dimension, parted by `/`; `dimension` names them likewise. `conversions` and `nulls` say
    how often it was walked to a conversion and to none; `markov_order` and `path_transform` how to
    count. Gives a row a channel with the same columns: `conversions` and `nulls` of the paths it is
    on, how many `paths` of these led to a conversion, and `removal_effect`, `markov` and `shapley`.
    The last two sum to the conversions.
    """
    if not rows.num_rows:
        return rows
    rows = pa.concat_tables(_by_dimension(rows))
    order = [(name, "ascending") for name in _GROUP]
    rows = rows.sort_by([*order, ("channel", "ascending")])
    groups = rows.group_by(_GROUP).aggregate([([], "count_all")]).sort_by(order)
    found, start = [], 0
    for size in groups["count_all"].to_pylist():
        found.append(_channels(rows.slice(start, size)))
        start += size
    return pa.concat_tables(found)


def _by_dimension(rows: pa.Table) -> Iterator[pa.Table]:
    """Give the paths over the channels of each dimension, those that are the same as one.

    The last channel of a step may hold the separator of channels itself.
    """
    for named in sorted(pc.unique(rows["dimension"]).to_pylist()):
        some, dimensions = rows.filter(pc.equal(rows["dimension"], named)), named.split(FIELD)
        split = pc.split_pattern(some["channel"].combine_chunks(), SEPARATOR)
        steps = split.flatten().dictionary_encode()
        words = [step.split(FIELD, len(dimensions) - 1) for step in steps.dictionary.to_pylist()]
        for field, dimension in enumerate(dimensions):
            channels = pa.array([word[field] for word in words], pa.string()).take(steps.indices)
            paths = pc.binary_join(pa.ListArray.from_arrays(split.offsets, channels), SEPARATOR)
            yield _merged(some, {"channel": paths, "dimension": pa.repeat(dimension, len(paths))})


def _merged(rows: pa.Table, columns: dict[str, pa.Array]) -> pa.Table:
    """Put other columns in, and rows together that are then the same but for their counts."""
    paths = pa.table({name: columns.get(name, rows[name]) for name in rows.column_names})
    same = [name for name in rows.column_names if name not in ("conversions", "nulls")]
    merged = paths.group_by(same).aggregate([("conversions", "sum"), ("nulls", "sum")])
    merged = merged.rename_columns({"conversions_sum": "conversions", "nulls_sum": "nulls"})
    return merged.select(rows.column_names).cast(rows.schema)


def read_paths(text: pa.ChunkedArray | pa.Array, conversions: object, nulls: object) -> Paths:
    """Read paths written as text, with their counts; channels are numbered in their order."""
    split = pc.split_pattern(text, SEPARATOR)
    split = split.combine_chunks() if isinstance(split, pa.ChunkedArray) else split
    words = split.flatten().dictionary_encode()
    names = np.array(words.dictionary.to_pylist(), dtype=object)
    order = np.argsort(names)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return Paths(
        tuple(names[order]),
        rank[words.indices.to_numpy()],
        pc.list_value_length(split).to_numpy().astype(np.int64),
        np.asarray(conversions, dtype=np.float64),
        np.asarray(nulls, dtype=np.float64),
    )


def _channels(rows: pa.Table) -> pa.Table:
    """Give the rows of the channels of one month, kind and dimension."""
    first = rows.slice(0, 1).to_pylist()[0]
    paths = read_paths(rows["channel"], rows["conversions"], rows["nulls"])
    order, transform = int(first["markov_order"]), str(first["path_transform"])
    walked = markov.chain(transformed(paths, transform), order)
    effects = markov.removal(walked, len(paths.channels)).effects
    owners, channels = paths.members()
    found = {
        "channel": paths.channels,
        "conversions": _on(paths.conversions[owners], channels, paths).astype(np.int64),
        "nulls": _on(paths.nulls[owners], channels, paths).astype(np.int64),
        "paths": _on(paths.conversions[owners] > 0, channels, paths).astype(np.int64),
        "removal_effect": effects,
        "markov": markov.credits(effects, float(paths.conversions.sum())),
        "shapley": shapley.of_conversions(paths),
    }
    same = {name: [value] * len(paths.channels) for name, value in first.items()}
    return pa.table(same | found, schema=rows.schema)


def _on(weights: np.ndarray, channels: np.ndarray, paths: Paths) -> np.ndarray:
    return np.bincount(channels, weights, len(paths.channels))
