"""Figures of ranges and parts: marks along a line, bars that stack, bars in pairs, a band."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from pipeline.report import formats
from pipeline.report.charts import AT, PAPER_HEIGHT, apart, end_label, figure
from pipeline.report.design import colour
from pipeline.report.labels import hover, plain, room

ROW_PIXELS = 26
BANDS_HEIGHT = 340
SIGNS = "●○■◆▲✖★"  # the symbols below, as a caption can show them
SYMBOLS = ("circle", "circle-open", "square", "diamond", "triangle-up", "x", "star")
INKS = ("tier-hq", "tier-hq", "seq-5", "bench", "tier-line", "attention", "tier-branch")
STACK = ("seq-5", "seq-3", "tier-hq", "bar-mute")


@dataclass(frozen=True)
class Range:
    """One row: marks by their names, a line from `low` to `high`, and the text at its end."""

    label: str
    marks: dict[str, float]
    texts: dict[str, str]
    low: float
    high: float
    text: str

    @property
    def end(self) -> float:
        """Where the row's text may begin."""
        return max([self.high, *self.marks.values()])


@dataclass(frozen=True)
class Part:
    """One series of bars; `values` are None where nothing may be drawn."""

    name: str
    values: Sequence[float | None]
    texts: Sequence[str]
    below: bool = False


