"""The funnel of one tier: counts above the bridge, persons below it, one width for one number."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from pipeline.report.charts import figure
from pipeline.report.design import colour, tier_colour
from pipeline.report.labels import named, plain, room

ROW_PIXELS = 44
GAP = 0.95  # rows kept free for the bridge and for the cohort's heading
LEAST = 0.05  # half the width of the narrowest bar: its number stands in it
FULL = 8.0  # 10^8: the logarithmic width at which a bar fills the panel


@dataclass(frozen=True)
class Bar:
    """One stage: `value` None draws no bar, only `text`; `rate` stands above the bar."""

    label: str
    value: int | None
    text: str
    rate: str
    part: str  # counts, arrivals or cohort


def funnel(bars: Sequence[Bar], tier: str | None, bridge: str, cohort: str) -> dict[str, Any]:
    """Draw centred bars, log-wide, with step rates between them and dashed breaks between parts.

    `bridge` is written on the dashed line between counts and arrivals, `cohort` above the persons
    of the cohort that is old enough.
    """
    places = _places(bars)
    notes = [_note(y, bar.text, colour("ink"), 13) for bar, y in zip(bars, places, strict=True)]
    notes += [
        _note(y + 0.5, bar.rate, colour("ink-2"), 12)
        for bar, y in zip(bars, places, strict=True)
        if bar.rate
    ]
    breaks = [(_first(bars, places, "arrivals"), bridge), (_first(bars, places, "cohort"), cohort)]
    shapes = [_dashes(y) for y, _ in breaks if y is not None]
    notes += [_break(y + 0.93, words) for y, words in breaks if y is not None]
    layout = {
        "height": round((1 - places[-1]) * ROW_PIXELS + 24),
        "margin": {"l": room((bar.label for bar in bars), 76), "r": 8, "t": 4, "b": 4},
        "xaxis": {"visible": False, "range": [-1.02, 1.02], "fixedrange": True},
        "yaxis": _stages_axis(bars, places),
        "annotations": notes,
        "shapes": shapes,
    }
    return figure([_bars(bars, places, tier)], layout)


def _places(bars: Sequence[Bar]) -> list[float]:
    places: list[float] = []
    at = 0.0
    for before, bar in zip([bars[0], *bars], bars, strict=False):
        at -= GAP if before.part != bar.part else 0
        places.append(at)
        at -= 1
    return places


def _first(bars: Sequence[Bar], places: Sequence[float], part: str) -> float | None:
    return next((y for bar, y in zip(bars, places, strict=True) if bar.part == part), None)


def _half_width(value: int | None) -> float:
    return 0.0 if not value or value < 1 else min(1.0, max(math.log10(value) / FULL, LEAST))


def _bars(bars: Sequence[Bar], places: Sequence[float], tier: str | None) -> Any:
    half = [_half_width(bar.value) for bar in bars]
    return go.Bar(
        x=[2 * width if width else None for width in half],
        base=[-width for width in half],
        y=list(places),
        orientation="h",
        width=0.54,
        marker={
            "color": tier_colour(tier, tint=True),
            "line": {"color": tier_colour(tier), "width": 1},
        },
        customdata=[named(bar.label, bar.text) for bar in bars],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _stages_axis(bars: Sequence[Bar], places: Sequence[float]) -> dict[str, Any]:
    return {
        "tickvals": list(places),
        "ticktext": [plain(bar.label) for bar in bars],
        "range": [places[-1] - 0.5, 0.5],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": 12, "color": colour("ink-2")},
    }


def _note(y: float, words: str, ink: str, size: int) -> dict[str, Any]:
    return {
        "x": 0,
        "y": y,
        "text": plain(words),
        "showarrow": False,
        "font": {"size": size, "color": ink},
    }


def _break(y: float, words: str) -> dict[str, Any]:
    """On the dashes from the right edge, where a narrow panel has room to the left for it all."""
    edge = {"x": 1, "xref": "paper", "xanchor": "right", "bgcolor": colour("surface")}
    return _note(y, words, colour("ink-2"), 12) | edge


def _dashes(y: float) -> dict[str, Any]:
    return {
        "type": "line",
        "layer": "below",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": y + 0.93,
        "y1": y + 0.93,
        "line": {"color": colour("rule-strong"), "dash": "dash", "width": 1.2},
    }
