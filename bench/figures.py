"""What every benchmark shares: figures against their goals, and measuring a child process."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import ClassVar


@dataclass(frozen=True)
class Figure:
    """One line of the results. Without a reference, ours itself is held to the goal, if any."""

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
        """Whether the goal is reached; a figure without one is told, not judged."""
        return self.goal is None or (self.ours if self.ratio is None else self.ratio) <= self.goal

    def cells(self) -> list[str]:
        """Name, ours, reference, ratio, goal, ok or falls short."""
        unit = "x" if self.ratio is not None else f" {self.unit}"
        return [
            self.name,
            f"{self.ours:,.2f} {self.unit}",
            "" if self.reference is None else f"{self.reference:,.2f} {self.unit}",
            "" if self.ratio is None else f"{self.ratio:.3g}x",
            "" if self.goal is None else f"<= {self.goal:g}{unit}",
            "" if self.goal is None else "ok" if self.ok else "falls short",
        ]


@dataclass(frozen=True)
class LeftOut:
    """A line of the results that was not measured, and why."""

    name: str
    why: str
    ok: ClassVar[bool] = True

    def cells(self) -> list[str]:
        """Name and why, where a figure has its numbers."""
        return [self.name, "", "", "", "", f"left out: {self.why}"]


Line = Figure | LeftOut


@dataclass(frozen=True)
class Asked:
    """How a benchmark is to be run.

    rows: how many rows its data have; 0 for a benchmark of one size only. runs: each figure is the
    median of so many, ours and the reference in turn. folder: an empty one, to work in.
    """

    rows: int
    runs: int
    folder: Path


Benchmark = Callable[[Asked], Iterator[Line]]


def absent(package: str) -> str | None:
    """Say why a reference is left out where its package is missing; None where it is there."""
    return None if find_spec(package) else f"{package} is not installed (extra `bench`)"


def child(module: str, *arguments: object) -> dict[str, float]:
    """Run a module as a process of its own; give the figures it prints last, as JSON."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    printed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    figures: dict[str, float] = json.loads(printed.splitlines()[-1])
    return figures


def process(*command: object) -> dict[str, float]:
    """Run any command whose words do not matter; give the CPU seconds and GiB of it all.

    The memory is at least what this process held so far: so it leaves all heavy work to others.
    """
    words = [str(word) for word in command]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, words)
    return {"cpu": used.ru_utime + used.ru_stime, "gib": used.ru_maxrss / 1024**2}


def python(*arguments: object) -> dict[str, float]:
    """Run Python with some arguments, as `process` does."""
    return process(sys.executable, *arguments)


def size_of(rows: int) -> str:
    """Say how many events there are."""
    return f"{rows / 1e6:g}M events"


def middle(runs: Sequence[dict[str, float]], name: str) -> float:
    """Give the median of a figure over runs."""
    return median(run[name] for run in runs)


def cpu_seconds() -> float:
    """CPU seconds of this process so far, of the user and the system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def gib() -> float:
    """The most memory this process held at once.

    What getrusage says is at least what the process that started this one held.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024**2