@dataclass(frozen=True)
class Band:
    """One curve with the interval around it."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    texts: Sequence[str]


def signs(names: Sequence[str]) -> str:
    """Say which sign in `ranges` stands for which name."""
    return formats.listed(f"{sign} {name}" for sign, name in zip(SIGNS, names, strict=False))


def ranges(rows: Sequence[Range], names: Sequence[str]) -> dict[str, Any]:
    """Marks along one line for each row, the first on top; each name has its own symbol."""
    lines = go.Scatter(
        x=[x for row in rows for x in (row.low, row.high, None)],
        y=[y for at in range(len(rows)) for y in (at, at, None)],
        mode="lines",
        line={"color": colour("rule-strong"), "width": 4},
        hoverinfo="skip",
    )
    traces = [lines, *(_marks(rows, name, at) for at, name in enumerate(names))]
    widest = max((row.end for row in rows), default=1) or 1
    layout = {
        "height": len(rows) * ROW_PIXELS + 16,
        "margin": {
            "l": room((row.label for row in rows), 72),
            "r": room((row.text for row in rows), 72),
            "t": 8,
            "b": 8,
        },
        "xaxis": _axis(visible=False, range=[-0.02 * widest, widest * 1.02]),
        "yaxis": _axis(
            range=[len(rows) - 0.5, -0.5],
            gridcolor=colour("grid"),
            tickvals=list(range(len(rows))),
            ticktext=[plain(row.label) for row in rows],
        ),
        "annotations": [end_label(row.end, at, plain(row.text)) for at, row in enumerate(rows)],
    }
    return figure(traces, layout)


def stacked(labels: Sequence[str], parts: Sequence[Part], height: int = 400) -> dict[str, Any]:
    """Upright bars on top of one another, those below hanging from zero, numbers inside."""
    traces = [
        go.Bar(
            x=list(labels),
            y=[_signed(value, part.below) for value in part.values],
            name=part.name,
            text=[plain(text) for text in part.texts],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": colour("q5ink" if at in (0, 2) else "ink")},
            marker={"color": colour(STACK[at])},
            hovertemplate=hover(AT, part.name),
        )
        for at, part in enumerate(parts)
    ]
    layout = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 36, "b": 28},
        "barmode": "relative",
        "uniformtext": {"minsize": 12, "mode": "hide"},  # a number too big for its bar
        "bargap": 0.3,
        "xaxis": _axis(type="category", side="bottom"),
        "yaxis": _axis(visible=False),
        "showlegend": True,
        "shapes": [_zero()],
    }
    return figure(traces, layout)


def pairs(labels: Sequence[str], parts: Sequence[Part], left: int = 72) -> dict[str, Any]:
    """Lying bars in groups, the first group on top, numbers at their ends."""
    traces = [
        go.Bar(
            x=list(part.values),
            y=list(range(len(labels))),
            name=part.name,
            text=[plain(text) for text in part.texts],
            orientation="h",
            textposition="outside",
            constraintext="none",
            cliponaxis=False,
            marker={"color": colour(STACK[at])},
            hovertemplate=hover("{name}：%{{text}}", part.name),
        )
        for at, part in enumerate(parts)
    ]
    widest = max((value or 0 for part in parts for value in part.values), default=1) or 1
    layout = {
        "height": 2 * len(labels) * ROW_PIXELS + 64,
        "margin": {"l": left, "r": 8, "t": 36, "b": 8},
        "bargap": 0.28,
        "xaxis": _axis(visible=False, range=[0, widest * 1.2]),
        "yaxis": _axis(
            range=[len(labels) - 0.5, -0.5],
            tickvals=list(range(len(labels))),
            ticktext=[plain(label) for label in labels],
        ),
        "showlegend": True,
    }
    return figure(traces, layout)


def bands(drawn: Sequence[Band], x_title: str, x_ticks: dict[str, Any]) -> dict[str, Any]:
    """Curves with their intervals as shades; each ends with its name."""
    traces = [trace for at, band in enumerate(drawn) for trace in _band(band, at)]
    ends = [end_label(band.x[-1], band.y[-1], plain(band.name)) for band in drawn]
    biggest = max((value for band in drawn for value in band.high), default=1)
    layout = {
        "height": BANDS_HEIGHT,
        "margin": {"l": 40, "r": 72, "t": 16, "b": 52},
        "xaxis": _axis(title={"text": x_title, "font": {"size": 12}}, **x_ticks),
        "yaxis": _axis(rangemode="tozero", gridcolor=colour("grid")),
        "annotations": apart(ends, biggest, round(PAPER_HEIGHT * BANDS_HEIGHT) - 68),
    }
    return figure(traces, layout)


def _marks(rows: Sequence[Range], name: str, at: int) -> Any:
    known = [(row, y) for y, row in enumerate(rows) if name in row.marks]
    return go.Scatter(
        x=[row.marks[name] for row, _ in known],
        y=[y for _, y in known],
        name=name,
        mode="markers",
        marker={"symbol": SYMBOLS[at], "size": 9, "color": colour(INKS[at])},
        customdata=[f"{plain(row.label)} {plain(row.texts[name])}" for row, _ in known],
        hovertemplate=hover("{name}：%{{customdata}}", name),
    )


def _band(band: Band, at: int) -> list[Any]:
    ink = colour(INKS[2 * at])
    area = go.Scatter(
        x=[*band.x, *reversed(band.x)],
        y=[*band.high, *reversed(band.low)],
        fill="toself",
        fillcolor=ink,
        opacity=0.15,
        mode="lines",
        line={"width": 0},
        hoverinfo="skip",
    )
    line = go.Scatter(
        x=list(band.x),
        y=list(band.y),
        name=band.name,
        mode="lines+markers",
        line={"color": ink, "width": 2},
        marker={"symbol": SYMBOLS[2 * at], "size": 6},
        text=[plain(text) for text in band.texts],
        hovertemplate=hover("{name}：%{{text}}", band.name),
    )
    return [area, line]


def _signed(value: float | None, below: bool) -> float | None:
    return value if value is None or not below else -value


def _zero() -> dict[str, Any]:
    line = {"color": colour("rule-strong"), "width": 1}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "line": line}


def _axis(**own: Any) -> dict[str, Any]:
    shared = {
        "fixedrange": True,
        "zeroline": False,
        "showgrid": "gridcolor" in own,
        "tickfont": {"size": 12, "color": colour("ink-2")},
    }
    return shared | own
