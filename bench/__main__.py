"""Measure, print a line for each figure, and write bench/RESULTS.md; 1 if any falls short."""

import argparse
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from bench import ingest
from bench.figures import Figure

RESULTS = Path(__file__).parent / "RESULTS.md"
HEADER = ["figure", "ours", "reference", "ratio", "goal", ""]


def main() -> int:
    """Run the benchmarks at the sizes asked for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[2_000_000], help="events in a file")
    parser.add_argument("--runs", type=int, default=3, help="each figure is the median of so many")
    parser.add_argument("--folder", type=Path, help="where to work; needs 400 bytes an event")
    asked = parser.parse_args()
    figures: list[Figure] = []
    for rows in asked.rows:
        for figure in ingest.figures(rows, asked.runs, asked.folder):
            print("  ".join(filter(None, figure.cells())), flush=True)
            figures.append(figure)
    RESULTS.write_text(_page(figures, asked.runs), encoding="utf-8")
    return 0 if all(figure.ok for figure in figures) else 1


def _page(figures: list[Figure], runs: int) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pyarrow", "numpy"))
    rows = [HEADER, ["---"] * len(HEADER), *(figure.cells() for figure in figures)]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return (
        "# Results of `make bench`\n\n"
        f"{os.cpu_count()} cores, {memory:.0f} GiB; Python {platform.python_version()}, "
        f"{versions}. Medians of {runs} runs, ours and the reference in turn.\n\n{table}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
