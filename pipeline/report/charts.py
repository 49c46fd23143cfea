"""Plotly figures as plain JSON: one layout for all, colours only from tokens.json."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from pipeline.report import formats
from pipeline.report.design import colour, tier_colour, tier_dash, tier_marker, tokens
from pipeline.report.labels import hover, named, plain, room, short
from pipeline.report.language import say
from pipeline.report.ticks import count_ticks

PAPER_HEIGHT = 0.78  # of the height on the screen, as in page.js
AT = "{name}　%{{x}}：%{{text}}"  # said on hovering over a point of a named line
MARGIN = {"l": 8, "r": 8, "t": 8, "b": 8}


@dataclass(frozen=True)
class Line:
    """One line over the weeks: values may be None where nothing is known."""

    name: str
    tier: str | None
    values: Sequence[int | float | None]
    texts: Sequence[str]
    shown: bool = True  # the others are in the figure, and not in sight

    @property
    def tells(self) -> bool:
        """Whether there is more to it than zeros between weeks of which nothing is known."""
        return any(self.values) or None not in self.values


@dataclass(frozen=True)
class Dot:
    """One rate with its interval."""

    label: str
    value: float
    low: float
    high: float
    tier: str | None
    mature: bool = True


@dataclass(frozen=True)
class Bar:
    """One horizontal bar with the text at its end."""

    label: str
    value: int | float
    text: str


def lines(
    weeks: Sequence[str], drawn: Sequence[Line], height: int = 300, shown: int = 0
) -> dict[str, Any]:
    """Lines over weeks, each with its own colour, dash and end label.

    shown: how many of the last weeks are in sight at first; all of them where it is 0.
    """
    shown = min(shown, len(weeks)) or len(weeks)
    known = [line for line in drawn if line.tells]
    traces = [_line(weeks, line) for line in known]
    seen = [line for line in known if line.shown]
    ends = [_end(weeks, line, named=len(drawn) > 1) for line in seen]
    right = room((f"{line.name} {_told(weeks, line)}" for line in seen), 96)
    biggest = max((value for line in seen for value in line.values if value), default=1)
    layout = {
        "height": height,
        "margin": MARGIN | {"l": 48, "r": right, "t": 16, "b": 36},
        "xaxis": axis(
            type="category",  # months are no dates here
            # Four in sight, the last of them too.
            tickvals=list(weeks)[:: -math.ceil(shown / 4) or 1][::-1],
            tickangle=0,
            # Given, or the labels at the ends would widen it.
            range=[len(weeks) - shown - 0.4, len(weeks) - 0.6],
            showgrid=False,
        ),
        "yaxis": axis(rangemode="tozero", showline=False, **count_ticks(biggest)),
        "annotations": apart(ends, biggest, round(PAPER_HEIGHT * height) - 52),
    }
    return figure(traces, layout)


def bars(drawn: Sequence[Bar], height: int = 300) -> dict[str, Any]:
    """Horizontal bars, the first on top, numbers at their ends."""
    trace = go.Bar(
        x=[bar.value for bar in drawn],
        y=list(range(len(drawn))),
        customdata=[named(bar.label, bar.text) for bar in drawn],
        text=[plain(bar.text) for bar in drawn],
        orientation="h",
        textposition="outside",
        constraintext="none",
        cliponaxis=False,
        marker={"color": colour("seq-5")},
        hovertemplate="%{customdata}<extra></extra>",
        width=0.6,
    )
    names = [short(bar.label) for bar in drawn]
    widest = max((bar.value for bar in drawn), default=1) or 1
    layout = {
        "height": height,
        "margin": MARGIN | {"l": room(names, 112), "r": 16},
        "xaxis": axis(visible=False, range=[0, widest * 1.35]),
        "yaxis": axis(
            autorange="reversed",
            showgrid=False,
            tickvals=list(range(len(drawn))),
            ticktext=[plain(name) for name in names],
        ),
    }
    return figure([trace], layout)


def rates(groups: Sequence[tuple[str, Sequence[Dot]]], height: int = 300) -> dict[str, Any]:
    """Rates with their intervals over a shared category axis; immature ones are hollow."""
    traces = [_dots(name, dots) for name, dots in groups]
    layout = {
        "height": height,
        "margin": MARGIN | {"l": 56, "r": 16, "t": 32, "b": 40},
        # Where a phone has no room for the labels side by side they stand aslant, below each other.
        "xaxis": axis(type="category", showgrid=False, automargin=True),
        "yaxis": axis(rangemode="tozero", tickformat=".0%", showline=False),
        "scattermode": "group",
        "showlegend": len(groups) > 1,
    }
    return figure(traces, layout)


def figure(traces: Sequence[Any], layout: dict[str, Any]) -> dict[str, Any]:
    """Put traces on the shared layout and return the figure as plain JSON, keys in order."""
    shared = {
        "template": None,
        "showlegend": False,
        "paper_bgcolor": colour("surface"),
        "plot_bgcolor": colour("surface"),
        "font": {"family": tokens()["font"]["sans"], "size": 12, "color": colour("ink-2")},
        "hoverlabel": {"bgcolor": colour("surface"), "font": {"color": colour("ink")}},
        "hovermode": "closest",
        "dragmode": False,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
    }
    drawn = go.Figure(data=list(traces), layout=shared | layout)
    plain_json: dict[str, Any] = json.loads(drawn.to_json())
    plain_json["layout"].pop("template", None)
    return plain_json


def axis(**own: Any) -> dict[str, Any]:
    """Give an axis as all charts have it, with its own settings."""
    shared = {
        "fixedrange": True,
        "gridcolor": colour("grid"),
        "linecolor": colour("rule-strong"),
        "zeroline": False,
        "automargin": False,
        "tickfont": {"size": 12, "color": colour("ink-2")},
    }
    if isinstance(own.get("title"), str):
        own["title"] = {"text": own["title"], "font": {"size": 12, "color": colour("ink-2")}}
    return shared | own


def _line(weeks: Sequence[str], line: Line) -> Any:
    return go.Scatter(
        x=list(weeks),
        y=list(line.values),
        name=line.name,
        text=list(line.texts),
        mode="lines+markers",
        line={"color": tier_colour(line.tier), "dash": tier_dash(line.tier), "width": 2},
        marker={"symbol": tier_marker(line.tier), "size": 5},
        connectgaps=False,
        visible=None if line.shown else False,
        hovertemplate=hover(AT, line.name),
    )


def _last(line: Line) -> int:
    """Where the line's last known value stands; -1 when it has none."""
    return max((at for at, value in enumerate(line.values) if value is not None), default=-1)


