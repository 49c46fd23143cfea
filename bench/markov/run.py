"""One run over the paths of a folder. Prints CPU seconds, GiB, and credits to be compared."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench.figures import cpu_seconds, gib


def _exact(rows: pa.Table) -> dict[str, float]:
    from pipeline.measures import markov
    from pipeline.measures.path_credits import read_paths

    paths = read_paths(rows["path"], rows["conversions"], rows["nulls"])
    effects = markov.removal(markov.chain(paths), len(paths.channels)).effects
    shares = markov.credits(effects, float(paths.conversions.sum()))
    return dict(zip(paths.channels, shares.tolist(), strict=True))


def _simulated(rows: pa.Table) -> dict[str, float]:
    from bench.markov import simulated

    return simulated.credits(*(rows[name].to_pylist() for name in rows.column_names))


def _channel_attribution(rows: pa.Table) -> dict[str, float]:
    import ChannelAttribution

    found = ChannelAttribution.markov_model(
        rows.to_pandas(), "path", "conversions", var_null="nulls", verbose=False, flg_pro=False
    )
    return dict(found.iloc[:, :2].itertuples(index=False))


_WAYS: dict[str, Callable[[pa.Table], dict[str, float]]] = {
    "exact": _exact,
    "simulated": _simulated,
    "ChannelAttribution": _channel_attribution,
}


def main(folder: Path, way: str) -> None:
    """Read the paths, then count, solve or simulate."""
    rows = pq.read_table(folder / "paths.parquet")
    before = cpu_seconds()
    credits = _WAYS[way](rows)
    figures = {"cpu": cpu_seconds() - before, "gib": gib()}
    conversions = sum(rows["conversions"].to_pylist())
    total = {"credited": sum(credits.values()), "conversions": conversions}
    print(json.dumps(figures | total | {"first": credits[min(credits)]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
