"""Key figures beside their past: one row for each figure, place and period."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipeline.report.facts.shown import Path, Shown


@dataclass(frozen=True)
class KeyFigure(Shown):
    """A figure, the one of the period before, and the median of the weeks before that."""

    table: ClassVar[str] = "key_figures"
    metric: str
    kind: str  # count, persons, yuan or rate
    period: str
    starts_on: date
    value: float | None
    previous_value: float | None
    change: float | None
    usual_value: float | None
    usual_weeks: int | None
    against_usual: float | None
    mature: bool | None


@dataclass(frozen=True)
class Expected(Path):
    """How many spreads of its own past a number lies from what it usually is."""

    table: ClassVar[str] = "expected_ranges"
    metric: str
    kind: str  # count, persons or rate
    distance: float  # below the usual negative
