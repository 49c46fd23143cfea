"""Exact removal effects of 14 channels, against simulated walks as other tools do it."""

from collections.abc import Iterator

from bench.figures import Asked, Figure, LeftOut, Line, absent, child, middle
from bench.markov.paths import write_paths


def measure(asked: Asked) -> Iterator[Line]:
    """Measure a Markov chain of order 1 over so many paths, from text to credits."""
    write_paths(asked.folder / "paths.parquet", asked.rows)
    missing = absent("ChannelAttribution")
    others = ["simulated"] if missing else ["simulated", "ChannelAttribution"]
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in ("exact", *others)}
    for _ in range(asked.runs):
        for name, measured in runs.items():
            measured.append(child("bench.markov.run", asked.folder, name))
    exact = runs["exact"][0]
    if abs(exact["credited"] - exact["conversions"]) > 1e-6 * exact["conversions"]:
        raise AssertionError(f"credits do not sum to the conversions: {exact}")
    size, cpu = f"{asked.rows / 1e6:g}M paths of 14 channels", middle(runs["exact"], "cpu")
    for name in others:
        yield Figure(f"{size}: exact, against {name}", cpu, middle(runs[name], "cpu"), 1, "CPU s")
    if missing:
        why = "ChannelAttribution is not installed; its licence keeps it out of the extras"
        yield LeftOut(f"{size}: exact, against ChannelAttribution", why)
    yield Figure(f"{size}: peak memory", max(run["gib"] for run in runs["exact"]), None, 1, "GiB")
    off = middle(runs["simulated"], "first") / exact["first"] - 1
    yield Figure(f"{size}: error of a simulated credit", abs(off) * 100, None, None, "%")