def _told(weeks: Sequence[str], line: Line) -> str:
    """A line's last known value, and its week where others came after it."""
    at = _last(line)
    text = line.texts[at]
    return text if at == len(weeks) - 1 else say("{text}（{week}）", text=text, week=weeks[at])


def _end(weeks: Sequence[str], line: Line, *, named: bool) -> dict[str, Any]:
    """The label of the last value; a line that is alone needs no name."""
    at, text = _last(line), plain(_told(weeks, line))
    told = f"<b>{plain(line.name)}</b> {text}" if named else text
    return end_label(at, line.values[at], told)


def end_label(x: float, y: float | None, text: str) -> dict[str, Any]:
    """A text right of where something ends, already such as plotly must be given it."""
    return {
        "x": x,
        "y": y,
        "text": text,
        "xanchor": "left",
        "xshift": 8,
        "showarrow": False,
        "font": {"size": 12, "color": colour("ink")},
    }


def apart(labels: list[dict[str, Any]], biggest: float, pixels: int) -> list[dict[str, Any]]:
    """Move end labels up until neighbours are 16 pixels apart, and the first clear of the axis.

    biggest: the largest value drawn. pixels: how high the plot is where it is lowest, on paper.
    """
    reached = -8.0
    for label in sorted(labels, key=lambda one: one["y"]):
        stands = label["y"] / max(biggest * 1.08, 1) * pixels
        moved = max(stands, reached + 16)
        label["yshift"] = round(moved - stands)
        reached = moved
    return labels


def _dots(name: str, dots: Sequence[Dot]) -> Any:
    tier = dots[0].tier if dots else None
    symbol = tier_marker(tier)
    return go.Scatter(
        x=[dot.label for dot in dots],
        y=[dot.value for dot in dots],
        name=name,
        mode="markers",
        marker={
            "color": tier_colour(tier),
            "size": 9,
            "symbol": [symbol if dot.mature else f"{symbol}-open" for dot in dots],
        },
        error_y={
            "array": [dot.high - dot.value for dot in dots],
            "arrayminus": [dot.value - dot.low for dot in dots],
            "symmetric": False,
            "thickness": 1.2,
            "width": 4,
            "color": tier_colour(tier),
        },
        hovertemplate=hover(AT, name),
        text=[_with_interval(dot) for dot in dots],
    )


def _with_interval(dot: Dot) -> str:
    spread = formats.interval(dot.low, dot.high)
    return say("{rate}（{spread}）", rate=formats.rate(dot.value), spread=spread)
