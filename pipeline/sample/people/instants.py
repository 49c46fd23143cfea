"""Instants people choose: seconds since 1970 UTC, at the hours of a Shanghai day."""

from datetime import date

import numpy as np

from pipeline.sample.arrays import Floats, Ints
from pipeline.sample.timeline import epoch

SECONDS = 86_400
NEVER = np.int64(1 << 60)
HOURS = np.array(
    [1, 0.5, 0.3, 0.2, 0.2, 0.4, 1.5, 4, 6, 7, 7, 6, 8, 6, 5, 5, 5, 6, 7, 8, 9, 9, 6, 3],
    dtype=float,
)
WEEKDAYS = np.array([1.05, 1.0, 1.0, 1.0, 1.05, 0.95, 0.9])
ZONE = 8 * 3600


def second_of_day(chance: np.random.Generator, count: int) -> Ints:
    """Draw seconds since midnight: few at night, most around noon and in the evening."""
    hours = chance.choice(24, size=count, p=HOURS / HOURS.sum())
    return hours * 3600 + chance.integers(0, 3600, count)


def in_weeks(chance: np.random.Generator, first_week: date, weeks: Ints) -> Ints:
    """Draw an instant in each numbered week; week 0 begins on `first_week`."""
    days = chance.choice(7, size=len(weeks), p=WEEKDAYS / WEEKDAYS.sum())
    return epoch(first_week) + (weeks * 7 + days) * SECONDS + second_of_day(chance, len(weeks))


def after(chance: np.random.Generator, since: Ints, mean_days: float | Floats) -> Ints:
    """Draw an instant an exponential time after each given one; NEVER stays far away."""
    wait = chance.exponential(1.0, len(since)) * mean_days * SECONDS
    return since + wait.astype(np.int64) + 60


def spread(
    chance: np.random.Generator, start: Ints, stop: int, a_month: Floats
) -> tuple[Ints, Ints]:
    """Draw a Poisson process for each person from start to stop.

    Returns (index of the person, instant); an hour of the day's curve is kept where it fits.
    """
    length = np.clip(stop - start, 0, None)
    counts = chance.poisson(a_month * length / (30 * SECONDS))
    person = np.repeat(np.arange(len(start)), counts)
    at = start[person] + (chance.random(len(person)) * length[person]).astype(np.int64)
    midnight = (at + ZONE) // SECONDS * SECONDS - ZONE
    at = midnight + second_of_day(chance, len(person))
    inside = (at >= start[person]) & (at < stop)
    return person[inside], at[inside]


def next_monday(at: Ints) -> Ints:
    """Return the instant the next Monday begins in Shanghai."""
    days = (at + ZONE) // SECONDS  # 1970-01-01 was a Thursday
    return (days + 7 - (days + 3) % 7) * SECONDS - ZONE
