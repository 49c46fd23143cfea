"""Rolling activity of a year from the days on which customers were active, at every level."""

from collections.abc import Iterator

from bench.activity.days import write_days
from bench.figures import Asked, Figure, child, middle


def measure(asked: Asked) -> Iterator[Figure]:
    """Measure the models over half as many customer-days as there are rows of events."""
    write_days(asked.folder, asked.rows // 2)
    scans, ours, joins = [], [], []
    for _ in range(asked.runs):
        scans.append(child("bench.activity.run", asked.folder, "scan"))
        ours.append(child("bench.activity.run", asked.folder, "models"))
        joins.append(child("bench.activity.run", asked.folder, "range_join"))
    if ours[0]["mau"] != joins[0]["mau"]:
        raise AssertionError(f"other customers are active: {ours[0]} against {joins[0]}")
    size, cpu = f"{asked.rows / 2e6:g}M customer-days", middle(ours, "cpu")
    scan, join = middle(scans, "cpu"), middle(joins, "cpu")
    yield Figure(f"{size}: rolling MAU, against a scan", cpu, scan, 8, "CPU s")
    yield Figure(f"{size}: rolling MAU, against a range join", cpu, join, 0.1, "CPU s")
    yield Figure(f"{size}: peak memory", max(run["gib"] for run in ours), None, None, "GiB")
