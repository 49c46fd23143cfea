"""The command line's help, against a Python that does nothing."""

from collections.abc import Iterator

from bench.figures import Asked, Figure, middle, python

TIMES = 5
"""So short a process is measured so many times a run."""


def measure(asked: Asked) -> Iterator[Figure]:
    """Measure whole processes: what Python needs to start is in both."""
    nothing, answered = [], []
    for _ in range(asked.runs * TIMES):
        nothing.append(python("-c", "pass"))
        answered.append(python("-m", "pipeline", "--help"))
    ours, reference = middle(answered, "cpu"), middle(nothing, "cpu")
    yield Figure("funnel --help, against python -c pass", ours, reference, 12, "CPU s")
