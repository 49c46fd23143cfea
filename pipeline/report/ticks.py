"""Where the ticks of an axis stand, and how they are written."""

import math
from collections.abc import Sequence
from typing import Any

from pipeline.report import formats
from pipeline.report.language import locale


def count_ticks(biggest: float) -> dict[str, Any]:
    """Axis ticks from zero in round steps, written as large counts are."""
    step = 10 ** math.floor(math.log10(max(biggest, 1)))
    width = next(step * part for part in (0.2, 0.5, 1, 2) if biggest <= step * part * 5)
    width = max(1, width)
    values = [width * i for i in range(int(biggest // width) + 2)]
    return {
        "tickvals": values,
        "ticktext": [_tick(value) for value in values],
        "range": [0, max(biggest * 1.08, 1)],
    }


def log_ticks(values: Sequence[float]) -> dict[str, Any]:
    """Ticks of a logarithmic axis: powers of ten, and 2 and 5 where the values lie close."""
    low, high = math.log10(min(values, default=1)), math.log10(max(values, default=10))
    powers = range(math.floor(low), math.ceil(high) + 1)
    steps = (1, 2, 5) if high - low < 2 else (1,)
    marks = [part * 10.0**power for power in powers for part in steps]
    pad = max(0.15, (high - low) * 0.08)
    return {
        "tickvals": marks,
        "ticktext": [_tick(mark) for mark in marks],
        "range": [low - pad, high + pad],
    }


def _tick(value: float) -> str:
    if value < formats.WHOLE:
        return f"{value:,g}"
    size, unit = next((float(size), unit) for size, unit in locale().units if value >= size)
    return f"{value / size:g}{unit}"
