"""Measure, print a line for each figure, and write bench/RESULTS.md; 1 if any falls short."""

import argparse
import sys
import tempfile
from pathlib import Path

from bench import BENCHMARKS, OF_ONE_SIZE
from bench.figures import Asked, Line
from bench.results import write_results


def main() -> int:
    """Run the benchmarks asked for, at the sizes asked for."""
    asked = _asked()
    figures: list[Line] = []
    for name in asked.name or BENCHMARKS:
        for rows in [0] if name in OF_ONE_SIZE else asked.rows:
            measured: list[Line] = []
            with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
                for figure in BENCHMARKS[name](Asked(rows, asked.runs, Path(folder))):
                    print("  ".join(filter(None, figure.cells())), flush=True)
                    measured.append(figure)
            write_results(name, rows, asked.runs, measured)
            figures += measured
    return 0 if all(figure.ok for figure in figures) else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("name", nargs="*", help=f"of {', '.join(BENCHMARKS)}; all unless named")
    parser.add_argument("--rows", type=int, nargs="+", default=[2_000_000], help="sizes of data")
    parser.add_argument("--runs", type=int, default=5, help="each figure is the median of so many")
    parser.add_argument("--folder", type=Path, help="where to work; needs 400 bytes a row")
    asked = parser.parse_args()
    if unknown := set(asked.name) - BENCHMARKS.keys():
        parser.error(
            f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}"
        )
    return asked


if __name__ == "__main__":
    sys.exit(main())
