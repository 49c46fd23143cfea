from datetime import date

import pytest

from pipeline.sample.timeline import DAY, Timeline


def test_the_default_sample_covers_w34_to_w46() -> None:
    timeline = Timeline(13, date(2026, 11, 16))
    assert timeline.start == date(2026, 8, 17)
    assert timeline.history_start == date(2026, 4, 1)
    assert timeline.sundays[-1] == date(2026, 11, 15)
    assert [day.isoformat() for day in timeline.deliveries] == [
        "2026-08-17", "2026-09-07", "2026-10-05", "2026-11-02", "2026-11-16",
    ]  # fmt: skip


@pytest.mark.parametrize("weeks", [1, 3, 4, 5, 13, 52])
def test_account_exports_cover_every_programme_day_and_none_before(weeks: int) -> None:
    timeline = Timeline(weeks, date(2026, 11, 16))
    days = {w.first + n * DAY for w in timeline.windows for n in range(w.days)}
    assert days == {timeline.start + number * DAY for number in range(7 * weeks)}
    assert {window.days for window in timeline.windows} <= {7, 30}
