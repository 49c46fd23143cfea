"""How far tiers and platforms overlap in rolling activity: sets of tokens, of the sample."""

from tests.oracle.activity import WINDOWS, active_days, in_window
from tests.oracle.lake import DAY


def test_the_overlap_of_tiers_and_of_platforms(published, persons):
    active = active_days(persons)
    first = min(day for day, _ in active)
    paths = {path for _, path in active}
    parts = {
        "tier": [path for path in paths if len(path) == 1],
        "platform": [path for path in paths if path[:1] == ("on",) or path == ("unattributed",)],
    }
    seen = 0
    for row in published("rolling_overlap"):
        day, days = row["day"], WINDOWS[row["measure"]]
        if day < first + (days - 1) * DAY:
            assert (row["sum_of_parts"], row["overlap"]) == (None, None)
            continue
        customers = in_window(active, day, (), days)
        total = sum(in_window(active, day, path, days) for path in parts[row["parts"]])
        assert row["customers"] in (None, customers)
        assert row["sum_of_parts"] in (None, total)
        assert row["overlap"] in (None, total - customers)
        seen += row["overlap"] is not None
    assert seen > 100
