"""Stacked horizontal bars: counts of a thing by how grave they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from pipeline.report.charts import MARGIN, figure
from pipeline.report.design import colour
from pipeline.report.labels import plain, short
from pipeline.report.language import say

SHADES = ("bar-mute", "heat-lo-2", "heat-lo-3", "attention")  # by severity, 0 to 3
HATCHED = "/"  # the gravest, so that colour is never alone
TINT = "attention-tint"


@dataclass(frozen=True)
class Part:
    """One severity: its name, and a count for each bar (None: nothing known)."""

    name: str
    severity: int
    values: Sequence[int | None]


def stacks(labels: Sequence[str], parts: Sequence[Part], height: int) -> dict[str, Any]:
    """Bars from the first label down, each made of its parts; counts stand in them."""
    layout = {
        "height": height,
        "margin": MARGIN | {"l": 96, "r": 32, "t": 32},
        "barmode": "stack",
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "traceorder": "normal",
        },
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": {
            "autorange": "reversed",
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "tickvals": list(range(len(labels))),
            "ticktext": [short(label) for label in labels],
            "tickfont": {"size": 12, "color": colour("ink-2")},
        },
    }
    return figure([_trace(labels, part) for part in parts], layout)


def _trace(labels: Sequence[str], part: Part) -> Any:
    shade = colour(SHADES[part.severity])
    grave = part.severity == len(SHADES) - 1
    pattern = {"shape": HATCHED, "fgcolor": shade, "bgcolor": colour(TINT), "size": 7}
    return go.Bar(
        x=[value or 0 for value in part.values],
        y=list(range(len(labels))),
        name=plain(part.name),
        orientation="h",
        text=[str(value) if value else "" for value in part.values],
        textposition="outside" if grave else "inside",  # the last of a bar has room beside it
        cliponaxis=False,
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"color": colour("ink")},
        customdata=[
            say("{name}：{text}", name=f"{plain(label)} · {plain(part.name)}", text=value or 0)
            for label, value in zip(labels, part.values, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        marker={"color": shade, "pattern": pattern if grave else None},
        width=0.6,
    )
