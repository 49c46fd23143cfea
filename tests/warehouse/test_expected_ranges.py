"""What a number is expected to be by its past, and how often chance alone is told of."""

import datetime as dt
import random

import pytest

MONDAY = dt.date(2026, 1, 5)


def weeks(given, values: list[int], stage: str = "read", **columns: str) -> None:
    """Draw a stage of the bank in one week after another."""
    same = {"level": "bank", "stage": stage, "complete": "true", "mature": "true", **columns}
    names = ["week_starts", "value", *same]
    rows = [
        [str(MONDAY + dt.timedelta(days=7 * n)), str(value), *same.values()]
        for n, value in enumerate(values)
    ]
    given["published.weekly_steps"] = "\n".join(" | ".join(row) for row in [names, *rows])


@pytest.fixture
def ranges(given):
    given["core.stages"] = "stage | stage_order | depth\nread | 1 | 0\narrival | 6 | 1"

    def read(columns: str) -> list[tuple]:
        given.build("published.expected_ranges")
        query = f"select {columns} from published.expected_ranges order by starts_on, kind"
        return given.connection.execute(query).fetchall()

    return read


def test_five_weeks_are_needed_and_eight_are_looked_at(given, ranges):
    weeks(given, [1000] * 12)
    found = ranges("starts_on, expected, periods")
    assert [periods for *_, periods in found] == [5, 6, 7, 8, 8, 8, 8]
    assert found[0][0] == dt.date(2026, 2, 9)
    assert {round(expected, 6) for _, expected, _ in found} == {1000}


def test_a_burst_of_ten_times_and_a_fall_to_a_tenth_are_as_far_off(given, ranges):
    weeks(given, [900, 1100] * 4 + [10009])
    (burst,) = ranges("distance")[-1]
    weeks(given, [900, 1100] * 4 + [98])
    (fall,) = ranges("distance")[-1]
    assert burst == pytest.approx(-fall, rel=0.01)


def test_a_rate_is_as_far_off_as_the_nearer_end_of_its_interval(given, ranges):
    columns = {"n": "100", "step_rate": "0.5", "rate_low": "0.4", "rate_high": "0.6"}
    weeks(given, [50] * 8, "arrival", **columns)
    assert [row for row in ranges("kind, distance") if row[0] == "rate"][-1] == ("rate", 0.0)


@pytest.mark.parametrize("kind", ["persons", "count"])
def test_of_chance_alone_little_is_told(given, ranges, kind):
    draw = random.Random(7)
    stage = "arrival" if kind == "persons" else "read"
    weeks(given, [round(draw.gauss(200, 200**0.5)) for _ in range(1500)], stage)
    far = [abs(distance) for (distance,) in ranges("distance")]
    assert sum(distance >= 4 for distance in far) / len(far) < 0.02
