"""Attribution by five rules at once: a conversion for every 20 touches of the customers."""

from collections.abc import Iterator

from bench.attribution.touches import write_touches
from bench.figures import Asked, Figure, child, middle


def measure(asked: Asked) -> Iterator[Figure]:
    """Measure core.attribution_credits over so many touches."""
    write_touches(asked.folder, asked.rows)
    scans, ours = [], []
    for _ in range(asked.runs):
        scans.append(child("bench.attribution.run", asked.folder, "scan"))
        ours.append(child("bench.attribution.run", asked.folder, "model"))
    if ours[0]["credited"] != asked.rows // 20:
        raise AssertionError(f"credits do not sum to the conversions: {ours[0]}")
    size, cpu = f"{asked.rows / 1e6:g}M touches", middle(ours, "cpu")
    yield Figure(f"{size}: five rules, against a scan", cpu, middle(scans, "cpu"), 9, "CPU s")
    yield Figure(f"{size}: peak memory", max(run["gib"] for run in ours), None, 0.5, "GiB")
