"""The weekly page of a large bank: 65 accounts over a year, written from a ready database."""

from collections.abc import Iterator
from pathlib import Path

from bench.figures import Asked, Figure, LeftOut, Line, absent, child, middle, python

ACCOUNTS, WEEKS, CUSTOMERS = 65, 52, 2000
CHROMIUM = Path("/usr/bin/chromium")


def measure(asked: Asked) -> Iterator[Line]:
    """Measure `funnel report`, the whole process, then the page in a browser.

    The sample is ingested and built before.
    """
    home, reports = asked.folder / "home", asked.folder / "reports"
    workspace = ("--home", home, "--config", home / "funnel.toml")
    size = ("--accounts", ACCOUNTS, "--weeks", WEEKS, "--customers", CUSTOMERS)
    python("-m", "pipeline", "sample", *size, "--into", home)
    python("-m", "pipeline", "ingest", *workspace)
    python("-m", "pipeline", "build", *workspace)
    report = ("-m", "pipeline", "report", *workspace, "--reports", reports)
    written = [python(*report) for _ in range(asked.runs)]
    (page,) = reports.glob("????-W??.html")
    name = f"weekly page of {ACCOUNTS} accounts, {WEEKS} weeks"
    yield Figure(name, middle(written, "cpu"), None, 5, "CPU s")
    yield Figure(f"{name}: peak memory", max(run["gib"] for run in written), None, None, "GiB")
    yield Figure(f"{name}: its size", page.stat().st_size / 1024**2, None, None, "MiB")
    yield from _in_browser(name, page, asked.runs)


def _in_browser(name: str, page: Path, runs: int) -> Iterator[Line]:
    why = absent("playwright") or (None if CHROMIUM.is_file() else f"there is no {CHROMIUM}")
    if why:
        yield LeftOut(f"{name}: in a browser", why)
        return
    opened = [child("bench.browser", CHROMIUM, page) for _ in range(runs)]
    yield Figure(f"{name}: first chart drawn", middle(opened, "first"), None, 1.5, "s")
    yield Figure(f"{name}: all charts drawn", middle(opened, "all"), None, 4, "s")
