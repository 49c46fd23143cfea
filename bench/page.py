"""The weekly page of a large bank: 65 accounts over a year, written from a ready database."""

from collections.abc import Iterator

from bench.figures import Asked, Figure, middle, python

ACCOUNTS, WEEKS, CUSTOMERS = 65, 52, 2000


def measure(asked: Asked) -> Iterator[Figure]:
    """Measure `funnel report`, the whole process; the sample is ingested and built before."""
    home, reports = asked.folder / "home", asked.folder / "reports"
    workspace = ("--home", home, "--config", home / "funnel.toml")
    size = ("--accounts", ACCOUNTS, "--weeks", WEEKS, "--customers", CUSTOMERS)
    python("-m", "pipeline", "sample", *size, "--into", home)
    python("-m", "pipeline", "ingest", *workspace)
    python("-m", "pipeline", "build", *workspace)
    report = ("-m", "pipeline", "report", *workspace, "--reports", reports)
    written = [python(*report) for _ in range(asked.runs)]
    (page,) = reports.glob("*-W*.html")
    name = f"weekly page of {ACCOUNTS} accounts, {WEEKS} weeks"
    yield Figure(name, middle(written, "cpu"), None, 5, "CPU s")
    yield Figure(f"{name}: peak memory", max(run["gib"] for run in written), None, None, "GiB")
    yield Figure(f"{name}: its size", page.stat().st_size / 1024**2, None, None, "MiB")
