"""Rows of the funnels that definitions describe: who entered in a month, and how far they came."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pipeline.report.facts.shown import Shown


@dataclass(frozen=True)
class JourneyStep(Shown):
    """One step of one funnel, of the customers who entered in one month; times in seconds."""

    table: ClassVar[str] = "funnel_steps"
    funnel: str
    funnel_name: str
    starts_on: date
    step: int
    event: str
    persons: int | None
    step_rate: float | None
    step_low: float | None
    step_high: float | None
    total_rate: float | None
    total_low: float | None
    total_high: float | None
    median_seconds: int | None
    p90_seconds: int | None
    previous_persons: int | None
    previous_rate: float | None
    mature: bool | None
