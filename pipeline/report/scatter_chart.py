"""Accounts as points on two logarithmic axes."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from pipeline.report.charts import MARGIN, axis, figure
from pipeline.report.design import tier_colour, tier_marker
from pipeline.report.labels import named, plain, short
from pipeline.report.ticks import log_ticks


@dataclass(frozen=True)
class Point:
    """One account: what stands where, how it is named, and whether its name is printed."""

    name: str
    tier: str | None
    x: float
    y: float
    text: str
    named: bool = False


def scatter(points: Sequence[Point], x_title: str, y_title: str, height: int) -> dict[str, Any]:
    """Accounts on two logarithmic axes, marked by tier; only the named ones carry a label."""
    tiers = sorted({point.tier or "" for point in points})
    places = _label_places([point.x for point in points])
    traces = [_cloud(tier, [p for p in points if (p.tier or "") == tier], places) for tier in tiers]
    layout = {
        "height": height,
        "margin": MARGIN | {"l": 64, "r": 24, "t": 12, "b": 52},
        "xaxis": axis(type="log", title=x_title, **log_ticks([point.x for point in points])),
        "yaxis": axis(type="log", title=y_title, **log_ticks([point.y for point in points])),
    }
    return figure(traces, layout)


def _label_places(across: Sequence[float]) -> Callable[[float], str]:
    """Give on which side of its point a label stands: away from the edge that is near."""
    low, high = math.log(min(across, default=1)), math.log(max(across, default=1))

    def place(x: float) -> str:
        share = (math.log(x) - low) / (high - low or 1)
        return "top right" if share < 1 / 3 else "top left" if share > 2 / 3 else "top center"

    return place


def _cloud(tier: str, points: Sequence[Point], place: Callable[[float], str]) -> Any:
    return go.Scatter(
        x=[point.x for point in points],
        y=[point.y for point in points],
        mode="markers+text",
        text=[plain(short(point.name)) if point.named else "" for point in points],
        textposition=[place(point.x) for point in points],
        customdata=[named(point.name, point.text) for point in points],
        marker={
            "color": tier_colour(tier),
            "symbol": tier_marker(tier),
            "size": 10,
            "opacity": 0.8,
        },
        cliponaxis=False,
        hovertemplate="%{customdata}<extra></extra>",
    )
