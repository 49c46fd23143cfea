"""bench/RESULTS.md: a section for each benchmark and size, replaced when it is measured again."""

import os
import platform
import re
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bench.figures import Line

RESULTS = Path(__file__).parent / "RESULTS.md"
_TITLE = "# Results of `make bench`\n"
_HEADER = ["figure", "ours", "reference", "ratio", "goal", ""]
_SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def write_results(name: str, rows: int, runs: int, figures: Sequence[Line]) -> None:
    """Write a benchmark's figures in place of those it had at this size; 0 rows are no size."""
    page = RESULTS.read_text(encoding="utf-8") if RESULTS.is_file() else ""
    sections = dict(_SECTION.findall(page))
    sections[f"{name}, {rows:,} rows" if rows else name] = f"{_machine(runs)}\n\n{_table(figures)}"
    parts = (f"## {title}\n\n{sections[title].strip()}\n" for title in sorted(sections, key=_order))
    RESULTS.write_text("\n".join([_TITLE, *parts]), encoding="utf-8")


def _order(title: str) -> tuple[str, int]:
    name, _, rows = title.removesuffix(" rows").partition(", ")
    return name, int(rows.replace(",", "") or 0)


def _machine(runs: int) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pyarrow", "numpy"))
    middle = "One run" if runs == 1 else f"Medians of {runs} runs"
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB; Python {platform.python_version()}, "
        f"{versions}. {middle}, ours and the reference in turn."
    )


def _table(figures: Sequence[Line]) -> str:
    rows = [_HEADER, ["---"] * len(_HEADER), *(figure.cells() for figure in figures)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
