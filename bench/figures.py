"""What every benchmark shares: figures against their goals, and measuring a child process."""

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One line of the results. Without a reference, ours itself is held to the goal; without a goal
    it is printed, not judged.
    """

    name: str
    ours: float
    reference: float | None
    goal: float | None
    unit: str

    @property
    def ratio(self) -> float | None:
        """Ours over the reference."""
        return None if self.reference is None else self.ours / self.reference

    @property
    def ok(self) -> bool:
        """Whether the goal is reached."""
        return self.goal is None or (self.ours if self.ratio is None else self.ratio) <= self.goal

    def cells(self) -> list[str]:
        """Name, ours, reference, ratio, goal, ok or falls short."""
        return [
            self.name,
            f"{self.ours:,.2f} {self.unit}",
            "" if self.reference is None else f"{self.reference:,.2f} {self.unit}",
            "" if self.ratio is None else f"{self.ratio:.3g}x",
            ""
            if self.goal is None
            else f"<= {self.goal:g}{'x' if self.ratio is not None else ' ' + self.unit}",
            "" if self.goal is None else "ok" if self.ok else "falls short",
        ]


@dataclass(frozen=True)
class Asked:
    """How a benchmark is to be run.

    rows: how many rows its data have. runs: each figure is the median of so many, ours and the
    reference in turn. folder: an empty one, to work in.
    """

    rows: int
    runs: int
    folder: Path


Benchmark = Callable[[Asked], Iterator[Figure]]


def child(module: str, *arguments: object) -> dict[str, float]:
    """Run a module as a process of its own; give the figures it prints as JSON."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    printed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    figures: dict[str, float] = json.loads(printed.splitlines()[-1])
    return figures


def middle(runs: Sequence[dict[str, float]], name: str) -> float:
    """Give the median of a figure over runs."""
    return median(run[name] for run in runs)


def cpu_seconds() -> float:
    """CPU seconds of this process so far, of the user and the system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def gib() -> float:
    """The most memory this process held at once."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
